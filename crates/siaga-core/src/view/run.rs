//! A computation that a page asked for and looks after: rules tried on last year's calls, a day with other seats.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    Running,
    Done,
    Cancelled,
    /// Took too long, or what it needs went away.
    Failed,
}
