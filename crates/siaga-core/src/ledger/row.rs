//! One record to one call: each cell by its own rule, then what the cells say about each other.

use super::{
    BadRow, CALL_HOURS_MAX, CELL_BYTES_MAX, LedgerRow, NOTE_BYTES_MAX, RowNumber, YEAR_MIN,
    columns::{Column, Header},
    names::Names,
    record::Record,
    show_value,
    text::{Encoding, decode},
    time,
};
use crate::{city::City, class::Class, phone::Caller, time::Timestamp, view::ledger::RowProblem};
use std::borrow::Cow;

#[derive(Debug)]
pub(super) enum Read {
    Row(Box<LedgerRow>),
    Bad(BadRow),
    /// Commas only: the empty rows below a spreadsheet's table.
    Blank,
}

/// Reads record after record and counts what it mended.
pub(super) struct RowReader<'a> {
    city: &'a City,
    now: Timestamp,
    header: &'a Header,
    names: Names<'a>,
    latin1: Mended,
    blank: Mended,
    unreadable_numbers: Mended,
}

/// How often, and where first.
#[derive(Clone, Copy, Default)]
struct Mended {
    count: u64,
    first_line: u64,
}

impl Mended {
    fn seen(&mut self, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
    }
}

/// The cells of one record by column, and what is wrong with them.
struct Cells<'r> {
    line: u64,
    texts: [Cow<'r, str>; 11],
    problems: Vec<RowProblem>,
}

