//! What stands behind the sums of a period: exposure, months, hours, waits, call-takers, screening and harm.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Detail {
    pub exposure: Exposure,
    /// Every month of the period.
    pub months: Vec<MonthClasses>,
    /// Monday 0.00 to Sunday 23.00, all 168.
    pub hours: Vec<HourCount>,
    pub answer_times: Vec<AnswerTimes>,
    /// Most calls first.
    pub by_taker: Vec<TakerCount>,
    pub screening: Screening,
    pub harm: Harm,
}

/// What a count must be seen against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Exposure {
    /// Days of the period with a call: far fewer than its days means that records are missing.
    #[cfg_attr(test, ts(type = "number"))]
    pub days_with_calls: u64,
    /// Seats taken and not paused, hours with one decimal; `null` where nothing is known of seats.
    pub staffed_hours: Option<f64>,
    /// Offered calls that came from imported ledgers.
    #[cfg_attr(test, ts(type = "number"))]
    pub from_ledger: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MonthClasses {
    /// `2020-01`.
    pub key: String,
    pub label: String,
    /// By class of answered calls, and `abandoned`, `deferred`, `failed`: each offered call once.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub counts: BTreeMap<String, u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HourCount {
    /// 1 is Monday.
    pub weekday: u8,
    pub hour: u8,
    #[cfg_attr(test, ts(type = "number"))]
    pub offered: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub emergency: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub nuisance: u64,
}

/// From the call's first byte to a human. Milliseconds are upper edges of bins; `null` where nobody can say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AnswerTimes {
    /// `all`, `lane_a`, `lane_b`, `emergency`.
    pub key: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub answered: u64,
    /// Left before: they count as waiting until then.
    #[cfg_attr(test, ts(type = "number"))]
    pub left: u64,
    /// Their wait is not on record.
    #[cfg_attr(test, ts(type = "number"))]
    pub unknown: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub within_10_s: u64,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub p50_ms: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub p90_ms: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub p95_ms: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub p99_ms: Option<i64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub longest_ms: Option<i64>,
}

/// Answered calls of one person. `Normal | Prank | Ghost | Informasi | Total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TakerCount {
    /// Empty: nobody was written down.
    pub key: String,
    pub label: String,
    /// `live` or `ledger`.
    pub source: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub normal: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub prank: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub ghost: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub information: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub test: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub unclassified: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub total: u64,
}

/// What screening did to real callers, and how much worse it may be than was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Screening {
    /// Calls of class emergency, answered or not.
    #[cfg_attr(test, ts(type = "number"))]
    pub real: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub real_lane_b: u64,
    /// Real callers of lane B who left before a human.
    #[cfg_attr(test, ts(type = "number"))]
    pub real_lost: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub lane_b: u64,
    /// Left in lane B and never reached since: nobody knows what they were.
    #[cfg_attr(test, ts(type = "number"))]
    pub lane_b_left_unknown: u64,
    /// Not more than this share of real callers goes to lane B, with 95 % certainty; `null` without a real call.
    pub slower_at_most_pct: Option<f64>,
    /// The same for those who are lost there.
    pub lost_at_most_pct: Option<f64>,
}

/// What nuisance takes from real callers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Harm {
    /// Real callers who waited beyond 3 s while a nuisance call held a seat, and how long they did.
    #[cfg_attr(test, ts(type = "number"))]
    pub real_waited: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub real_waited_s: u64,
    /// Seat time of answered calls, and of those that were prank or ghost.
    #[cfg_attr(test, ts(type = "number"))]
    pub seat_s: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub nuisance_seat_s: u64,
    /// `null` until the city says what an hour at a seat costs.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub rupiah_per_seat_hour: Option<u64>,
    #[cfg_attr(test, ts(type = "number | null"))]
    pub rupiah: Option<u64>,
}
