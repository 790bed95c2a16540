//! Accounts: who may sign in, with which role. Secrets come in hashed (passwords) and never go into an event.

mod change;
mod session;
#[cfg(test)]
mod tests;
mod totp;

pub use change::{Change, Changed};
pub use session::{SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, SignedIn};

use crate::{
    Store, StoreError, Tx, city_versions,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
};
use serde_json::{Value, json};
use siaga_core::{ids::UserId, role::Role, time::Timestamp};
use uuid::Uuid;

row! {
    struct Row {
        user_id: Uuid,
        name: String,
        display_name: String,
        role: String,
        password_hash: String,
        totp_secret: Option<Vec<u8>>,
        totp_pending: Option<Vec<u8>>,
        totp_step: i64,
        disabled: bool,
    }
}

/// An account as it stands. No `Debug`: it holds the password's hash and the second factor's secret.
#[derive(Clone)]
pub struct Account {
    pub user_id: UserId,
    pub name: String,
    pub display_name: String,
    pub role: Role,
    pub password_hash: String,
    pub totp_secret: Option<Vec<u8>>,
    pub totp_pending: Option<Vec<u8>>,
    pub totp_step: i64,
    pub disabled: bool,
}

impl TryFrom<Row> for Account {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            user_id: UserId(row.user_id),
            role: Role::from_key(&row.role).ok_or_else(|| StoreError::row("account", "role"))?,
            name: row.name,
            display_name: row.display_name,
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_pending: row.totp_pending,
            totp_step: row.totp_step,
            disabled: row.disabled,
        })
    }
}

/// An account to be made.
#[derive(Clone)]
pub struct NewAccount {
    pub user_id: UserId,
    /// As typed; kept in lower case.
    pub name: String,
    pub display_name: String,
    pub role: Role,
    pub password_hash: String,
}

/// An event about an account. `by`: the person who did it; none: the command line or nobody signed in.
fn event(kind: &'static str, by: Option<UserId>, at: Timestamp, body: Value) -> NewEvent {
    NewEvent { actor: by, body, ..NewEvent::new(Uuid::now_v7(), at, kind) }
}

async fn insert(tx: &mut Tx, new: &NewAccount, by: Option<UserId>, at: Timestamp) -> Result<(), StoreError> {
    execute!(
        *tx,
        "INSERT INTO account (user_id, name, display_name, role, password_hash, totp_step, disabled, created_at)
         VALUES ($1, $2, $3, $4, $5, 0, $6, $7)",
        new.user_id.0,
        new.name.trim().to_lowercase(),
        new.display_name.trim(),
        new.role.key(),
        &new.password_hash,
        false,
        at.0,
    )?;
    let body = json!({ "account": new.user_id, "role": new.role });
    events::append(tx, event("AccountCreated", by, at, body)).await?;
    Ok(())
}

async fn by_id(tx: &mut Tx, user: UserId) -> Result<Account, StoreError> {
    let row = fetch_one!(
        *tx,
        Row,
        "SELECT user_id, name, display_name, role, password_hash, totp_secret, totp_pending, totp_step, disabled
         FROM account WHERE user_id = $1",
        user.0
    )?;
    row.try_into()
}

impl Store {
    /// # Errors
    /// [`StoreError::Conflict`] when the name is taken.
    pub async fn account_create(&self, new: &NewAccount, by: Option<UserId>, at: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        insert(&mut tx, new, by, at).await?;
        tx.commit().await
    }

    /// Makes the first account of all, once, and puts the city's document in force with it: both or neither.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when any account exists.
    pub async fn account_create_first(
        &self,
        new: &NewAccount,
        city: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if fetch_optional!(tx, (i64,), "SELECT created_at FROM account LIMIT 1")?.is_some() {
            return Err(StoreError::Conflict("an account exists already".into()));
        }
        insert(&mut tx, new, None, at).await?;
        if let Some(document) = city {
            let seen = fetch_one!(tx, (i64,), "SELECT COALESCE(MAX(version), 0) FROM city_version")?.0;
            city_versions::put(&mut tx, document, seen, None, at).await?;
        }
        tx.commit().await
    }

    /// Whether nobody can sign in yet.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn accounts_empty(&self) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        Ok(fetch_optional!(tx, (i64,), "SELECT created_at FROM account LIMIT 1")?.is_none())
    }

    /// All accounts by name.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            Row,
            "SELECT user_id, name, display_name, role, password_hash, totp_secret, totp_pending, totp_step, disabled
             FROM account ORDER BY name"
        )?;
        rows.into_iter().map(Account::try_from).collect()
    }

    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn account(&self, user: UserId) -> Result<Account, StoreError> {
        by_id(&mut self.read().await?, user).await
    }

    /// By sign-in name, upper or lower case.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(
            tx,
            Row,
            "SELECT user_id, name, display_name, role, password_hash, totp_secret, totp_pending, totp_step, disabled
             FROM account WHERE name = $1",
            name.trim().to_lowercase()
        )?;
        row.map(Account::try_from).transpose()
    }
}
