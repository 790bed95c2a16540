//! Who must be called back.

use crate::{
    Store, StoreError, Tx,
    calls::clean,
    tx::{execute, fetch_all, row},
    words::Word,
};
use siaga_core::{
    call::live::Fact,
    ids::{CallId, CallbackId},
    time::Timestamp,
    view::desk::CallbackReason,
};
use uuid::Uuid;

/// An open entry of the call-back list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenCallback {
    pub callback: CallbackId,
    /// The call that was lost.
    pub call: CallId,
    pub number: String,
    pub reason: CallbackReason,
    pub since: Timestamp,
    pub attempts: u32,
}

row! {
    struct CallbackRow {
        callback_id: Uuid,
        call_id: Uuid,
        number: String,
        reason: String,
        since: i64,
        attempts: i64,
    }
}

/// Facts of one entry may come in any order.
pub(crate) async fn apply(tx: &mut Tx, at: Timestamp, fact: &Fact) -> Result<(), StoreError> {
    match fact {
        Fact::CallbackDue { callback, call, number, reason } => execute!(
            *tx,
            "INSERT INTO callback (callback_id, call_id, number, reason, since, attempts, reached)
             VALUES ($1, $2, $3, $4, $5, 0, FALSE)
             ON CONFLICT (callback_id) DO UPDATE SET
                    call_id = excluded.call_id, number = excluded.number, reason = excluded.reason,
                    since = excluded.since",
            callback.0,
            call.0,
            clean(number),
            reason.word(),
            at.0,
        ),
        Fact::CallbackTried { callback, call, reached } => execute!(
            *tx,
            "INSERT INTO callback (callback_id, call_id, attempts, reached, closed_at) VALUES ($1, $2, 1, $3, $4)
             ON CONFLICT (callback_id) DO UPDATE SET
                    attempts = callback.attempts + 1, reached = callback.reached OR excluded.reached,
                    closed_at = COALESCE(callback.closed_at, excluded.closed_at)",
            callback.0,
            call.0,
            *reached,
            reached.then_some(at.0),
        ),
        Fact::CallbackDropped { callback, by } => execute!(
            *tx,
            "INSERT INTO callback (callback_id, call_id, attempts, reached, closed_at, closed_by)
             VALUES ($1, $2, 0, FALSE, $3, $4)
             ON CONFLICT (callback_id) DO UPDATE SET
                    closed_at = COALESCE(callback.closed_at, excluded.closed_at), closed_by = excluded.closed_by",
            callback.0,
            // Its call is told by the fact that opens the entry.
            Uuid::nil(),
            at.0,
            by.0,
        ),
        _ => return Ok(()),
    }
    .map(|_| ())
}

impl Store {
    /// The call-back list: interrupted calls first, then oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn callbacks_open(&self) -> Result<Vec<OpenCallback>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            CallbackRow,
            "SELECT callback_id, call_id, number, reason, since, attempts FROM callback
             WHERE closed_at IS NULL AND since IS NOT NULL
             ORDER BY CASE WHEN reason = 'interrupted' THEN 0 ELSE 1 END, since, callback_id"
        )?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenCallback {
                    callback: CallbackId(row.callback_id),
                    call: CallId(row.call_id),
                    number: row.number,
                    reason: CallbackReason::read(&row.reason)?,
                    since: Timestamp(row.since),
                    attempts: u32::try_from(row.attempts).unwrap_or_default(),
                })
            })
            .collect()
    }
}
