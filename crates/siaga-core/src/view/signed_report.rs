//! A report as it is signed and kept: figures, the state of the record they were counted from, and what the letterhead
//! says. A document is made from this alone, so that it can be made again years later.

use crate::{
    time::Timestamp,
    view::report::{Count, Report},
};
use serde::{Deserialize, Serialize};

/// The form of the file.
pub const SIGNED_REPORT_FORMAT: &str = "siaga-report-1";

/// What the hash and the signature are over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportBody {
    pub format: String,
    /// Of a demo: that these figures are none. A city's have no such member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    pub city: CityHead,
    pub as_of: AsOf,
    pub report: Report,
    /// Emergencies by kecamatan: the kelurahan's counts under the names of today.
    pub by_district: Vec<Count>,
    /// The same of the comparison; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_district_before: Option<Vec<Count>>,
}

/// Who reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityHead {
    pub name: String,
    /// IANA name of the zone whose days these are.
    pub zone: String,
    pub zone_label: String,
    /// Lines of the letterhead, the largest first.
    pub letterhead: Vec<String>,
    /// Where it is signed; absent: a line to fill in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// The end of the event chain that the figures include.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    pub seq: i64,
    /// When the last event happened; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Hexadecimal; empty while there is no event.
    pub chain_hash: String,
}

/// The file `laporan-...json`: `siaga verify report` checks it by its bytes alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedReport {
    #[serde(flatten)]
    pub body: ReportBody,
    /// Over the canonical body: members sorted by name, no spaces. Hexadecimal, as the two below.
    pub sha256: String,
    /// The public key of this house.
    pub key: String,
    /// Ed25519 over the canonical body.
    pub signature: String,
}

/// A row of `GET /api/publications`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Publication {
    pub publication_id: String,
    pub from: String,
    pub to: String,
    /// Beside the same days of the year before.
    pub compared: bool,
    /// 1 for the first of this period, 2 for the next one ...
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub at: Timestamp,
    pub by: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub as_of_seq: i64,
    pub sha256: String,
}

/// Body of `POST /api/publications`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewPublication {
    pub from: String,
    pub to: String,
    pub compared: bool,
}

/// `GET /api/publications/{id}/changes`: what the same question is answered with today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SinceThen {
    #[cfg_attr(test, ts(type = "number"))]
    pub as_of_seq: i64,
    /// Events since then; most change no figure.
    #[cfg_attr(test, ts(type = "number"))]
    pub events: i64,
    pub changes: Vec<FigureChange>,
}

/// One figure that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FigureChange {
    /// Where it stands in the report: `classes.prank`, `by_type.fire`.
    pub name: String,
    /// In words: "Prank", "Jenis: Kebakaran".
    pub label: String,
    /// Absent: it was not there.
    pub before: Option<String>,
    pub now: Option<String>,
}
