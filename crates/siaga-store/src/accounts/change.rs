//! Changing an account. Its sessions end with its rights, and the city never loses its last administrator.

use super::{Account, by_id, event};
use crate::{
    Store, StoreError, events,
    tx::{execute, fetch_optional},
};
use serde_json::json;
use siaga_core::{ids::UserId, role::Role, time::Timestamp};
use uuid::Uuid;

/// What is to be changed; what is absent stays.
#[derive(Clone, Default)]
pub struct Change {
    pub display_name: Option<String>,
    pub role: Option<Role>,
    pub password_hash: Option<String>,
    pub disabled: Option<bool>,
    /// Take the second factor away.
    pub remove_totp: bool,
    /// The session that asks: stays signed in when the person changes the own password.
    pub keep_session: Option<[u8; 32]>,
}

/// What came of it.
pub enum Changed {
    Done(Box<Account>),
    /// Nobody could make accounts any more: refused.
    LastAdministrator,
}

impl Store {
    /// Applies a change. A new password, role or a disabled account ends all its sessions at once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn account_change(
        &self,
        user: UserId,
        change: &Change,
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<Changed, StoreError> {
        let mut tx = self.begin().await?;
        let old = by_id(&mut tx, user).await?;
        let role = change.role.unwrap_or(old.role);
        let disabled = change.disabled.unwrap_or(old.disabled);
        let was_in_charge = old.role == Role::Administrator && !old.disabled;
        let stays_in_charge = role == Role::Administrator && !disabled;
        if was_in_charge && !stays_in_charge {
            let other = fetch_optional!(
                tx,
                (Uuid,),
                "SELECT user_id FROM account WHERE role = $1 AND disabled = $2 AND user_id <> $3 LIMIT 1",
                Role::Administrator.key(),
                false,
                user.0
            )?;
            if other.is_none() {
                return Ok(Changed::LastAdministrator);
            }
        }
        let display_name = change.display_name.as_deref().map_or(old.display_name.as_str(), str::trim);
        let password_hash = change.password_hash.as_deref().unwrap_or(&old.password_hash);
        execute!(
            tx,
            "UPDATE account SET display_name = $2, role = $3, password_hash = $4, disabled = $5 WHERE user_id = $1",
            user.0,
            display_name,
            role.key(),
            password_hash,
            disabled,
        )?;
        if change.remove_totp {
            execute!(tx, "UPDATE account SET totp_secret = NULL, totp_pending = NULL WHERE user_id = $1", user.0)?;
        }
        if change.password_hash.is_some() || role != old.role || disabled {
            let keep = change.keep_session.map(Vec::from).unwrap_or_default();
            execute!(tx, "DELETE FROM session WHERE user_id = $1 AND token_hash <> $2", user.0, keep)?;
        }
        let body = json!({
            "account": user,
            "role": change.role,
            "disabled": change.disabled,
            "display_name": change.display_name.is_some(),
            "password": change.password_hash.is_some(),
            "remove_totp": change.remove_totp,
        });
        events::append(&mut tx, event("AccountChanged", by, at, body)).await?;
        let account = by_id(&mut tx, user).await?;
        tx.commit().await?;
        Ok(Changed::Done(Box::new(account)))
    }
}
