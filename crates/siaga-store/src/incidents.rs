//! Sheets, incidents, assignments: each change is one transaction with its event, and with what must leave the house.
//!
//! `drafts.rs` keeps sheets · `answers.rs` what cards asked · `send.rs` makes incidents of them · `change.rs` attaches, assigns,
//! notes, closes · `merge.rs` joins and links incidents · `split.rs` lets a call leave · `mark.rs` reopens, marks a major one ·
//! `steps.rs` moves assignments and tells who is silent · `read.rs` answers the screens · `similar.rs` finds what is likely
//! the same · `message.rs` words what goes
//! out · `link.rs` signs the responder's link. The decisions themselves stand in `siaga-core`.

mod answers;
mod change;
mod drafts;
mod error;
mod link;
mod mark;
mod merge;
mod message;
mod notes;
mod read;
mod send;
mod similar;
mod split;
mod steps;
#[cfg(test)]
mod tests;
mod threat;

pub use error::IncidentError;
pub use link::{TASK_LINK_AFTER_CLOSING_MS, TaskKey};
pub use notes::NotedOn;
pub use read::{IncidentFilter, Showing};
pub use send::NewIncident;
pub use split::NewSplit;
pub use steps::{Silent, StepBy};
pub(crate) use threat::Threat;

use crate::{
    StoreError, Tx,
    idempotency::{self, Claim},
};
use siaga_core::{ids::UserId, time::Timestamp};

/// The person who does it, as the record names them.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    pub user: UserId,
    pub name: &'a str,
}

/// A command that may arrive twice and is done once.
#[derive(Clone, Copy, Debug)]
pub struct Once<'a> {
    /// Person (or link) and route.
    pub scope: &'a str,
    /// The client's `Idempotency-Key`.
    pub key: &'a str,
    /// The body, to tell another command with the same key.
    pub command: &'a [u8],
}

/// Whether a command is still to be done.
async fn is_done(tx: &mut Tx, once: Option<Once<'_>>, now: Timestamp) -> Result<Option<String>, IncidentError> {
    let Some(once) = once else { return Ok(None) };
    match idempotency::claim(tx, once.scope, once.key, once.command, now).await? {
        Claim::New => Ok(None),
        Claim::Done(answer) => Ok(Some(answer)),
        Claim::OtherCommand => Err(IncidentError::OtherCommand),
    }
}

async fn settle(tx: &mut Tx, once: Option<Once<'_>>, answer: &str) -> Result<(), IncidentError> {
    if let Some(once) = once {
        idempotency::settle(tx, once.scope, once.key, answer).await?;
    }
    Ok(())
}

/// A column of JSON.
fn json_text(what: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(what).map_err(|error| StoreError::Bug(error.to_string()))
}
