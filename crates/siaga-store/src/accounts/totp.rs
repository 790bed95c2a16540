//! The second factor of an account: offered, confirmed by a code, each code used once.

use super::event;
use crate::{Store, StoreError, Tx, events, tx::execute};
use serde_json::json;
use siaga_core::{ids::UserId, time::Timestamp};

/// Uses up a code's step; `false`: it was used before.
pub(super) async fn use_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool, StoreError> {
    let done = execute!(*tx, "UPDATE account SET totp_step = $2 WHERE user_id = $1 AND totp_step < $2", user.0, step)?;
    Ok(done == 1)
}

impl Store {
    /// Keeps a secret until it is confirmed; the one in force stays in force.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn totp_offer(&self, user: UserId, secret: &[u8]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let done = execute!(tx, "UPDATE account SET totp_pending = $2 WHERE user_id = $1", user.0, secret)?;
        if done == 0 {
            return Err(StoreError::NotFound);
        }
        tx.commit().await
    }

    /// The offered secret comes into force; `secret` is the one the code was checked against.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another one was offered in between.
    pub async fn totp_confirm(&self, user: UserId, secret: &[u8], step: i64, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let done = execute!(
            tx,
            "UPDATE account SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $3
             WHERE user_id = $1 AND totp_pending = $2",
            user.0,
            secret,
            step,
        )?;
        if done == 0 {
            return Err(StoreError::Conflict("another secret was offered".into()));
        }
        events::append(&mut tx, event("TotpConfirmed", Some(user), at, json!({ "account": user }))).await?;
        tx.commit().await
    }
}
