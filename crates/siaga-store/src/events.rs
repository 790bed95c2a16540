//! Everything on the record: append-only events in one order, each with a hash over itself and the one before it.
//!
//! An event is written in the transaction of what it tells, so neither exists without the other. The hash covers the
//! hash of the body, not the body: retention may take a body away and the chain still holds.

use crate::{
    Store, StoreError, Tx,
    tx::{execute, fetch_all, fetch_one, row},
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use siaga_core::{
    ids::{CallId, IncidentId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

/// Events read at once while the chain is walked: about 1 MB.
const WALK_PAGE: i64 = 1_000;

/// An event to be written. `kind` is a name of the NENA i3 logging service where one fits, otherwise in its manner.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// UUIDv7 made at the edge; the same id twice is a conflict.
    pub id: Uuid,
    pub at: Timestamp,
    pub kind: &'static str,
    /// The person who did it; none: the program or the caller.
    pub actor: Option<UserId>,
    pub call: Option<CallId>,
    pub incident: Option<IncidentId>,
    pub body: Value,
}

impl NewEvent {
    /// An event that concerns nobody yet: fill what fits with `..`.
    #[must_use]
    pub fn new(id: Uuid, at: Timestamp, kind: &'static str) -> Self {
        Self { id, at, kind, actor: None, call: None, incident: None, body: Value::Null }
    }
}

row! {
    /// An event as it stands.
    #[derive(Clone, PartialEq, Debug)]
    pub struct Event {
        pub seq: i64,
        pub id: Uuid,
        pub at: i64,
        pub kind: String,
        pub actor: Option<Uuid>,
        pub call_id: Option<Uuid>,
        pub incident_id: Option<Uuid>,
        pub body: Option<String>,
        pub body_hash: Vec<u8>,
        pub hash: Vec<u8>,
    }
}

/// What a walk over the chain found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainReport {
    /// Events whose hash holds, from the first on.
    pub events: i64,
    /// The hash of the last one, hexadecimal: write it down elsewhere and nobody can rewrite the past unseen.
    pub head: String,
    pub broken: Option<BrokenLink>,
}

/// The first place where the chain does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenLink {
    pub seq: i64,
    pub why: &'static str,
}

/// Writes an event at the end of the chain; gives its sequence.
///
/// # Errors
/// [`StoreError::Conflict`] when an event with this id exists.
pub async fn append(tx: &mut Tx, new: NewEvent) -> Result<i64, StoreError> {
    let (seq, previous) =
        fetch_one!(*tx, (i64, Option<Vec<u8>>), "UPDATE chain SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash")?;
    let body = new.body.to_string();
    let mut event = Event {
        seq,
        id: new.id,
        at: new.at.0,
        kind: new.kind.to_owned(),
        actor: new.actor.map(|id| id.0),
        call_id: new.call.map(|id| id.0),
        incident_id: new.incident.map(|id| id.0),
        body_hash: Sha256::digest(body.as_bytes()).to_vec(),
        body: Some(body),
        hash: Vec::new(),
    };
    event.hash = link_hash(previous.as_deref().unwrap_or_default(), &event);
    execute!(
        *tx,
        "INSERT INTO event (seq, id, at, kind, actor, call_id, incident_id, body, body_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        event.seq,
        event.id,
        event.at,
        &event.kind,
        event.actor,
        event.call_id,
        event.incident_id,
        &event.body,
        &event.body_hash,
        &event.hash,
    )?;
    execute!(*tx, "UPDATE chain SET hash = $1 WHERE id = 1", &event.hash)?;
    Ok(seq)
}

/// SHA-256 over the hash before and all columns in a form that cannot be read two ways: fixed widths, text with its
/// length in front, 16 zero bytes for an absent id.
pub(crate) fn link_hash(previous: &[u8], event: &Event) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update((previous.len() as u64).to_be_bytes());
    hasher.update(previous);
    hasher.update(event.seq.to_be_bytes());
    hasher.update(event.id.as_bytes());
    hasher.update(event.at.to_be_bytes());
    hasher.update((event.kind.len() as u64).to_be_bytes());
    hasher.update(event.kind.as_bytes());
    for id in [event.actor, event.call_id, event.incident_id] {
        hasher.update(id.unwrap_or(Uuid::nil()).as_bytes());
    }
    hasher.update(&event.body_hash);
    hasher.finalize().to_vec()
}

/// Why an event is not the one that was written, if it is not.
fn fault(previous: &[u8], event: &Event, seq_expected: i64) -> Option<&'static str> {
    if event.seq != seq_expected {
        return Some("events before it are missing");
    }
    if event.body.as_ref().is_some_and(|body| Sha256::digest(body.as_bytes()).as_slice() != event.body_hash) {
        return Some("its content was changed");
    }
    (link_hash(previous, event) != event.hash).then_some("its hash does not follow from the event before it")
}

impl Store {
    /// Events after a sequence, in order.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn events_after(&self, seq: i64, limit: i64) -> Result<Vec<Event>, StoreError> {
        let mut tx = self.read().await?;
        page(&mut tx, seq, limit).await
    }

    /// Recomputes the whole chain from the first event, in one snapshot.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; a broken link is no error but an answer.
    pub async fn chain_verify(&self) -> Result<ChainReport, StoreError> {
        walk(&mut self.read().await?, |_| {}).await
    }

    /// The end of the chain, hexadecimal; empty while there is no event. Kept elsewhere, it proves later that nothing
    /// before it was rewritten.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn chain_head(&self) -> Result<String, StoreError> {
        let mut tx = self.read().await?;
        let (hash,) = fetch_one!(tx, (Option<Vec<u8>>,), "SELECT hash FROM chain WHERE id = 1")?;
        Ok(hex::encode(hash.unwrap_or_default()))
    }
}

/// Recomputes the chain from the first event and shows each that holds.
pub(crate) async fn walk(tx: &mut Tx, mut each: impl FnMut(&Event)) -> Result<ChainReport, StoreError> {
    let mut report = ChainReport { events: 0, head: String::new(), broken: None };
    let mut previous = Vec::new();
    loop {
        let events = page(tx, report.events, WALK_PAGE).await?;
        let Some(last) = events.last().map(|event| event.hash.clone()) else { break };
        for event in &events {
            if let Some(why) = fault(&previous, event, report.events + 1) {
                report.broken = Some(BrokenLink { seq: event.seq, why });
                return Ok(report);
            }
            each(event);
            report.events += 1;
            previous.clone_from(&event.hash);
        }
        report.head = hex::encode(last);
    }
    let (seq, hash) = fetch_one!(*tx, (i64, Option<Vec<u8>>), "SELECT seq, hash FROM chain WHERE id = 1")?;
    if seq != report.events || hash.unwrap_or_default() != previous {
        report.broken = Some(BrokenLink { seq: report.events + 1, why: "the last events are missing" });
    }
    Ok(report)
}

async fn page(tx: &mut Tx, after: i64, limit: i64) -> Result<Vec<Event>, StoreError> {
    fetch_all!(
        *tx,
        Event,
        "SELECT seq, id, at, kind, actor, call_id, incident_id, body, body_hash, hash
         FROM event WHERE seq > $1 ORDER BY seq LIMIT $2",
        after,
        limit
    )
}

#[cfg(test)]
mod tests;
