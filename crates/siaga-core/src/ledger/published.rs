//! *Angka publikasi*: figures that somebody published, as one CSV file. They are kept apart from everything we count.

use super::{
    record::Records,
    text::{decode, show_value, without_mark},
    whole_file,
};
use crate::{
    report::ReportPeriod,
    view::{ledger::RowProblem, report::proceedings::Published},
};

/// A file of press cuttings is small; more is a mistake (bytes).
pub const PUBLISHED_BYTES_MAX: usize = 1024 * 1024;
/// A measure or a source is a few words (characters).
const WORDS_MAX: usize = 200;
const COLUMNS: [&str; 6] = ["from", "to", "measure", "value", "approximate", "source"];

/// Reads a whole file: the columns by name in any order; others are left alone.
///
/// # Errors
/// Every cell that cannot be used, with what is expected there. Nothing of the file is taken then.
pub fn read_published(bytes: &[u8]) -> Result<Vec<Published>, Vec<RowProblem>> {
    let mut records = Records::new(without_mark(bytes).map_err(|problem| vec![problem])?);
    let header = match records.next() {
        Some(header) => header.map_err(|problem| vec![problem])?,
        None => return Err(vec![whole_file("berkas kosong", "baris pertama berisi judul kolom")]),
    };
    let names: Vec<String> = header.cells.iter().map(|cell| decode(cell).0.trim().to_lowercase()).collect();
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = names.iter().position(|name| name == column);
        *place = found.ok_or_else(|| vec![whole_file("judul kolom", &format!("kolom {}", COLUMNS.join(", ")))])?;
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for record in records {
        let record = record.map_err(|problem| vec![problem])?;
        let cells = places.map(|place| record.cells.get(place).map(|cell| decode(cell).0.trim().to_owned()));
        match row(&cells.map(Option::unwrap_or_default)) {
            Ok(row) => rows.push(row),
            Err((column, value, expected)) => problems.push(RowProblem {
                line: record.line,
                column: column.to_owned(),
                value: show_value(&value),
                expected,
            }),
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// The row, or the column that is wrong, its value, and what is expected.
fn row(cells: &[String; COLUMNS.len()]) -> Result<Published, (&'static str, String, String)> {
    let [from, to, measure, value, approximate, source] = cells;
    ReportPeriod::parse(from, to).map_err(|problem| ("from", format!("{from} – {to}"), problem.to_string()))?;
    let number = value.parse::<u32>();
    let number =
        number.map_err(|_| ("value", value.clone(), "bilangan bulat tanpa titik, misalnya 16000".to_owned()))?;
    let approximate = match approximate.to_lowercase().as_str() {
        "true" | "ya" | "1" => true,
        "false" | "tidak" | "0" => false,
        _ => return Err(("approximate", approximate.clone(), "ya atau tidak (true atau false)".to_owned())),
    };
    for (column, words) in [("measure", measure), ("source", source)] {
        if words.is_empty() || words.chars().count() > WORDS_MAX {
            return Err((column, words.clone(), format!("1 sampai {WORDS_MAX} huruf")));
        }
    }
    Ok(Published {
        from: from.clone(),
        to: to.clone(),
        measure: measure.clone(),
        value: u64::from(number),
        approximate,
        source: source.clone(),
        ours: None,
        change_pct: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "city,from,to,measure,value,approximate,source\n";

    #[test]
    fn a_file_is_read_by_its_column_names() {
        let text = format!("{HEAD}36.73,2019-01-01,2019-09-30,calls_reported,16000,true,\"koran, 9 November\"\n");
        let rows = read_published(text.as_bytes()).unwrap();
        assert_eq!((rows[0].value, rows[0].approximate, rows[0].source.as_str()), (16_000, true, "koran, 9 November"));
        assert_eq!(read_published(HEAD.as_bytes()).unwrap(), []);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let text = format!(
            "{HEAD}x,2019-13-01,2019-09-30,a,1,ya,b\nx,2019-01-01,2019-09-30,a,1.000,ya,b\n\
             x,2019-01-01,2019-09-30,a,1,mungkin,b\nx,2019-01-01,2019-09-30,,1,ya,b\nx,2019-01-01,2019-09-30,a,1,ya,b\n"
        );
        let problems = read_published(text.as_bytes()).unwrap_err();
        let told: Vec<_> = problems.iter().map(|one| (one.line, one.column.as_str())).collect();
        assert_eq!(told, [(2, "from"), (3, "value"), (4, "approximate"), (5, "measure")]);
        assert!(read_published(b"").is_err() && read_published(b"from,to\n").is_err());
    }
}
