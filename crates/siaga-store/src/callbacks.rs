//! Who must be called back.

use crate::{
    Store, StoreError, Tx,
    calls::{clean, threatened},
    tx::{execute, fetch_all, row},
    words::Word,
};
use siaga_core::{
    call::live::Fact,
    ids::{CallId, CallbackId},
    phone::show_e164,
    time::Timestamp,
    view::{
        callback::{CallbackResult, CallbackRow, CallbackTry},
        desk::CallbackReason,
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of the page: more lost callers than this in some days is a catastrophe that no list shows.
const LIST_MAX: i64 = 500;

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
    /// Of these, made by the machine.
    pub machine_attempts: u32,
}

row! {
    struct OpenRow {
        callback_id: Uuid,
        call_id: Uuid,
        number: String,
        reason: String,
        since: i64,
        attempts: i64,
        machine_attempts: i64,
    }
}

row! {
    struct ListRow {
        callback_id: Uuid,
        call_id: Uuid,
        number: String,
        reason: String,
        since: i64,
        closed_at: Option<i64>,
        crossed_off_by: String,
        closed_by: Option<Uuid>,
    }
}

row! {
    struct TryRow {
        callback_id: Uuid,
        call_id: Uuid,
        at: i64,
        result: String,
        by_name: Option<String>,
        by_user: Option<Uuid>,
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
        Fact::CallbackTried { callback, call, result, by } => {
            execute!(
                *tx,
                "INSERT INTO callback_attempt (callback_id, call_id, at, result, by_user) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (callback_id, call_id) DO NOTHING",
                callback.0,
                call.0,
                at.0,
                result.word(),
                by.map(|by| by.0),
            )?;
            execute!(
                *tx,
                "INSERT INTO callback (callback_id, call_id, attempts, reached, closed_at) VALUES ($1, $2, 1, $3, $4)
                 ON CONFLICT (callback_id) DO UPDATE SET
                        attempts = callback.attempts + 1, reached = callback.reached OR excluded.reached,
                        closed_at = COALESCE(callback.closed_at, excluded.closed_at)",
                callback.0,
                call.0,
                result.closes(),
                result.closes().then_some(at.0),
            )
        }
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
    /// The call-back list: who wrote first, then interrupted calls, then oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn callbacks_open(&self) -> Result<Vec<OpenCallback>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            OpenRow,
            "SELECT callback_id, call_id, number, reason, since, attempts,
                    (SELECT COUNT(*) FROM callback_attempt a
                     WHERE a.callback_id = callback.callback_id AND a.by_user IS NULL) AS machine_attempts
             FROM callback
             WHERE closed_at IS NULL AND since IS NOT NULL
             ORDER BY CASE reason WHEN 'wrote' THEN 0 WHEN 'interrupted' THEN 1 ELSE 2 END, since, callback_id"
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
                    machine_attempts: u32::try_from(row.machine_attempts).unwrap_or_default(),
                })
            })
            .collect()
    }

    /// Open entries (interrupted first, last whom a ring may betray), and those closed or lost since `from`, newest first;
    /// with their tries. `next_attempt_at` is the live desk's to say.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn callbacks_since(&self, from: Timestamp) -> Result<Vec<CallbackRow>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            ListRow,
            "SELECT c.callback_id, c.call_id, c.number, c.reason, c.since, c.closed_at,
                    COALESCE(a.display_name, '') AS crossed_off_by, c.closed_by
             FROM callback c LEFT JOIN account a ON a.user_id = c.closed_by
             WHERE c.since IS NOT NULL AND (c.closed_at IS NULL OR c.since >= $1)
             ORDER BY CASE WHEN c.closed_at IS NULL THEN 0 ELSE 1 END,
                      CASE WHEN c.closed_at IS NOT NULL THEN 2 WHEN c.reason = 'wrote' THEN 0
                           WHEN c.reason = 'interrupted' THEN 1 ELSE 2 END,
                      c.since DESC, c.callback_id LIMIT $2",
            from.0,
            LIST_MAX
        )?;
        let threatened = threatened(&mut tx, from).await?;
        let tries = fetch_all!(
            tx,
            TryRow,
            "SELECT t.callback_id, t.call_id, t.at, t.result, a.display_name AS by_name, t.by_user
             FROM callback_attempt t JOIN callback c ON c.callback_id = t.callback_id
             LEFT JOIN account a ON a.user_id = t.by_user
             WHERE c.since IS NOT NULL AND (c.closed_at IS NULL OR c.since >= $1) ORDER BY t.at, t.call_id",
            from.0
        )?;
        let mut attempts: BTreeMap<Uuid, Vec<CallbackTry>> = BTreeMap::new();
        for row in tries {
            let one = CallbackTry {
                call_id: CallId(row.call_id),
                at: Timestamp(row.at),
                result: CallbackResult::read(&row.result)?,
                by: row.by_user.map(|_| row.by_name.unwrap_or_default()),
            };
            attempts.entry(row.callback_id).or_default().push(one);
        }
        let mut rows = rows
            .into_iter()
            .map(|row| {
                Ok(CallbackRow {
                    callback_id: CallbackId(row.callback_id),
                    call_id: CallId(row.call_id),
                    number: show_e164(&row.number),
                    reason: CallbackReason::read(&row.reason)?,
                    duress: threatened.contains_key(&row.number),
                    since: Timestamp(row.since),
                    attempts: attempts.remove(&row.callback_id).unwrap_or_default(),
                    next_attempt_at: None,
                    closed_at: row.closed_at.map(Timestamp),
                    crossed_off_by: row.closed_by.map(|_| row.crossed_off_by),
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        rows.sort_by_key(|row| (row.closed_at.is_some(), row.closed_at.is_none() && row.duress));
        Ok(rows)
    }
}
