//! The figures of a period: `GET /api/report?from=yyyy-mm-dd&to=yyyy-mm-dd&compare=previous-year`, also printed by
//! `siaga report --format json`. Every member is defined in `docs/definitions.md`.

pub mod detail;
pub mod proceedings;
pub mod staffing;
pub mod what_if;

use detail::Detail;
use proceedings::Proceedings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The answer: the period's figures, and beside them those of the period it is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Report {
    #[serde(flatten)]
    pub figures: Figures,
    /// Absent when no comparison was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Comparison>,
    /// Absent where only the sums were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceedings: Option<Proceedings>,
}

/// What is counted in one period. Open calls are not in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Figures {
    pub period: Period,
    #[cfg_attr(test, ts(type = "number"))]
    pub offered: u64,
    /// By a human.
    #[cfg_attr(test, ts(type = "number"))]
    pub answered: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub abandoned: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub deferred: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub failed: u64,
    /// All class keys, also those with 0, and `unclassified`: answered calls without a class.
    #[cfg_attr(test, ts(type = "Record<string, number>"))]
    pub classes: BTreeMap<String, u64>,
    /// Prank and ghost together.
    #[cfg_attr(test, ts(type = "number"))]
    pub nuisance: u64,
    /// Emergencies by incident type, most first. Key `""`: not filled in.
    pub by_type: Vec<Count>,
    /// Emergencies by the first agency asked.
    pub by_agency: Vec<Count>,
    /// Emergencies by kelurahan.
    pub by_village: Vec<Count>,
    /// Offered calls by calendar month (`2020-01`), every month of the period.
    pub by_month: Vec<Count>,
    /// All of them hold: otherwise there is no report.
    pub identities: Vec<Identity>,
    /// Version of `docs/definitions.md` that these figures follow.
    pub definitions: String,
    /// Absent where only the sums were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// Both days belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Period {
    /// `yyyy-mm-dd`, in the city's zone.
    pub from: String,
    pub to: String,
    pub days: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Count {
    pub key: String,
    pub label: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub count: u64,
}

/// Two ways to the same number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Identity {
    /// `offered = answered + abandoned + deferred + failed`.
    pub name: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub left: u64,
    #[cfg_attr(test, ts(type = "number"))]
    pub right: u64,
    pub holds: bool,
}

/// The same calendar days one year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Comparison {
    #[serde(flatten)]
    pub figures: Figures,
    /// Change from this period to the reported one in percent, one decimal; `null` where this period has 0.
    pub change_pct: BTreeMap<String, Option<f64>>,
    /// The same with limits; what a document and the page show.
    #[serde(default)]
    pub change: BTreeMap<String, Change>,
    #[serde(default)]
    pub marks: Vec<Mark>,
}

/// How a number changed, in percent with one decimal. The limits hold the true change in 95 % of cases, as far as calls
/// are independent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Change {
    /// `null` where the earlier number is 0.
    pub pct: Option<f64>,
    pub low_pct: Option<f64>,
    pub high_pct: Option<f64>,
    /// One of the numbers is small: read the change with care.
    pub few: bool,
}

/// Why two periods are not quite alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The figures follow different definitions.
    Definitions,
    /// One comes from the telephone, the other (in part) from old records.
    Source,
    /// One has a day more (29 February).
    Days,
    /// One has days without a single call.
    Gaps,
}
