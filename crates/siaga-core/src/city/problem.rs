//! What is wrong with a city document, told so that a person can mend it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CityProblem {
    /// Line of the document, from 1.
    pub line: Option<u32>,
    /// Where in the document: `routing[3].agency`.
    pub place: String,
    pub what: String,
    pub expected: String,
}

impl fmt::Display for CityProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "baris {line}: ")?;
        }
        write!(f, "{}: {}; yang diharapkan: {}", self.place, self.what, self.expected)
    }
}
