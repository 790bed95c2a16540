//! The city's document, version by version. The newest is in force; the record says who changed it when.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_one, fetch_optional, row},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::time::Timestamp;
use uuid::Uuid;

row! {
    /// A version as it stands.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CityVersion {
        pub version: i64,
        pub at: i64,
        pub by_name: String,
        pub document: String,
    }
}

impl Store {
    /// The version in force; none before the first start has chosen a city.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn city_version(&self) -> Result<Option<CityVersion>, StoreError> {
        let mut tx = self.read().await?;
        let sql = "SELECT version, at, by_name, document FROM city_version ORDER BY version DESC LIMIT 1";
        fetch_optional!(tx, CityVersion, sql)
    }

    /// Puts a checked document in force. `seen` is the version the person changed (0: there was none); the same
    /// document again makes no new version. Gives the version in force. `by` is none for the program itself.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody else changed it meanwhile.
    pub async fn city_put(
        &self,
        document: &str,
        seen: i64,
        by: Option<Actor<'_>>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let mut tx = self.begin().await?;
        let version = put(&mut tx, document, seen, by, now).await?;
        tx.commit().await?;
        Ok(version)
    }
}

/// As [`Store::city_put`], in a transaction of others.
pub(crate) async fn put(
    tx: &mut Tx,
    document: &str,
    seen: i64,
    by: Option<Actor<'_>>,
    now: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT version, at, by_name, document FROM city_version ORDER BY version DESC LIMIT 1";
    let held = fetch_optional!(*tx, CityVersion, sql)?;
    if let Some(same) = held.as_ref().filter(|held| held.document == document) {
        return Ok(same.version);
    }
    if held.map_or(0, |held| held.version) != seen {
        return Err(StoreError::Conflict("the city was changed by somebody else".into()));
    }
    let (version,) = fetch_one!(*tx, (i64,), "SELECT COALESCE(MAX(version), 0) + 1 FROM city_version")?;
    execute!(
        *tx,
        "INSERT INTO city_version (version, at, by_user, by_name, document) VALUES ($1, $2, $3, $4, $5)",
        version,
        now.0,
        by.map(|by| by.user.0),
        by.map_or("siaga", |by| by.name),
        document
    )?;
    // the document holds webhook secrets: the record names it by its hash
    let hash = hex::encode(Sha256::digest(document.as_bytes()));
    let event = NewEvent {
        actor: by.map(|by| by.user),
        body: json!({ "version": version, "sha256": hash, "bytes": document.len() }),
        ..NewEvent::new(Uuid::now_v7(), now, "PolicyChange")
    };
    events::append(tx, event).await?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    on_both! {
        async fn versions_follow_each_other(store: Store) {
            assert_eq!(store.city_version().await.unwrap(), None);
            assert_eq!(store.city_put("a", 0, None, NOW).await.unwrap(), 1);
            assert_eq!(store.city_put("a", 0, None, NOW).await.unwrap(), 1, "the same again is no change");
            assert_eq!(store.city_put("b", 1, None, NOW).await.unwrap(), 2);
            assert!(matches!(store.city_put("c", 1, None, NOW).await, Err(StoreError::Conflict(_))));
            let held = store.city_version().await.unwrap().unwrap();
            assert_eq!((held.version, held.document.as_str()), (2, "b"));
            let events = store.events_after(0, 10).await.unwrap();
            assert_eq!(events.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["PolicyChange", "PolicyChange"]);
        }
    }
}
