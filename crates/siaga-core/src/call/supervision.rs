//! A shift lead beside a call-taker on a running call. It answers nothing, changes no queue and no outcome, and ends no
//! call; the call-taker always sees it.

use crate::{
    ids::{StationId, UserId},
    time::Timestamp,
    view::supervision::SupervisionView,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who hears the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Supervision {
    /// Nobody: the lead hears what is on the line.
    Listen,
    /// The call-taker alone.
    Whisper,
    /// Call-taker and caller.
    Barge,
}

impl Supervision {
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Supervision::Listen => "listen",
            Supervision::Whisper => "whisper",
            Supervision::Barge => "barge",
        }
    }
}

/// The lead on a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Supervisor {
    pub user: UserId,
    pub display_name: Arc<str>,
    pub station: StationId,
    pub how: Supervision,
    pub since: Timestamp,
}

impl From<&Supervisor> for SupervisionView {
    fn from(lead: &Supervisor) -> Self {
        Self { user_id: lead.user, display_name: lead.display_name.to_string(), how: lead.how, since: lead.since }
    }
}
