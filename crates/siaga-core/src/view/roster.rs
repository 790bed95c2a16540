//! *Jadwal*: who is on duty when, and who swapped.

use crate::{
    ids::SwapId,
    roster::{Duty, Plan, Swap},
    time::{LocalDay, Timestamp},
};
use serde::{Deserialize, Serialize};

/// The plan in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RosterVersion {
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub at: Timestamp,
    pub by: String,
    pub plan: Plan,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SwapState {
    /// Waits for the lead.
    Asked,
    Agreed,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SwapView {
    pub swap_id: SwapId,
    pub swap: Swap,
    pub state: SwapState,
    pub asked_by: String,
    pub asked_at: Timestamp,
    pub decided_by: Option<String>,
}

/// `GET /api/roster?from=yyyymmdd&days=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RosterPage {
    /// Absent: nobody has made one.
    pub version: Option<RosterVersion>,
    /// The shifts of these days, agreed swaps included.
    pub duties: Vec<Duty>,
    /// Of shifts from the first of these days on, newest first.
    pub swaps: Vec<SwapView>,
    pub on: Option<Duty>,
    pub next: Option<Duty>,
    /// Whose account may sit at a seat, as they are shown; offered where a plan is written. A plan may name others.
    pub accounts: Vec<String>,
}

/// Body of `PUT /api/roster`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PutRoster {
    /// The version that the person changed; 0: there was none.
    #[cfg_attr(test, ts(type = "number"))]
    pub seen: i64,
    pub plan: Plan,
}

/// An hour of the coming day with fewer people than the advice; it warns and keeps nobody from anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ShortHour {
    pub day: LocalDay,
    pub hour: u8,
    pub advised: u32,
    pub rostered: u32,
}
