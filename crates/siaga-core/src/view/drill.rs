//! *Latihan*: what the page orders and what it is told.

use crate::{drill::Scenario, ids::DrillId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/drills`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewDrill {
    pub scenario: Scenario,
    /// 1 to `CALLS_MAX`.
    pub calls: u32,
    /// Over so many minutes; 1 to `MINUTES_MAX`.
    pub minutes: u32,
}

/// Why a drill ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrillEnd {
    /// Every call was made.
    Done,
    /// A real caller waited.
    RealCall,
    /// A person ended it.
    Person,
    /// The simulator could not go on, or this program stopped.
    Broken,
}

/// What the team did with the calls of a drill. Figures of the team, never of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DrillResult {
    /// Calls that came in.
    pub came: u32,
    pub answered: u32,
    /// From the ring to the answer; absent: none was answered.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub answer_median_ms: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub answer_longest_ms: Option<i64>,
    /// Answered calls that got a class, and those whose class was the caller's.
    pub classed: u32,
    pub classed_right: u32,
    /// Answered calls that were real, and those that became an incident.
    pub real: u32,
    pub real_sent: u32,
    /// From the answer to the sending.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub send_median_ms: Option<i64>,
}

/// One drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DrillView {
    pub drill_id: DrillId,
    pub scenario: Scenario,
    pub calls: u32,
    pub minutes: u32,
    pub by: String,
    pub at: Timestamp,
    /// Absent: it runs.
    pub ended_at: Option<Timestamp>,
    pub ended: Option<DrillEnd>,
    pub result: DrillResult,
}

/// `GET /api/drills`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DrillPage {
    pub running: Option<DrillView>,
    /// Newest first.
    pub past: Vec<DrillView>,
    pub calls_max: u32,
    pub minutes_max: u32,
}
