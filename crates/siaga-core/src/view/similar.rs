//! *Mirip*: incidents that a call may report too.

use crate::{ids::IncidentId, time::Timestamp, view::incident::IncidentStatus};
use serde::{Deserialize, Serialize};

/// A row of `GET /api/calls/{id}/similar`, best first, at most five. A person attaches; the machine never does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SimilarView {
    pub incident_id: IncidentId,
    pub number: u32,
    pub status: IncidentStatus,
    pub type_label: String,
    pub place: String,
    pub opened_at: Timestamp,
    /// Calls about it so far.
    pub calls: u32,
    /// Stands out from all others: at most the first.
    pub likely: bool,
    pub reasons: Vec<SimilarReason>,
}

/// Why an incident is suggested; the interface has the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SimilarReason {
    SameType,
    /// A type that people mistake for it.
    SameFamily,
    /// Speaks against it.
    OtherType,
    Distance {
        metres: u32,
    },
    SameVillage,
    /// The same RT/RW of the same kelurahan.
    SameRtRw,
    /// Places that may overlap.
    NextVillage,
    /// Words of landmark or street in common, as this call's sheet has them.
    Words {
        words: Vec<String>,
    },
    SameNumber,
    /// Minutes since the last call about it.
    Recent {
        minutes: u32,
    },
    /// Minutes since it was closed.
    JustClosed {
        minutes: u32,
    },
}
