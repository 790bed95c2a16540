//! Sanctions: each step is one transaction with its event, and with the notice that must leave the house.
//!
//! `ground.rs` reads what the ladder looks at · `look.rs` is what the job does · `decide.rs` takes people's decisions ·
//! `appeal.rs` the number's · `notice.rs` words what goes out · `read.rs` answers the page · `file.rs` collects evidence.
//! The decisions themselves stand in `siaga_core::sanction`.

mod appeal;
mod decide;
mod error;
mod file;
mod ground;
mod look;
mod notice;
mod read;
#[cfg(test)]
pub(crate) mod tests;

pub use appeal::Appealed;
pub use decide::{Deciding, HandProposal};
pub use error::SanctionError;
pub use ground::Ground;

use crate::{
    StoreError, Tx,
    events::{self, NewEvent},
    idempotency::{self, Claim},
    incidents::Once,
    tx::{execute, fetch_optional},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    ids::{SanctionId, UserId},
    sanction::Sanction,
    time::Timestamp,
};
use uuid::Uuid;

async fn load(tx: &mut Tx, id: SanctionId) -> Result<Sanction, StoreError> {
    let found = fetch_optional!(*tx, (String,), "SELECT body FROM sanction WHERE sanction_id = $1", id.0)?;
    read_body(&found.ok_or(StoreError::NotFound)?.0)
}

fn read_body(body: &str) -> Result<Sanction, StoreError> {
    serde_json::from_str(body).map_err(|_| StoreError::row("sanction", "body"))
}

/// Writes the sanction as it is now, and the event that says so.
async fn save(
    tx: &mut Tx,
    id: SanctionId,
    sanction: &Sanction,
    kind: &'static str,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let case = sanction.case();
    let body = serde_json::to_string(sanction).map_err(|error| StoreError::Bug(error.to_string()))?;
    execute!(
        *tx,
        "INSERT INTO sanction (sanction_id, number, state, proposed_at, changed_at, blocked_until, reason, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (sanction_id) DO UPDATE SET
                state = excluded.state, changed_at = excluded.changed_at, blocked_until = excluded.blocked_until,
                body = excluded.body",
        id.0,
        &case.number,
        sanction.state().word(),
        case.at.0,
        now.0,
        sanction.blocks_until().map(|until| until.0),
        case.proposal.reasons.join(", "),
        &body
    )?;
    let event = NewEvent {
        actor: by,
        body: json!({ "sanction_id": id, "sanction": sanction }),
        ..NewEvent::new(Uuid::now_v7(), now, kind)
    };
    let seq = events::append(tx, event).await?;
    execute!(*tx, "INSERT INTO sanction_event (sanction_id, seq) VALUES ($1, $2)", id.0, seq)?;
    Ok(())
}

/// Whether a command is still to be done; the answer where it is not.
async fn is_done(tx: &mut Tx, once: Option<Once<'_>>, now: Timestamp) -> Result<Option<String>, SanctionError> {
    let Some(once) = once else { return Ok(None) };
    match idempotency::claim(tx, once.scope, once.key, once.command, now).await? {
        Claim::New => Ok(None),
        Claim::Done(answer) => Ok(Some(answer)),
        Claim::OtherCommand => Err(SanctionError::OtherCommand),
    }
}

async fn settle(tx: &mut Tx, once: Option<Once<'_>>, id: SanctionId) -> Result<(), SanctionError> {
    if let Some(once) = once {
        idempotency::settle(tx, once.scope, once.key, &id.to_string()).await?;
    }
    Ok(())
}

fn id_of(answer: &str) -> Result<SanctionId, SanctionError> {
    answer.parse().map_err(|_| StoreError::row("idempotency", "answer").into())
}
