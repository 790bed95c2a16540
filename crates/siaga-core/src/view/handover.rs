//! *Serah terima*: what one shift tells the next.

use crate::{
    ids::{HandoverId, HandoverLineId, UserId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What may be open when a shift ends; in the order in which the next shift reads it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OpenKind {
    /// An agency was sent and has not said that it knows.
    Unacknowledged,
    /// A call that waits for a person, or that nobody has classed yet.
    Call,
    /// Somebody must be called back.
    Callback,
    Incident,
    /// A message that did not leave the house.
    Message,
    /// A seat whose page or sound is gone.
    Seat,
    /// Telephone side, database or recordings do not work: `title` is `telephone`, `data` or `recording`.
    Equipment,
    /// A block that ends in the coming shift.
    Block,
}

/// One open thing. Holds no whole number of a caller: the note is kept for years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenThing {
    pub kind: OpenKind,
    /// Stays the same as long as the thing does.
    pub id: String,
    /// What it is, in words of the city's data.
    pub title: String,
    /// Where, who, what of it; may be empty.
    pub detail: String,
    pub since: Option<Timestamp>,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// Past its time.
    pub late: bool,
}

/// Who signed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignedBy {
    pub user_id: UserId,
    pub name: String,
    pub at: Timestamp,
}

/// One line, never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HandoverLine {
    pub line_id: HandoverLineId,
    pub at: Timestamp,
    pub by: String,
    pub text: String,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HandoverView {
    pub handover_id: HandoverId,
    pub began_at: Timestamp,
    pub lines: Vec<HandoverLine>,
    /// Absent: it is being written.
    pub given: Option<SignedBy>,
    /// Absent: nobody of the next shift has said that they read it.
    pub taken: Option<SignedBy>,
    /// What was open when it was given.
    pub open: Vec<OpenThing>,
}

/// What a person began to write and has not put into the note yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HandoverDraft {
    /// 0: nothing saved yet.
    pub revision: u32,
    pub text: String,
    pub saved_at: Option<Timestamp>,
}

/// `GET /api/handovers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HandoverPage {
    /// What is open now.
    pub open: Vec<OpenThing>,
    /// The note of this shift; absent: nobody has written a line yet.
    pub writing: Option<HandoverView>,
    /// This person's own unfinished line.
    pub draft: HandoverDraft,
    /// Given and not acknowledged, oldest first.
    pub waiting: Vec<HandoverView>,
    /// Acknowledged, newest first.
    pub history: Vec<HandoverView>,
}

/// Body of `PUT /api/handovers/draft`; answered with the draft as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SaveHandoverDraft {
    /// The revision the person was looking at.
    pub base_revision: u32,
    pub text: String,
}

/// Body of `POST /api/handovers/lines`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewHandoverLine {
    /// Made by the page, so that a line sent twice is one.
    pub line_id: HandoverLineId,
    pub text: String,
}
