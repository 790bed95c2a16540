//! Which files hold the voice of a call, and who may hear them.

use crate::{
    Store, StoreError, Tx,
    calls::clean,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    call::live::Fact,
    ids::{CallId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

row! {
    /// A complete recording.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Recording {
        pub call_id: Uuid,
        /// Name inside the folder of recordings.
        pub file: String,
        pub duration_ms: i64,
        pub segments: i64,
        pub hash: Vec<u8>,
    }
}

/// A recording as the event of its end tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OnRecord {
    pub seq: i64,
    pub call: CallId,
    pub file: String,
    pub segments: u32,
    pub hash: [u8; 32],
}

/// A person asks to hear a call.
#[derive(Clone, Debug)]
pub struct NewPlayback<'a> {
    /// SHA-256 of the token in the link.
    pub token_hash: [u8; 32],
    pub call: CallId,
    pub by: UserId,
    pub reason: &'a str,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) async fn apply(tx: &mut Tx, at: Timestamp, fact: &Fact) -> Result<(), StoreError> {
    let Fact::Recorded { call, file, duration_ms, segments, hash } = fact else { return Ok(()) };
    execute!(
        *tx,
        "INSERT INTO recording (call_id, file, at, duration_ms, segments, hash) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (call_id, file) DO UPDATE SET
                duration_ms = excluded.duration_ms, segments = excluded.segments, hash = excluded.hash",
        call.0,
        clean(file),
        at.0,
        i64::from(*duration_ms),
        i64::from(*segments),
        hash.to_vec(),
    )?;
    Ok(())
}

impl Store {
    /// The recordings of a call, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn recordings_of(&self, call: CallId) -> Result<Vec<Recording>, StoreError> {
        let mut tx = self.read().await?;
        fetch_all!(
            tx,
            Recording,
            "SELECT call_id, file, duration_ms, segments, hash FROM recording WHERE call_id = $1 ORDER BY at, file",
            call.0
        )
    }

    /// The recordings the event chain vouches for, a page after a sequence. What retention took away is left out.
    ///
    /// # Errors
    /// [`StoreError::Gone`]; [`StoreError::Bug`] for an event that cannot be read.
    pub async fn recordings_on_record(&self, after: i64, limit: i64) -> Result<Vec<OnRecord>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (i64, String),
            "SELECT seq, body FROM event
             WHERE kind = 'RecCallEnd' AND seq > $1 AND body IS NOT NULL ORDER BY seq LIMIT $2",
            after,
            limit
        )?;
        let read = |(seq, body): (i64, String)| match serde_json::from_str(&body) {
            Ok(Fact::Recorded { call, file, segments, hash, .. }) => Ok(OnRecord { seq, call, file, segments, hash }),
            _ => Err(StoreError::Bug(format!("event {seq} is no recording"))),
        };
        rows.into_iter().map(read).collect()
    }

    /// Whether a file is known to hold a call.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn recording_is_known(&self, file: &str) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        Ok(fetch_optional!(tx, (i64,), "SELECT at FROM recording WHERE file = $1 LIMIT 1", file)?.is_some())
    }

    /// Puts on the record who hears which call and why; from then on the link works. `id` is the event's.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the call has no recording.
    pub async fn playback_create(&self, id: Uuid, new: &NewPlayback<'_>) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if fetch_optional!(tx, (i64,), "SELECT at FROM recording WHERE call_id = $1 LIMIT 1", new.call.0)?.is_none() {
            return Err(StoreError::NotFound);
        }
        let reason = clean(new.reason);
        execute!(
            tx,
            "INSERT INTO playback (token_hash, call_id, user_id, reason, at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
            new.token_hash.to_vec(),
            new.call.0,
            new.by.0,
            &reason,
            new.at.0,
            new.expires_at.0,
        )?;
        let body = json!({ "reason": reason, "expires_at": new.expires_at });
        let event = NewEvent::new(id, new.at, "RecordingPlayback");
        events::append(&mut tx, NewEvent { actor: Some(new.by), call: Some(new.call), body, ..event }).await?;
        tx.commit().await
    }

    /// The call a link opens, for the person it was made for and while it lives.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or expired link, or another person's.
    pub async fn playback_open(&self, token_hash: [u8; 32], by: UserId, now: Timestamp) -> Result<CallId, StoreError> {
        let mut tx = self.read().await?;
        let found = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT call_id FROM playback WHERE token_hash = $1 AND user_id = $2 AND expires_at > $3",
            token_hash.to_vec(),
            by.0,
            now.0
        )?;
        found.map(|(call,)| CallId(call)).ok_or(StoreError::NotFound)
    }
}
