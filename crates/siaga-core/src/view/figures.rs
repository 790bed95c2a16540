//! `GET /api/figures`: whether the figures are being made anew, and whether random days agreed with their calls.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FiguresState {
    /// Absent: they are complete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rebuild: Option<RebuildState>,
    /// When days were counted again last; absent: never yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_at: Option<Timestamp>,
    pub days: Vec<DayCheck>,
}

/// How far a rebuild is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RebuildState {
    pub done: u32,
    pub months: u32,
    /// Reports are complete meanwhile.
    pub is_current: bool,
}

/// A day that was counted again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayCheck {
    /// `yyyymmdd`
    #[cfg_attr(test, ts(type = "number"))]
    pub day: i64,
    #[cfg_attr(test, ts(type = "number"))]
    pub calls: i64,
    /// How many cells do not agree.
    #[cfg_attr(test, ts(type = "number"))]
    pub differences: i64,
    /// The first of them.
    pub told: Vec<FigureDifference>,
}

/// A cell whose count is not that of its calls. Nobody's name is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FigureDifference {
    pub table: String,
    pub cell: String,
    /// `yyyymmdd`, or `yyyymm` in a table of months.
    #[cfg_attr(test, ts(type = "number"))]
    pub day: i64,
    #[cfg_attr(test, ts(type = "number"))]
    pub written: i64,
    #[cfg_attr(test, ts(type = "number"))]
    pub counted: i64,
}
