//! What this database knows of the key of its recordings: a fingerprint, from which nothing can be opened.

use crate::{
    Store, StoreError,
    tx::{execute, fetch_optional},
};

/// Its row in `secret`.
const NAME: &str = "recording_key_fingerprint";

impl Store {
    /// Keeps the fingerprint of the key that recordings are made with from now on.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn recording_key_note(&self, fingerprint: &[u8; 32]) -> Result<(), StoreError> {
        if self.recording_key_known().await?.as_ref() == Some(fingerprint) {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        let sql =
            "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        execute!(tx, sql, NAME, fingerprint.to_vec())?;
        tx.commit().await
    }

    /// The fingerprint that was kept last; reads only.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn recording_key_known(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(tx, (Vec<u8>,), "SELECT value FROM secret WHERE name = $1", NAME)?;
        row.map(|(value,)| value.try_into().map_err(|_| StoreError::row("secret", "value"))).transpose()
    }
}
