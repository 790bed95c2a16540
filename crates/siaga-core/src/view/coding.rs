//! Double coding of nuisance calls: what is due, what was found, how well the two agree.

use crate::{
    class::Class,
    ids::{CallId, CodingId},
    time::{LocalDay, Timestamp},
};
use serde::{Deserialize, Serialize};

/// A call to be coded again. Blind: neither the call's id, number, time, call-taker nor first class is told.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodingDue {
    pub coding_id: CodingId,
    /// Monday of its week.
    pub week: LocalDay,
}

/// `GET /api/codings`: what this person may code.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodingQueue {
    /// In the order of the draw, which says nothing of the calls.
    pub due: Vec<CodingDue>,
    /// Due for others: this person took the call or gave its class.
    #[cfg_attr(test, ts(type = "number"))]
    pub for_others: u64,
}

/// Body of `POST /api/codings/{id}`: what the sound alone says the call was.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SecondClass {
    pub class: Class,
    pub sub: Option<String>,
}

/// A nuisance call whose second class is an emergency. Stays until a shift lead settles it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FoundReal {
    pub coding_id: CodingId,
    pub call_id: CallId,
    pub number: Option<String>,
    pub offered_at: Timestamp,
    pub first_class: Class,
    pub coded_at: Timestamp,
    pub coded_by: Option<String>,
}

/// Body of `POST /api/codings/{id}/settle`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SettleFound {
    /// It was a real call; otherwise the second class was wrong.
    pub real: bool,
    /// What was found out and done.
    pub words: String,
}

/// `GET /api/codings/figures?from=yyyymmdd&to=yyyymmdd`: weeks whose Monday lies in the period, oldest first, and all together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodingFigures {
    pub weeks: Vec<CodingWeek>,
    pub all: CodingCount,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodingWeek {
    /// Monday.
    pub week: LocalDay,
    /// The week is over and its sample is whole.
    pub closed: bool,
    pub count: CodingCount,
}

/// Two codings of the same calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CodingCount {
    /// Nuisance calls with a recording, of which the sample was drawn.
    #[cfg_attr(test, ts(type = "number"))]
    pub calls: u64,
    /// Nuisance calls without one: nobody can hear them again.
    #[cfg_attr(test, ts(type = "number"))]
    pub unrecorded: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub drawn: u64,
    /// Of these, coded by a second person.
    #[cfg_attr(test, ts(type = "number"))]
    pub coded: u64,
    /// Of these, with the same class.
    #[cfg_attr(test, ts(type = "number"))]
    pub alike: u64,
    /// Cohen's kappa, -1 to 1; absent: nothing to compare with.
    pub kappa: Option<f64>,
    /// Its 95 % limits.
    pub kappa_low: Option<f64>,
    pub kappa_high: Option<f64>,
    /// Of the coded ones, emergencies by the second class that were not settled as an error of the second.
    #[cfg_attr(test, ts(type = "number"))]
    pub real: u64,
    /// The share of real calls among the nuisance calls is not above this, with 95 % certainty; absent: none coded.
    pub real_at_most_pct: Option<f64>,
    /// As a number of calls, of `calls`.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub real_at_most: Option<u64>,
    /// So few that the figures say little.
    pub few: bool,
}
