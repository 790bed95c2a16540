//! A shift lead beside a call-taker: what everybody is shown of it, and what the lead asks.

use crate::{call::Supervision, ids::UserId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Who hears, or speaks in, this conversation besides its call-taker. The call-taker is always shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SupervisionView {
    pub user_id: UserId,
    pub display_name: String,
    pub how: Supervision,
    pub since: Timestamp,
}

/// Body of `POST /api/calls/{id}/supervision`: the lead's browser offers a sound path of its own; answered with ours.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Supervise {
    pub how: Supervision,
    pub sdp: String,
}

/// Body of `PUT /api/calls/{id}/supervision`: on the same sound path, in another way.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SuperviseAs {
    pub how: Supervision,
}
