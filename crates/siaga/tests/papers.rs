//! The report as documents, by the built binary: JSON, XLSX, DOCX and PDF say the same numbers, the same record gives the
//! same bytes, one changed call changes the hash.

use serde_json::Value;
use siaga_core::ledger::sample;
use std::{
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder that goes when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("siaga-papers-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn siaga(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_siaga"));
    command.args(arguments);
    // What the person at this machine has set is not part of the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SIAGA_")) {
        command.env_remove(name);
    }
    command.output().expect("because the binary is built")
}

#[track_caller]
fn well(output: &Output) -> String {
    let told =
        [&output.stdout[..], &output.stderr[..]].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    assert!(output.status.success(), "{told}");
    told
}

struct Centre {
    folder: Folder,
}

impl Centre {
    fn new(name: &str) -> Self {
        Self { folder: Folder::new(name) }
    }

    fn path(&self, name: &str) -> String {
        self.folder.0.join(name).display().to_string()
    }

    fn import(&self, name: &str, ledger: &str) {
        fs::write(self.path(name), ledger).expect("the test writes its own folder");
        well(&siaga(&["import", "ledger", &self.path(name), "--data", &self.path("data")]));
    }

    fn report(&self, format: &str, out: &str) -> Output {
        let period = ["report", "--from", "2020-01-01", "--to", "2020-09-30", "--compare", "previous-year"];
        let rest = ["--format", format, "--out", &self.path(out), "--data", &self.path("data")];
        siaga(&[&period[..], &rest[..]].concat())
    }