impl Cells<'_> {
    fn get(&self, column: Column) -> &str {
        self.texts[column as usize].trim()
    }

    fn problem(&mut self, column: Column, expected: impl Into<String>) {
        let value = show_value(&self.texts[column as usize]);
        self.problems.push(RowProblem {
            line: self.line,
            column: column.name().to_owned(),
            value,
            expected: expected.into(),
        });
    }

    /// The text of an optional cell.
    fn text(&self, column: Column) -> Option<String> {
        let text = self.get(column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Looks a filled cell up; a miss becomes a problem of the row.
    fn look_up<T>(&mut self, column: Column, find: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let word = self.get(column);
        if word.is_empty() {
            return None;
        }
        match find(word) {
            Ok(found) => Some(found),
            Err(expected) => {
                self.problem(column, expected);
                None
            }
        }
    }
}

impl<'a> RowReader<'a> {
    pub fn new(city: &'a City, now: Timestamp, header: &'a Header) -> Self {
        Self {
            city,
            now,
            header,
            names: Names::new(city),
            latin1: Mended::default(),
            blank: Mended::default(),
            unreadable_numbers: Mended::default(),
        }
    }

    pub fn read(&mut self, record: &Record<'_>) -> Read {
        if record.cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
            self.blank.seen(record.line);
            return Read::Blank;
        }
        let mut cells = match self.cells(record) {
            Ok(cells) => cells,
            Err(problem) => return bad(record, vec![problem]),
        };
        match self.row(&mut cells) {
            Some(row) if cells.problems.is_empty() => Read::Row(Box::new(row)),
            _ => bad(record, cells.problems),
        }
    }

    /// What was mended, in words.
    pub fn notices(&self) -> Vec<String> {
        let lines = [
            (self.latin1, "sel bukan UTF-8, dibaca sebagai Latin-1 (Windows-1252)"),
            (self.blank, "baris tanpa isi dilewati"),
            (self.unreadable_numbers, "nomor tidak terbaca sebagai nomor telepon, disimpan apa adanya tanpa riwayat"),
        ];
        lines
            .into_iter()
            .filter(|(mended, _)| mended.count > 0)
            .map(|(mended, what)| format!("{} {what} (pertama di baris {})", mended.count, mended.first_line))
            .collect()
    }

    fn cells<'r>(&mut self, record: &'r Record<'_>) -> Result<Cells<'r>, RowProblem> {
        let (seen, expected) = (record.cells.len(), self.header.names().len());
        if seen != expected {
            return Err(RowProblem {
                line: record.line,
                column: String::new(),
                value: format!("{seen} kolom"),
                expected: format!(
                    "{expected} kolom seperti judul (teks yang berisi koma ditulis di antara tanda kutip)"
                ),
            });
        }
        let mut cells = Cells { line: record.line, texts: Default::default(), problems: Vec::new() };
        for (place, bytes) in record.cells.iter().enumerate() {
            let Some(column) = self.header.column_at(place) else { continue };
            let (text, encoding) = decode(bytes);
            cells.texts[column as usize] = text;
            if encoding == Encoding::Latin1 {
                self.latin1.seen(record.line);
            }
            let limit = if column == Column::Note { NOTE_BYTES_MAX } else { CELL_BYTES_MAX };
            if bytes.len() > limit {
                cells.problem(column, format!("paling banyak {limit} byte; sel ini {} byte", bytes.len()));
            } else if bytes.contains(&0) {
                cells.problem(column, "teks tanpa byte NUL");
            }
        }
        Ok(cells)
    }

    fn row(&mut self, cells: &mut Cells<'_>) -> Option<LedgerRow> {
        if !cells.problems.is_empty() {
            // A cell that is too long or holds NUL is not looked at any further.
            return None;
        }
        let started_at = self.time(cells, Column::StartedAt, Presence::Required);
        let answered_at = self.time(cells, Column::AnsweredAt, Presence::Optional);
        let ended_at = self.time(cells, Column::EndedAt, Presence::Required);
        let number = self.number(cells);
        let class = match cells.get(Column::Class) {
            "" => {
                cells.problem(
                    Column::Class,
                    format!("kelas: salah satu dari {}", Class::ALL.map(Class::key).join(", ")),
                );
                None
            }
            _ => cells.look_up(Column::Class, |word| self.names.class(word)),
        };
        let mut incident_type = cells.look_up(Column::IncidentType, |word| self.names.incident_type(word));
        let sub = self.sub(cells, class, &mut incident_type);
        let agency = cells.look_up(Column::Agency, |word| self.names.agency(word));
        let village_code = cells.look_up(Column::VillageCode, |word| self.names.village(word));
        let row = LedgerRow {
            line: cells.line,
            started_at: started_at?,
            number,
            answered_at,
            ended_at: ended_at?,
            class: class?,
            sub,
            incident_type,
            agency,
            village_code,
            call_taker: cells.text(Column::CallTaker),
            note: cells.text(Column::Note),
        };
        check_together(cells, &row);
        Some(row)
    }

    fn time(&self, cells: &mut Cells<'_>, column: Column, presence: Presence) -> Option<Timestamp> {
        let text = cells.get(column);
        if text.is_empty() {
            if presence == Presence::Required {
                cells.problem(column, format!("waktu YYYY-MM-DD HH:MM:SS ({})", self.city.zone_label));
            }
            return None;
        }
        let Some(at) = time::parse(text, self.city.time_zone()) else {
            cells.problem(
                column,
                format!("waktu yang ada, YYYY-MM-DD HH:MM:SS ({}) atau RFC 3339", self.city.zone_label),
            );
            return None;
        };
        if at > self.now {
            cells.problem(column, "waktu yang sudah lewat, bukan masa depan");
            return None;
        }
        if at.in_zone(self.city.time_zone()).year() < YEAR_MIN {
            cells.problem(column, format!("tahun {YEAR_MIN} atau sesudahnya"));
            return None;
        }
        Some(at)
    }

    fn number(&mut self, cells: &mut Cells<'_>) -> RowNumber {
        let raw = cells.text(Column::Number);
        let e164 = match Caller::read(raw.as_deref().unwrap_or_default()) {
            Caller::Known(number) => Some(number.e164().to_owned()),
            Caller::Withheld => None,
            Caller::Unreadable => {
                let text = raw.as_deref().unwrap_or_default();
                // Digits that are no number (a short code, a slip) are what the centre wrote; a word is a wrong column.
                if text.starts_with(['=', '@']) {
                    let expected = "angka nomornya saja, bukan rumus lembar kerja (08.., 62.., +62.., atau kosong)";
                    cells.problem(Column::Number, expected);
                } else if text.chars().any(char::is_alphabetic) || !text.chars().any(|c| c.is_ascii_digit()) {
                    cells.problem(Column::Number, "nomor telepon (08.., 62.., +62..), \"anonymous\", atau kosong");
                } else {
                    self.unreadable_numbers.seen(cells.line);
                }
                None
            }
        };
        RowNumber { e164, raw }
    }

    /// Emergencies are told apart by their incident type: a sub-reason there must be that type.
    fn sub(
        &mut self,
        cells: &mut Cells<'_>,
        class: Option<Class>,
        incident_type: &mut Option<String>,
    ) -> Option<&'static str> {
        match class? {
            Class::Emergency => {
                let named = cells.look_up(Column::Sub, |word| self.names.incident_type(word))?;
                match incident_type {
                    None => *incident_type = Some(named),
                    Some(given) if *given != named => {
                        cells.problem(Column::Sub, "kosong, atau jenis kejadian yang sama dengan incident_type");
                    }
                    Some(_) => {}
                }
                None
            }
            class => cells.look_up(Column::Sub, |word| self.names.sub(class, word)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
}

/// The order of the times, and a human's answer exactly where the class says that there was one.
fn check_together(cells: &mut Cells<'_>, row: &LedgerRow) {
    if row.class == Class::Abandoned {
        if row.answered_at.is_some() {
            cells.problem(Column::AnsweredAt, "kosong, karena kelas abandoned berarti tidak dijawab petugas");
        }
    } else if row.answered_at.is_none() && cells.get(Column::AnsweredAt).is_empty() {
        cells.problem(
            Column::AnsweredAt,
            format!("waktu dijawab, karena kelas {} hanya untuk panggilan yang dijawab petugas", row.class.key()),
        );
    }
    if row.answered_at.is_some_and(|at| at < row.started_at) {
        cells.problem(Column::AnsweredAt, "tidak sebelum started_at");
    }
    if row.ended_at < row.answered_at.unwrap_or(row.started_at) {
        let before = if row.answered_at.is_some() { "answered_at" } else { "started_at" };
        cells.problem(Column::EndedAt, format!("tidak sebelum {before}"));
    } else if row.ended_at.ms_since(row.started_at) > CALL_HOURS_MAX * 3_600_000 {
        cells.problem(Column::EndedAt, format!("paling lama {CALL_HOURS_MAX} jam sesudah started_at"));
    }
}

fn bad(record: &Record<'_>, problems: Vec<RowProblem>) -> Read {
    let cells = record.cells.iter().map(|cell| decode(cell).0.into_owned()).collect();
    Read::Bad(BadRow { line: record.line, cells, problems })
}
