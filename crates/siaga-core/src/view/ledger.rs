//! What became of an imported file of old records: `POST /api/ledger` (body `text/csv`, or `multipart/form-data` with
//! one file; at most 64 MB) and `siaga import ledger`; and of published figures: `POST /api/ledger/published` (at most 1 MB).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Answer of `POST /api/ledger`: 200 when the file is in, 422 when `problems` say why nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LedgerAnswer {
    pub outcome: LedgerOutcome,
    /// Rows of the file that could be read.
    #[cfg_attr(test, ts(type = "number"))]
    pub rows: u64,
    /// Rows that are new and now counted.
    #[cfg_attr(test, ts(type = "number"))]
    pub added: u64,
    /// Rows that an earlier file brought already.
    #[cfg_attr(test, ts(type = "number"))]
    pub known: u64,
    /// Rows that cannot be taken.
    #[cfg_attr(test, ts(type = "number"))]
    pub bad: u64,
    /// The first problems; `problem_count` says how many there are.
    pub problems: Vec<RowProblem>,
    #[cfg_attr(test, ts(type = "number"))]
    pub problem_count: u64,
    /// What was mended while reading, in words.
    pub notices: Vec<String>,
    /// One sentence for a person.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LedgerOutcome {
    /// New rows are counted from now on.
    Imported,
    /// This very file, or all of its rows, came before: nothing was added.
    Known,
    /// Nothing was taken.
    Refused,
}

/// One thing that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowProblem {
    /// Line of the file where the row begins, from 1 (the header).
    #[cfg_attr(test, ts(type = "number"))]
    pub line: u64,
    /// Empty when the whole row is meant.
    pub column: String,
    /// What stands there, cut to a readable length.
    pub value: String,
    pub expected: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "baris {}", self.line)?;
        if !self.column.is_empty() {
            write!(f, ", kolom {}", self.column)?;
        }
        write!(f, ": {:?}; yang diharapkan: {}", self.value, self.expected)
    }
}
