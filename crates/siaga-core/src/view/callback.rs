//! Who had to be called back, and what came of it.

use crate::{
    ids::{CallId, CallbackId},
    time::Timestamp,
    view::desk::CallbackReason,
};
use serde::{Deserialize, Serialize};

/// What one try to call somebody back led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallbackResult {
    /// A person of ours spoke with them.
    ReachedHelp,
    /// "Salah tekan": they are left in peace.
    Mistake,
    /// Taken up, nothing heard, gone again before a person came.
    Silent,
    /// Asked for help, and gone again before a person came.
    Gone,
    NoAnswer,
    Busy,
    /// The network did not bring it there.
    Failed,
}

impl CallbackResult {
    pub const ALL: [Self; 7] =
        [Self::ReachedHelp, Self::Mistake, Self::Silent, Self::Gone, Self::NoAnswer, Self::Busy, Self::Failed];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ReachedHelp => "reached_help",
            Self::Mistake => "mistake",
            Self::Silent => "silent",
            Self::Gone => "gone",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Failed => "failed",
        }
    }

    /// Nobody needs to call this person back any more.
    #[must_use]
    pub fn closes(self) -> bool {
        matches!(self, Self::ReachedHelp | Self::Mistake)
    }
}

/// A row of `GET /api/callbacks`: open entries first (interrupted before all others, last whom a
/// ring may betray), then closed ones, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallbackRow {
    pub callback_id: CallbackId,
    /// The call that was lost.
    pub call_id: CallId,
    /// As shown: `0812-3456-7890`.
    pub number: String,
    pub reason: CallbackReason,
    /// A person marked, of a call with this number, that the caller cannot speak freely: ringing may betray them. Nobody calls
    /// them back; their agencies are reminded.
    pub duress: bool,
    pub since: Timestamp,
    /// Oldest first.
    pub attempts: Vec<CallbackTry>,
    /// When the machine calls next; absent: it has done what it does, a person must, unless `duress`.
    pub next_attempt_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// Who crossed it off; absent: a result closed it, or it is open.
    pub crossed_off_by: Option<String>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CallbackTry {
    /// The call it was made with, or in which the person called again by themselves.
    pub call_id: CallId,
    pub at: Timestamp,
    pub result: CallbackResult,
    /// Who called; absent: the machine.
    pub by: Option<String>,
}
