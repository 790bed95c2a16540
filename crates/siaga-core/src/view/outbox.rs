//! *Pesan keluar*: what left the house, what waits, what failed.

use crate::{ids::OutboxId, time::Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its turn or its next try.
    Waiting,
    Delivered,
    /// Given up; a person must act.
    Dead,
}

/// A row of `GET /api/outbox`, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OutboxView {
    pub outbox_id: OutboxId,
    /// `page` (the demo's telephone: this page), `webhook`.
    pub channel: String,
    /// Who gets it, as shown: the agency's label.
    pub target: String,
    pub text: String,
    /// The responder's link inside the message.
    pub task_url: Option<String>,
    pub created_at: Timestamp,
    pub state: DeliveryState,
    pub attempts: u32,
    pub next_at: Option<Timestamp>,
    pub error: Option<String>,
}