    fn file(&self, format: &str, out: &str) -> Vec<u8> {
        well(&self.report(format, out));
        fs::read(self.path(out)).expect("the command wrote it")
    }
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("a zip file");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

/// The stored numbers of one column of a sheet, from the top; shared texts are left out.
fn column(file: &[u8], sheet: usize, letter: char) -> Vec<f64> {
    let xml = part(file, &format!("xl/worksheets/sheet{sheet}.xml"));
    let cell = |cell: &str| {
        let (head, rest) = cell.split_once('>')?;
        let of_column = head.starts_with(&format!("r=\"{letter}")) && !head.contains("t=\"s\"");
        of_column.then(|| rest.strip_prefix("<v>")?.split('<').next()?.parse().ok()).flatten()
    };
    xml.split("<c ").filter_map(cell).collect()
}

/// The program, when it is installed; says so when it is not.
fn tool(name: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(name).args(arguments).output() {
        Ok(output) => Some(well(&output)),
        Err(_) => {
            eprintln!("SKIPPED: {name} is not installed, so what it would read was not compared");
            None
        }
    }
}

fn counts(report: &Value, list: &str) -> Vec<f64> {
    let mut counts: Vec<f64> =
        report[list].as_array().expect("a list").iter().map(|one| one["count"].as_f64().expect("a count")).collect();
    counts.push(counts.iter().sum());
    counts
}

/// 23734 as it is printed.
fn printed(count: f64) -> String {
    let digits = format!("{count}");
    match digits.len() {
        4.. => format!("{}.{}", &digits[..digits.len() - 3], &digits[digits.len() - 3..]),
        _ => digits,
    }
}

#[test]
fn the_published_figures_are_the_same_in_every_form() {
    let centre = Centre::new("forms");
    centre.import("2020.csv", &sample::serang_2020());
    centre.import("2019.csv", &sample::serang_2019());
    let report: Value = serde_json::from_slice(&centre.file("json", "a.json")).unwrap();
    assert_eq!((&report["offered"], &report["nuisance"]), (&23_734.into(), &23_572.into()));
    assert_eq!(report["compare"]["change_pct"]["offered"], 48.3);

    // Independent of the program that wrote it: sheets 2 to 8, in the order of the book.
    let book = centre.file("xlsx", "a.xlsx");
    let calls = ["offered", "answered", "abandoned", "deferred", "failed"].map(|name| report[name].as_f64().unwrap());
    assert_eq!(column(&book, 2, 'B'), calls);
    assert_eq!(column(&book, 2, 'D')[0], 48.3);
    let lists = [(4, "by_month"), (5, "by_type"), (6, "by_agency"), (8, "by_village")];
    for (sheet, list) in lists {
        let (found, wanted) = (column(&book, sheet, 'B'), counts(&report, list));
        let own = wanted.len() - 1;
        assert_eq!(found[..own], wanted[..own], "{list}");
        assert_eq!(found.last(), wanted.last(), "{list}: the sum");
        assert!(
            found[own..found.len() - 1].iter().all(|count| *count == 0.0),
            "{list}: only the year before has the rest"
        );
    }
    assert_eq!(column(&book, 5, 'B')[..5], [34.0, 22.0, 19.0, 19.0, 18.0]);
    assert_eq!(column(&book, 7, 'B').last(), Some(&162.0), "kecamatan");

    let letter = part(&centre.file("docx", "a.docx"), "word/document.xml");
    for text in
        ["23.734", "16.000", "+48,3 %", "23.572", "naik 48,3 persen dari 16.000 panggilan", "Korsleting listrik"]
    {
        assert!(letter.contains(text), "docx: {text}");
    }
    centre.file("pdf", "a.pdf");
    if let Some(text) = tool("pdftotext", &["-layout", &centre.path("a.pdf"), "-"]) {
        let lines: Vec<String> =
            text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert!(text.contains("PEMERINTAH KOTA SERANG"), "{text}");
        for list in ["by_month", "by_type", "by_agency", "by_village"] {
            for one in report[list].as_array().unwrap() {
                let begin = format!("{} {}", one["label"].as_str().unwrap(), printed(one["count"].as_f64().unwrap()));
                assert!(lines.iter().any(|line| line.starts_with(&begin)), "pdf: {begin}\n{text}");
            }
        }
        assert!(lines.iter().any(|line| line.starts_with("Masuk 23.734 16.000 +48,3 %")), "{text}");
    }
    let folder = centre.folder.0.display().to_string();
    let profile = format!("-env:UserInstallation=file://{folder}/office");
    // Every sheet as CSV, as another program reads the cells.
    let convert = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    if tool("soffice", &[&profile, "--headless", "--convert-to", convert, "--outdir", &folder, &centre.path("a.xlsx")])
        .is_some()
    {
        let sheet = |name: &str| {
            let text = fs::read_to_string(Path::new(&folder).join(format!("a-{name}.csv"))).unwrap();
            text.replace('"', "")
        };
        for (name, list) in
            [("Bulan", "by_month"), ("Jenis", "by_type"), ("Instansi", "by_agency"), ("Kelurahan", "by_village")]
        {
            let text = sheet(name);
            for one in report[list].as_array().unwrap() {
                let begin = format!("{},{},", one["label"].as_str().unwrap(), one["count"]);
                assert!(text.lines().any(|line| line.starts_with(&begin)), "{name}: {begin}\n{text}");
            }
        }
        assert!(sheet("Panggilan").lines().any(|line| line == "Masuk,23734,16000,48.3"), "{}", sheet("Panggilan"));
    }
}

#[test]
fn the_same_record_gives_the_same_bytes_and_one_more_call_another_hash() {
    let centre = Centre::new("bytes");
    centre.import("2020.csv", &sample::serang_2020());
    let forms = ["pdf", "docx", "xlsx", "signed"];
    let first = forms.map(|form| centre.file(form, &format!("a.{form}")));
    assert_eq!(forms.map(|form| centre.file(form, &format!("b.{form}"))), first);
    let told = well(&siaga(&["verify", "report", &centre.path("a.signed")]));
    assert!(
        told.contains("figures: hold") && told.contains("signature: holds") && told.contains("signed by: "),
        "{told}"
    );
    let hash = |file: &[u8]| serde_json::from_slice::<Value>(file).unwrap()["sha256"].as_str().unwrap().to_owned();

    let row = "started_at,number,answered_at,ended_at,class\n2020-03-01 08:00:00,,2020-03-01 08:00:05,2020-03-01 08:01:00,prank\n";
    centre.import("one.csv", row);
    let after = forms.map(|form| centre.file(form, &format!("c.{form}")));
    for (form, (before, after)) in forms.iter().zip(first.iter().zip(&after)) {
        assert_ne!(before, after, "{form}");
    }
    assert_ne!(hash(&first[3]), hash(&after[3]));

    // A file with another content is somebody's report.
    let output = centre.report("pdf", "one.csv");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("isi lain"), "{output:?}");
    assert_eq!(fs::read_to_string(centre.path("one.csv")).unwrap(), row);
    // One digit in the signed file.
    let text = String::from_utf8(first[3].clone()).unwrap();
    fs::write(centre.path("a.signed"), text.replacen("23734", "23735", 1)).unwrap();
    let output = siaga(&["verify", "report", &centre.path("a.signed")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("BROKEN figures: were changed"), "{output:?}");
    // A document is not printed into a terminal.
    let output = siaga(&[
        "report",
        "--from",
        "2020-01-01",
        "--to",
        "2020-09-30",
        "--format",
        "pdf",
        "--data",
        &centre.path("data"),
    ]);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("--out"), "{output:?}");
}
