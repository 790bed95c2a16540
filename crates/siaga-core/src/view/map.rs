//! The map: boundaries as they are drawn, and what was imported from where.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `GET /api/map`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MapView {
    /// Empty: no boundaries were imported.
    pub boundaries: Vec<BoundaryView>,
    /// Who must be named below the map, one line each.
    pub attributions: Vec<String>,
}

/// One kelurahan, simplified for drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BoundaryView {
    pub code: String,
    /// Outer rings and holes: `[longitude, latitude]`, filled by the even-odd rule.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// Where its name stands: always inside.
    pub lat: f64,
    pub lng: f64,
}

/// What an imported file is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MapSourceKind {
    Places,
    Boundaries,
}

impl MapSourceKind {
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            MapSourceKind::Places => "places",
            MapSourceKind::Boundaries => "boundaries",
        }
    }
}

/// One row of `GET /api/map/sources`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MapSourceView {
    pub kind: MapSourceKind,
    /// The name it was imported under; the same name again replaces it.
    pub name: String,
    pub attribution: String,
    pub file: String,
    pub at: Timestamp,
    pub by: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub taken: i64,
    #[cfg_attr(test, ts(type = "number"))]
    pub skipped: i64,
}

/// What an import brought, or would bring.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ImportReport {
    pub taken: u32,
    pub skipped: u32,
    /// The first of those that were skipped.
    pub notes: Vec<ImportNote>,
    /// Taken, but worth a look.
    pub warnings: Vec<String>,
}

/// Skipped: where it stands in the file, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ImportNote {
    /// "baris 12", "fitur 3", "way 40012".
    pub at: String,
    pub name: String,
    pub reason: String,
}

/// Skipped places that are told one by one.
const NOTES_MAX: usize = 50;

impl ImportReport {
    pub fn skip(&mut self, note: ImportNote) {
        self.skipped += 1;
        if self.notes.len() < NOTES_MAX {
            self.notes.push(note);
        }
    }
}

/// Answer of `POST /api/map/sources`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ImportAnswer {
    pub report: ImportReport,
    pub outcome: ImportOutcome,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Only looked at.
    Preview,
    Taken,
    /// The same content was in before.
    Known,
}
