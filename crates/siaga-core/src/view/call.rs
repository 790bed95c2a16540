//! One call as a record: list, detail, recording.

use crate::{
    class::Class,
    ids::{CallId, IncidentId},
    time::Timestamp,
    view::{
        desk::{Direction, Lane},
        timeline::TimelineLine,
    },
};
use serde::{Deserialize, Serialize};

/// How an ended call counts. `offered = answered + abandoned + deferred + failed`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// A human answered.
    Answered,
    /// The caller went before a human answered.
    Abandoned,
    /// The machine was full: answered once with 503, to be called back.
    Deferred,
    /// Our fault before a human answered; must be 0.
    Failed,
}

impl CallOutcome {
    pub const ALL: [CallOutcome; 4] =
        [CallOutcome::Answered, CallOutcome::Abandoned, CallOutcome::Deferred, CallOutcome::Failed];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            CallOutcome::Answered => "answered",
            CallOutcome::Abandoned => "abandoned",
            CallOutcome::Deferred => "deferred",
            CallOutcome::Failed => "failed",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}

/// Who ended it: the typed verdict of each call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    Caller,
    CallTaker,
    /// The network or the far machine reported an error.
    Network,
    /// Our process stopped in the middle of the call (*interrupted*).
    Interrupted,
    CannotTell,
}

impl EndedBy {
    pub const ALL: [EndedBy; 5] =
        [EndedBy::Caller, EndedBy::CallTaker, EndedBy::Network, EndedBy::Interrupted, EndedBy::CannotTell];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            EndedBy::Caller => "caller",
            EndedBy::CallTaker => "call_taker",
            EndedBy::Network => "network",
            EndedBy::Interrupted => "interrupted",
            EndedBy::CannotTell => "cannot_tell",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.key() == key)
    }
}

/// A row of `GET /api/calls?day=yyyymmdd&class=&number=&limit=` and the answer of `GET /api/calls/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallRow {
    pub call_id: CallId,
    pub direction: Direction,
    pub number: Option<String>,
    /// The name the caller's telephone sent.
    pub display_name: Option<String>,
    pub offered_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<EndedBy>,
    pub outcome: Option<CallOutcome>,
    pub lane: Lane,
    pub suspicion: u8,
    pub class: Option<Class>,
    pub sub: Option<String>,
    pub incident_type: Option<String>,
    pub agency: Option<String>,
    pub village_code: Option<String>,
    pub call_taker: Option<String>,
    /// The outside telephone at which a human answered; absent: a seat did, or nobody.
    pub telephone: Option<String>,
    pub incident_id: Option<IncidentId>,
    /// A recording exists.
    pub recorded: bool,
    /// Came from an imported ledger.
    pub imported: bool,
    pub note: Option<String>,
}

/// Answer of `GET /api/calls/{id}/history` (the number's earlier calls, newest first, at most 20).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NumberHistory {
    pub sentence: String,
    pub calls: Vec<CallRow>,
}

/// Body of `POST /api/calls/{id}/playbacks`: without a reason nobody hears a recording.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlaybackRequest {
    pub reason: String,
}

/// Its answer: a link that lives ten minutes for this person, and the picture of the sound.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Playback {
    /// Two-channel WAV: left the caller, right what the caller heard from us. Ranges are served.
    pub audio_url: String,
    pub duration_ms: u32,
    /// Peaks per 100 ms and channel, 0-255.
    pub caller_peaks: Vec<u8>,
    pub desk_peaks: Vec<u8>,
    /// Every segment's hash holds.
    pub intact: bool,
    /// What happened in the call; absent for who must judge by the sound alone.
    pub timeline: Option<Vec<TimelineLine>>,
}
