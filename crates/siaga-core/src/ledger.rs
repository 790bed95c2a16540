//! Old records of a centre: a CSV read strictly, row by row, into calls that can be counted.
//!
//! Bytes in, rows or problems out: nothing is guessed, nothing is dropped in silence. What can be mended without a
//! doubt (a byte order mark, Latin-1 bytes) is mended and told as a notice; everything else is a [`RowProblem`] that
//! names line, column, value and what is expected. Whether bad rows stop the import is the caller's decision.

mod columns;
mod names;
mod published;
pub(crate) mod record;
mod row;
pub mod sample;
mod text;
mod time;

pub use columns::Column;
pub use published::{PUBLISHED_BYTES_MAX, read_published};
pub use text::{defuse, show_value};

use crate::{city::City, class::Class, time::Timestamp, view::ledger::RowProblem};
use columns::Header;
use record::Records;

/// A larger file is split by year; this holds about half a million rows (bytes).
pub const LEDGER_BYTES_MAX: usize = 64 * 1024 * 1024;
/// A note longer than this is no note but a fault of the export (bytes).
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
/// All other cells (bytes).
pub const CELL_BYTES_MAX: usize = 512;
/// Problems shown to a person; the count of all is told beside them.
pub const PROBLEMS_SHOWN_MAX: usize = 100;
/// A call longer than this has a wrong date in it (hours).
pub const CALL_HOURS_MAX: i64 = 24;
/// Before this year no centre of the number 112 wrote records.
pub const YEAR_MIN: i16 = 2000;

/// A call of an old record. `answered_at` is there exactly when a human answered.
#[derive(Clone, PartialEq, Debug)]
pub struct LedgerRow {
    /// Line of the file where it begins, from 1.
    pub line: u64,
    pub started_at: Timestamp,
    pub number: RowNumber,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Timestamp,
    pub class: Class,
    pub sub: Option<&'static str>,
    pub incident_type: Option<String>,
    pub agency: Option<String>,
    pub village_code: Option<String>,
    pub call_taker: Option<String>,
    pub note: Option<String>,
}

/// The number of a row: personal data, so its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct RowNumber {
    /// E.164 where it could be read.
    pub e164: Option<String>,
    /// As written, where something was.
    pub raw: Option<String>,
}

impl std::fmt::Debug for RowNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RowNumber(..)")
    }
}

/// A row that cannot be taken, as it stood, so that a person can mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadRow {
    pub line: u64,
    pub cells: Vec<String>,
    pub problems: Vec<RowProblem>,
}

/// A file whose header and quotes could be read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ledger {
    /// The column names as they stand in the file.
    pub header: Vec<String>,
    pub rows: Vec<LedgerRow>,
    pub bad: Vec<BadRow>,
    /// What was mended, in words.
    pub notices: Vec<String>,
}

impl Ledger {
    /// All problems of the bad rows, in the order of their lines.
    pub fn problems(&self) -> impl Iterator<Item = &RowProblem> {
        self.bad.iter().flat_map(|row| &row.problems)
    }
}

/// Reads a whole file. `now` is the moment after which nothing can have happened yet.
///
/// # Errors
/// Problems that leave no row certain: encoding, header, quotes. Nothing of the file can be used then.
pub fn read(bytes: &[u8], city: &City, now: Timestamp) -> Result<Ledger, Vec<RowProblem>> {
    let bytes = text::without_mark(bytes).map_err(|problem| vec![problem])?;
    let mut records = Records::new(bytes);
    let Some(first) = records.next() else {
        return Err(vec![whole_file("berkas kosong", "baris pertama berisi judul kolom")]);
    };
    let first = first.map_err(|problem| vec![problem])?;
    let header = Header::read(&first)?;
    let mut ledger = Ledger { header: header.names().to_vec(), notices: header.notices(), ..Ledger::default() };
    let mut reader = row::RowReader::new(city, now, &header);
    for record in records {
        let record = record.map_err(|problem| vec![problem])?;
        match reader.read(&record) {
            row::Read::Row(row) => ledger.rows.push(*row),
            row::Read::Bad(bad) => ledger.bad.push(bad),
            row::Read::Blank => {}
        }
    }
    ledger.notices.extend(reader.notices());
    if ledger.rows.is_empty() && ledger.bad.is_empty() {
        ledger.notices.push("berkas hanya berisi judul kolom, tanpa baris panggilan".to_owned());
    }
    Ok(ledger)
}

/// A problem of the file itself.
fn whole_file(value: &str, expected: &str) -> RowProblem {
    RowProblem { line: 1, column: String::new(), value: value.to_owned(), expected: expected.to_owned() }
}

#[cfg(test)]
mod tests;
