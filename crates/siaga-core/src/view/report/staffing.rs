//! *Saran jumlah petugas*: how many seats each hour asks for.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Staffing {
    /// This share of calls is answered within this time.
    pub goal_pct: f64,
    pub goal_s: f64,
    /// Assumed from the end of a call until the seat is free.
    pub wrap_s: f64,
    /// A seat is held so long by a call, with the wrap.
    pub hold_s: f64,
    /// How long callers wait before they give up, on average; `null` where nobody did.
    pub patience_s: Option<f64>,
    /// Callers who left and called again within ten minutes, of the newest `redial_of`; `null` where nobody left.
    pub redial_pct: Option<f64>,
    #[cfg_attr(test, ts(type = "number"))]
    pub redial_of: u64,
    /// Days with calls: what an hour's mean is taken over.
    #[cfg_attr(test, ts(type = "number"))]
    pub days: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub calls: u64,
    pub hours: Vec<HourAdvice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HourAdvice {
    pub hour: u8,
    /// Mean of the days, with its 95 % limits.
    pub calls_per_h: f64,
    pub low_per_h: f64,
    pub high_per_h: f64,
    /// Not more than these on 95 of 100 days.
    #[cfg_attr(test, ts(type = "number"))]
    pub busy_calls: u64,
    pub hold_s: f64,
    /// For the mean, for its upper limit, for a busy day.
    pub seats: u32,
    pub seats_high: u32,
    pub seats_busy: u32,
    /// Answered in time with `seats`, and with one seat less.
    pub within_pct: f64,
    pub one_less_within_pct: Option<f64>,
    /// Would give up with `seats`; `null` where nobody ever did.
    pub left_pct: Option<f64>,
}
