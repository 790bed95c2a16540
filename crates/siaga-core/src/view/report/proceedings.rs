//! What happened in the period beside its sums: agencies, handled emergencies, sanctions, corrections, figures published
//! elsewhere, and the advice on staffing.

use super::staffing::Staffing;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Proceedings {
    /// Most assignments first.
    pub agency_times: Vec<AgencyTimes>,
    /// *Aduan darurat tertangani*, in the order of time; at most 500.
    pub handled: Vec<Handled>,
    pub sanctions: Vec<StepCount>,
    pub appeals: AppealCount,
    /// Classes that were corrected after the period's end.
    pub corrections: Vec<Correction>,
    /// *Angka publikasi*: said elsewhere, by definitions that nobody knows.
    pub published: Vec<Published>,
    /// `null` without a day with calls.
    pub staffing: Option<Staffing>,
}

/// The intervals of one agency's assignments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AgencyTimes {
    pub key: String,
    pub label: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub assignments: u64,
    pub steps: Vec<StepTime>,
}

/// One interval: `answer`, `decide`, `send`, `acknowledge`, `arrive`, `response`, `close`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepTime {
    pub key: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub known: u64,
    /// A point in time is not on record, or lies before the one it follows.
    #[cfg_attr(test, ts(type = "number"))]
    pub missing: u64,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub median_s: Option<u64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub p90_s: Option<u64>,
}

/// An emergency that a human answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Handled {
    pub at: Timestamp,
    pub type_label: String,
    pub village_label: String,
    pub agency_label: String,
    /// `2026/231`; absent in old records.
    pub incident: Option<String>,
    pub closed_at: Option<Timestamp>,
    /// Key of the incident's outcome, where it is closed.
    pub outcome: Option<String>,
}

/// Sanctions proposed in the period, by rung of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepCount {
    pub key: String,
    pub label: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub proposed: u64,
    /// Approved by as many people as it needs.
    #[cfg_attr(test, ts(type = "number"))]
    pub approved: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub rejected: u64,
    /// Taken back by the rules before anybody decided.
    #[cfg_attr(test, ts(type = "number"))]
    #[serde(default)]
    pub withdrawn: u64,
    /// Nobody has decided yet.
    #[cfg_attr(test, ts(type = "number"))]
    pub waiting: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AppealCount {
    #[cfg_attr(test, ts(type = "number"))]
    pub made: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub upheld: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub lifted: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub waiting: u64,
}

/// On this day so many calls were moved from one class to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Correction {
    /// `yyyy-mm-dd`.
    pub day: String,
    /// Class keys; empty: none, or no longer on record.
    pub from_class: String,
    pub to_class: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub calls: u64,
}

/// A figure that somebody published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Published {
    pub from: String,
    pub to: String,
    pub measure: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub value: u64,
    /// "sekitar".
    pub approximate: bool,
    pub source: String,
    /// Our figure for the same days, where the period is theirs and the measure is known.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub ours: Option<u64>,
    /// From it to our figure, where it is of the same days one year before.
    pub change_pct: Option<f64>,
}
