//! Typed identifiers: one type per thing, so that a call can never be passed where an incident is meant.
//!
//! Ids are UUID version 7 (RFC 9562), made at the edge (the engine), never here: this crate throws no dice.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

id! {
    /// A person with an account.
    UserId,
    /// One call, from the first byte of its INVITE to its row in the figures.
    CallId,
    /// One thing that happened in the city; takes many calls.
    IncidentId,
    /// One agency asked to act on one incident.
    AssignmentId,
    /// One message that must leave the house.
    OutboxId,
    /// One caller who must be called back.
    CallbackId,
    /// One WebRTC connection of a console.
    StationId,
    /// One imported file of old records.
    ImportId,
    /// One thing decided about a number.
    SanctionId,
    /// One photo or other file a responder or a caller attached.
    AttachmentId,
    /// One nuisance call that a second person codes.
    CodingId,
    /// One answered call that gets a score form.
    ReviewId,
    /// One location link that went out to a caller.
    LinkId,
    /// One line of the chat with a caller; made by the telephone that wrote it, so that a line sent twice is one.
    LineId,
    /// One drill that a shift lead ordered.
    DrillId,
    /// Two people who swap one shift.
    SwapId,
    /// One campaign of public education.
    CampaignId,
    /// One note at a change of shift.
    HandoverId,
    /// One line of it; made by the page that wrote it, so that a line sent twice is one.
    HandoverLineId,
}

/// A seat (*meja*) by its number on the desk, from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct SeatId(pub u16);

impl fmt::Display for SeatId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
