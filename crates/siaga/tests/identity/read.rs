//! Reads the documents with programs that share no code with their writers: LibreOffice the XLSX, poppler the PDF, and the
//! DOCX as the XML that it is.

use std::{
    fs,
    io::{Cursor, Read},
    path::Path,
    process::Command,
};

/// Set by `make test`: a reader that is missing is then a failure and not a skip.
const REQUIRED: &str = "DOCUMENT_READERS";

/// A sheet as another program reads its cells.
#[derive(Debug)]
pub struct Seen {
    pub name: String,
    pub rows: Vec<Vec<String>>,
}

/// The output of a program; `None`, told aloud, when it is not installed.
pub fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(name).args(arguments).output() {
        Ok(output) => {
            let told = [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat();
            assert!(output.status.success(), "{name}: {told}");
            Some(told)
        }
        Err(error) => {
            let required = std::env::var(REQUIRED).is_ok_and(|value| value == "required");
            assert!(!required, "{name} cannot be started ({error}), and {REQUIRED}=required asks for it");
            eprintln!("SKIPPED: {name} is not installed: nobody but Siaga has read its documents");
            None
        }
    }
}

/// Every sheet of every book as CSV, by one start of LibreOffice. `false`: it is not installed.
pub fn open_books(folder: &Path, books: &[String]) -> bool {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    // Comma, quote, UTF-8, from row 1; cells as stored and not as shown; no formulas; all sheets.
    let form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    let out = folder.display().to_string();
    let mut arguments = vec![profile.as_str(), "--headless", "--convert-to", form, "--outdir", &out];
    arguments.extend(books.iter().map(String::as_str));
    tool("soffice", &arguments).is_some()
}

/// The rows under the head of each sheet, in the order of the book. `order` are the names as the book's own list has them.
pub fn sheets(folder: &Path, book: &str, order: &[String]) -> Vec<Seen> {
    let rows = |name: &str| {
        let path = folder.join(format!("{book}-{name}.csv"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let records: Vec<Vec<String>> =
            reader.records().map(|one| one.expect("CSV").iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        // Title, period, an empty line, the head.
        let under = records.into_iter().skip_while(|cells| !is_empty(cells)).skip(2);
        under.take_while(|cells| !is_empty(cells)).collect()
    };
    order.iter().map(|name| Seen { name: name.clone(), rows: rows(name) }).collect()
}

fn is_empty(cells: &[String]) -> bool {
    cells.iter().all(String::is_empty)
}

/// The names of the book's sheets, from its own list.
pub fn sheet_names(book: &[u8]) -> Vec<String> {
    let names = part(book, "xl/workbook.xml");
    names.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
}

pub fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a zip file");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// All text of a piece of WordprocessingML.
pub fn words(xml: &str) -> String {
    let runs = xml.split("<w:t").skip(1).filter(|rest| rest.starts_with([' ', '>']));
    let text = runs.filter_map(|rest| rest.split_once('>')?.1.split("</w:t>").next());
    let text: String = text.collect();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
}

/// The tables of a DOCX, each with its head, cell by cell.
pub fn tables(docx: &[u8]) -> Vec<Vec<Vec<String>>> {
    let xml = part(docx, "word/document.xml");
    let inner = |xml: &str, name: &str| -> Vec<String> {
        let (open, close) = (format!("<w:{name}>"), format!("</w:{name}>"));
        let pieces = xml.split(&open).skip(1);
        pieces.map(|rest| rest.split(&close).next().unwrap_or_default().to_owned()).collect()
    };
    inner(&xml, "tbl")
        .iter()
        .map(|table| {
            let rows = inner(table, "tr");
            rows.iter().map(|row| inner(row, "tc").iter().map(|cell| words(cell).trim().to_owned()).collect()).collect()
        })
        .collect()
}

/// A number as a person here writes it: `+1.400,5 %`.
pub fn number(printed: &str) -> Option<f64> {
    let bare = printed.trim_end_matches(['%', ' ']).trim_start_matches('+').replace('.', "").replace(',', ".");
    bare.parse().ok()
}

/// A stored cell and a printed one say the same.
pub fn same(stored: &str, printed: &str) -> bool {
    stored == printed || stored.parse::<f64>().is_ok_and(|stored| number(printed) == Some(stored))
}

/// Finds the row from this word on; gives the word behind it. Words of a text stand one after the other, a number is one
/// word and perhaps its percent sign.
pub fn row_in(words: &[&str], from: usize, row: &[String]) -> Option<usize> {
    let fits = |start: usize| {
        let mut at = start;
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            if words.get(at).is_some_and(|word| cell.parse::<f64>().is_ok() && same(cell, word)) {
                at += 1;
                at += usize::from(words.get(at) == Some(&"%"));
                continue;
            }
            for word in cell.split_whitespace() {
                if words.get(at) != Some(&word) {
                    return None;
                }
                at += 1;
            }
        }
        Some(at)
    };
    (from..words.len()).find_map(fits)
}
