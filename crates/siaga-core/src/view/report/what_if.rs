//! *Bagaimana bila*: the centre's own day played through the simulator with other numbers of seats.
//! `POST /api/what-ifs`, `GET /api/what-ifs/{id}`; `siaga sim staffing` prints the same.

use crate::view::run::RunState;
use serde::{Deserialize, Serialize};

/// `POST /api/what-ifs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewWhatIf {
    /// Whose curve it is: `yyyy-mm-dd`, as for a report.
    pub from: String,
    pub to: String,
    /// Seats that are tried, from 0 to 23 h.
    pub seats: Vec<u16>,
}

/// `GET /api/what-ifs/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WhatIfView {
    pub what_if_id: String,
    pub state: RunState,
    /// Runs that are over, of how many.
    pub done: u32,
    pub total: u32,
    pub findings: Option<WhatIfFindings>,
}

/// The same people met both numbers of seats.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WhatIfFindings {
    /// Simulated days, each way.
    pub days: u32,
    /// With the seats of the advice.
    pub advised: Tried,
    /// With the seats that were asked for.
    pub tried: Tried,
}

/// What one staffing gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Tried {
    /// The whole day; its `seats` are seat hours.
    pub day: Seen,
    /// From 0 to 23 h.
    pub hours: Vec<Seen>,
}

/// How callers fared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Seen {
    pub seats: u32,
    pub calls: u32,
    /// Of those who were answered or waited longer than the goal, who was answered within it, with 95 % limits; who went
    /// before it was over says nothing of the seats. `null` without such a call.
    pub within_pct: Option<f64>,
    pub low_pct: Option<f64>,
    pub high_pct: Option<f64>,
    /// Went unanswered after the goal (per cent of all).
    pub left_pct: f64,
    /// Longest wait of who was answered or went (s).
    pub longest_s: f64,
    /// A call held its seat so long, on average (s).
    pub hold_s: f64,
}
