//! The city's key that signs evidence and reports. Its private half never leaves the database.

use crate::{
    Store, StoreError,
    tx::{execute, fetch_one, fetch_optional},
};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

const SECRET_NAME: &str = "evidence_key";

/// Signs evidence files and reports.
pub struct EvidenceKey(Ed25519KeyPair);

impl std::fmt::Debug for EvidenceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EvidenceKey(..)")
    }
}

impl EvidenceKey {
    /// # Errors
    /// [`StoreError::Bug`] where the seed has not 32 bytes.
    pub fn from_seed(seed: &[u8]) -> Result<Self, StoreError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed);
        pair.map(Self).map_err(|_| StoreError::row("secret", "value"))
    }

    /// The public half, hexadecimal: what a city publishes.
    #[must_use]
    pub fn public_hex(&self) -> String {
        hex::encode(self.0.public_key().as_ref())
    }

    pub(crate) fn sign(&self, manifest: &[u8]) -> String {
        hex::encode(self.0.sign(manifest).as_ref())
    }
}

impl Store {
    /// The key of this house. `fresh` (32 random bytes of the caller) becomes it the first time only.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn evidence_key(&self, fresh: [u8; 32]) -> Result<EvidenceKey, StoreError> {
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            SECRET_NAME,
            fresh.to_vec()
        )?;
        let (seed,) = fetch_one!(tx, (Vec<u8>,), "SELECT value FROM secret WHERE name = $1", SECRET_NAME)?;
        tx.commit().await?;
        EvidenceKey::from_seed(&seed)
    }
}

/// The public half, where a key was made already; reads only.
///
/// # Errors
/// [`StoreError::Gone`].
pub async fn key_hex(store: &Store) -> Result<Option<String>, StoreError> {
    let mut tx = store.read().await?;
    let seed = fetch_optional!(tx, (Vec<u8>,), "SELECT value FROM secret WHERE name = $1", SECRET_NAME)?;
    seed.map(|(seed,)| EvidenceKey::from_seed(&seed).map(|key| key.public_hex())).transpose()
}
