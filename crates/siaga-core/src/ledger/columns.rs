//! The header: columns go by name, in any order.

use super::{record::Record, show_value, text::decode};
use crate::{city::fold, view::ledger::RowProblem};

/// The columns of a ledger, in the order of [`Column::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    StartedAt,
    Number,
    AnsweredAt,
    EndedAt,
    Class,
    Sub,
    IncidentType,
    Agency,
    VillageCode,
    CallTaker,
    Note,
}

/// Column that this program adds to a file of rejected rows; when such a file comes back, it is passed over.
pub(super) const PROBLEM_COLUMN: &str = "problem";

impl Column {
    pub const ALL: [Column; 11] = [
        Column::StartedAt,
        Column::Number,
        Column::AnsweredAt,
        Column::EndedAt,
        Column::Class,
        Column::Sub,
        Column::IncidentType,
        Column::Agency,
        Column::VillageCode,
        Column::CallTaker,
        Column::Note,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Column::StartedAt => "started_at",
            Column::Number => "number",
            Column::AnsweredAt => "answered_at",
            Column::EndedAt => "ended_at",
            Column::Class => "class",
            Column::Sub => "sub",
            Column::IncidentType => "incident_type",
            Column::Agency => "agency",
            Column::VillageCode => "village_code",
            Column::CallTaker => "call_taker",
            Column::Note => "note",
        }
    }

    /// Without it a call cannot be counted.
    fn required(self) -> bool {
        matches!(self, Column::StartedAt | Column::Number | Column::AnsweredAt | Column::EndedAt | Column::Class)
    }

    fn nearest(name: &str) -> &'static str {
        let folded = fold(name);
        Self::ALL
            .into_iter()
            .map(|column| (strsim::normalized_damerau_levenshtein(&folded, &fold(column.name())), column.name()))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map_or("", |(_, name)| name)
    }
}

/// A header that can be used.
#[derive(Debug)]
pub(super) struct Header {
    names: Vec<String>,
    /// Position of each column of [`Column::ALL`].
    places: [Option<usize>; 11],
}

impl Header {
    pub fn read(record: &Record<'_>) -> Result<Self, Vec<RowProblem>> {
        let names: Vec<String> = record.cells.iter().map(|cell| decode(cell).0.trim().to_owned()).collect();
        let problem = |value: &str, expected: String| RowProblem {
            line: record.line,
            column: show_value(value),
            value: show_value(value),
            expected,
        };
        if let [one] = names.as_slice()
            && let Some(sign) = [';', '\t', '|'].into_iter().find(|sign| one.contains(*sign))
        {
            return Err(vec![problem(one, format!("kolom dipisahkan koma, bukan {sign:?}"))]);
        }
        if !names.iter().any(|name| Column::ALL.iter().any(|column| fold(column.name()) == fold(name))) {
            let required = Column::ALL.into_iter().filter(|column| column.required()).map(Column::name);
            let expected = format!("judul kolom di baris pertama: {}, ...", required.collect::<Vec<_>>().join(","));
            return Err(vec![problem(&names.join(","), expected)]);
        }
        let mut places = [None; 11];
        let mut problems = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let folded = if name.len() > super::CELL_BYTES_MAX { String::new() } else { fold(name) };
            match Column::ALL.iter().position(|column| fold(column.name()) == folded) {
                Some(index) if places[index].is_none() => places[index] = Some(place),
                Some(_) => problems.push(problem(name, format!("kolom {name} hanya sekali"))),
                None if folded == PROBLEM_COLUMN => {}
                None if name.is_empty() => problems.push(problem(
                    &format!("kolom ke-{} tanpa nama", place + 1),
                    "setiap kolom bernama; hapus kolom yang tidak terpakai".to_owned(),
                )),
                None => {
                    let asked: String = name.chars().take(80).collect();
                    let nearest = Column::nearest(&asked);
                    problems.push(problem(name, format!("kolom yang dikenal; yang terdekat: {nearest}")));
                }
            }
        }
        for (column, place) in Column::ALL.into_iter().zip(&places) {
            if column.required() && place.is_none() {
                problems.push(RowProblem {
                    line: record.line,
                    column: column.name().to_owned(),
                    value: "tidak ada".to_owned(),
                    expected: format!("kolom {} (boleh di urutan mana saja)", column.name()),
                });
            }
        }
        if problems.is_empty() { Ok(Self { names, places }) } else { Err(problems) }
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// The column that stands at a place, if it means something.
    pub fn column_at(&self, place: usize) -> Option<Column> {
        let index = self.places.iter().position(|one| *one == Some(place))?;
        Some(Column::ALL[index])
    }

    /// Columns that are not there and count as empty.
    pub fn notices(&self) -> Vec<String> {
        let absent: Vec<&str> =
            Column::ALL.into_iter().filter(|column| self.place(*column).is_none()).map(Column::name).collect();
        if absent.is_empty() {
            Vec::new()
        } else {
            vec![format!("kolom {} tidak ada: dianggap kosong", absent.join(", "))]
        }
    }
}
