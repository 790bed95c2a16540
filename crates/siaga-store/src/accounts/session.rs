//! Sessions: who is signed in, until when. The role is read with each request, so a change holds at once.

use super::{event, totp};
use crate::{
    Store, StoreError, events,
    tx::{execute, fetch_one, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{ids::UserId, role::Role, time::Timestamp};
use uuid::Uuid;

/// A session unused for this long is over: a console sends a heartbeat every 5 s, so nobody is there.
pub const SESSION_IDLE_MS: i64 = 60 * 60_000;
/// A session ends this long after sign-in whatever happens: a double shift.
pub const SESSION_ABSOLUTE_MS: i64 = 16 * 3_600_000;
/// How exact "last used" is: one write a minute and session, not one a request.
const SEEN_EVERY_MS: i64 = 60_000;

row! {
    struct Row {
        user_id: Uuid,
        name: String,
        display_name: String,
        role: String,
        totp: bool,
        seen_at: i64,
    }
}

/// The person behind a session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub user_id: UserId,
    pub name: String,
    pub display_name: String,
    pub role: Role,
    /// Has a second factor.
    pub totp: bool,
}

impl Store {
    /// Signs in: a session, the second factor's step used up, the event; `false`: that code was used before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the account was disabled in between.
    pub async fn session_create(
        &self,
        token_hash: &[u8; 32],
        user: UserId,
        totp_step: Option<i64>,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        fetch_one!(tx, (i64,), "SELECT created_at FROM account WHERE user_id = $1 AND disabled = $2", user.0, false)?;
        if let Some(step) = totp_step
            && !totp::use_step(&mut tx, user, step).await?
        {
            return Ok(false);
        }
        execute!(
            tx,
            "DELETE FROM session WHERE created_at < $1 OR seen_at < $2",
            at.plus_ms(-SESSION_ABSOLUTE_MS).0,
            at.plus_ms(-SESSION_IDLE_MS).0,
        )?;
        execute!(
            tx,
            "INSERT INTO session (token_hash, user_id, created_at, seen_at) VALUES ($1, $2, $3, $3)",
            token_hash.as_slice(),
            user.0,
            at.0,
        )?;
        let body = json!({ "account": user, "totp": totp_step.is_some() });
        events::append(&mut tx, event("SignedIn", Some(user), at, body)).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Who holds this token now; `None` when nobody does any more.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn session_person(&self, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<SignedIn>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            Row,
            "SELECT account.user_id, name, display_name, role, totp_secret IS NOT NULL AS totp, seen_at
             FROM session JOIN account ON account.user_id = session.user_id
             WHERE token_hash = $1 AND session.created_at >= $2 AND seen_at >= $3 AND disabled = $4",
            token_hash.as_slice(),
            now.plus_ms(-SESSION_ABSOLUTE_MS).0,
            now.plus_ms(-SESSION_IDLE_MS).0,
            false,
        )?;
        drop(tx);
        let Some(row) = row else { return Ok(None) };
        if now.ms_since(Timestamp(row.seen_at)) >= SEEN_EVERY_MS {
            let mut tx = self.begin().await?;
            execute!(tx, "UPDATE session SET seen_at = $2 WHERE token_hash = $1", token_hash.as_slice(), now.0)?;
            tx.commit().await?;
        }
        Ok(Some(SignedIn {
            user_id: UserId(row.user_id),
            role: Role::from_key(&row.role).ok_or_else(|| StoreError::row("account", "role"))?,
            name: row.name,
            display_name: row.display_name,
            totp: row.totp,
        }))
    }

    /// Somebody is signed in as this person and may sit beside a call. Asking is no use of the session.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn lead_is_signed_in(&self, user: UserId, now: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        let found = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT account.user_id FROM session JOIN account ON account.user_id = session.user_id
             WHERE account.user_id = $1 AND session.created_at >= $2 AND seen_at >= $3 AND disabled = $4 AND role = $5
             LIMIT 1",
            user.0,
            now.plus_ms(-SESSION_ABSOLUTE_MS).0,
            now.plus_ms(-SESSION_IDLE_MS).0,
            false,
            Role::ShiftLead.key(),
        )?;
        Ok(found.is_some())
    }

    /// Signs out. Doing it twice is no error.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn session_end(&self, token_hash: &[u8; 32], user: UserId, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if execute!(tx, "DELETE FROM session WHERE token_hash = $1", token_hash.as_slice())? == 1 {
            events::append(&mut tx, event("SignedOut", Some(user), at, json!({ "account": user }))).await?;
        }
        tx.commit().await
    }

    /// A sign-in that failed. The typed name is kept out: people type passwords there.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn sign_in_failed(&self, user: Option<UserId>, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        events::append(&mut tx, event("SignInFailed", None, at, json!({ "account": user }))).await?;
        tx.commit().await
    }
}
