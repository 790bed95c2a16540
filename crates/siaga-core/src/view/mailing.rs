//! Reports by e-mail: `GET /api/mailings`, and what the administrator may change.

use crate::{
    ids::OutboxId,
    mailing::{Rhythm, Schedule},
    time::Timestamp,
    view::outbox::DeliveryState,
};
use serde::{Deserialize, Serialize};

/// The page part: both schedules, and whether a mail can leave at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MailingList {
    /// Who the mails come from; `null`: no mail server is set.
    pub sender: Option<String>,
    pub mailings: Vec<MailingView>,
}

/// One schedule, when it sends next, and how the last ones went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MailingView {
    pub rhythm: Rhythm,
    pub schedule: Schedule,
    pub next_at: Option<Timestamp>,
    /// Days of the report that goes next, `yyyy-mm-dd`.
    pub next_from: Option<String>,
    pub next_to: Option<String>,
    /// The newest first.
    pub sent: Vec<SentMail>,
}

/// One report to one address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SentMail {
    pub outbox_id: OutboxId,
    pub to: String,
    pub from_day: String,
    pub to_day: String,
    /// Somebody asked for it; the schedule did not.
    pub trial: bool,
    pub made_at: Timestamp,
    pub state: DeliveryState,
    pub attempts: u32,
    pub next_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub error: Option<String>,
}

/// Body of `PUT /api/mailings/{rhythm}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PutSchedule {
    pub schedule: Schedule,
    /// `kirim ke 3 alamat`: asked for where figures will go out to these addresses.
    pub confirmation: String,
}

/// Body of `POST /api/mailings/{rhythm}/trials`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewTrial {
    pub to: String,
}
