//! What was imported for search and map. One row per source: the same name again replaces it, the same content again
//! changes nothing.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_all, fetch_optional, row},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::{
    time::Timestamp,
    view::map::{ImportOutcome, MapSourceKind, MapSourceView},
};
use uuid::Uuid;

row! {
    struct SourceRow {
        kind: String,
        name: String,
        attribution: String,
        file: String,
        at: i64,
        by_name: String,
        taken: i64,
        skipped: i64,
    }
}

row! {
    /// A source with what it brought, as JSON.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MapDocument {
        pub kind: String,
        pub attribution: String,
        pub document: String,
    }
}

/// A source to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewMapSource<'a> {
    pub kind: MapSourceKind,
    pub name: &'a str,
    pub attribution: &'a str,
    pub file: &'a str,
    pub taken: u32,
    pub skipped: u32,
    pub document: &'a str,
}

fn kind_of(key: &str) -> Result<MapSourceKind, StoreError> {
    let all = [MapSourceKind::Places, MapSourceKind::Boundaries];
    all.into_iter().find(|kind| kind.key() == key).ok_or_else(|| StoreError::row("map_source", "kind"))
}

impl Store {
    /// All sources, without what they brought.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn map_sources(&self) -> Result<Vec<MapSourceView>, StoreError> {
        let mut tx = self.read().await?;
        let sql =
            "SELECT kind, name, attribution, file, at, by_name, taken, skipped FROM map_source ORDER BY kind, name";
        let view = |row: SourceRow| {
            Ok(MapSourceView {
                kind: kind_of(&row.kind)?,
                name: row.name,
                attribution: row.attribution,
                file: row.file,
                at: Timestamp(row.at),
                by: row.by_name,
                taken: row.taken,
                skipped: row.skipped,
            })
        };
        fetch_all!(tx, SourceRow, sql)?.into_iter().map(view).collect()
    }

    /// Changes when any source does.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn map_stamp(&self) -> Result<Vec<(String, String, String)>, StoreError> {
        let mut tx = self.read().await?;
        let sql = "SELECT kind, name, sha256 FROM map_source ORDER BY kind, name";
        fetch_all!(tx, (String, String, String), sql)
    }

    /// All sources with what they brought.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn map_documents(&self) -> Result<Vec<MapDocument>, StoreError> {
        let mut tx = self.read().await?;
        let sql = "SELECT kind, attribution, document FROM map_source ORDER BY kind, name";
        fetch_all!(tx, MapDocument, sql)
    }

    /// Keeps a source in place of the one of its name. `by` is none for the command line.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn map_source_put(
        &self,
        new: &NewMapSource<'_>,
        by: Option<Actor<'_>>,
        now: Timestamp,
    ) -> Result<ImportOutcome, StoreError> {
        let hash = hex::encode(Sha256::digest(format!("{}\0{}", new.attribution, new.document).as_bytes()));
        let mut tx = self.begin().await?;
        let sql = "SELECT sha256 FROM map_source WHERE kind = $1 AND name = $2";
        if fetch_optional!(tx, (String,), sql, new.kind.key(), new.name)?.is_some_and(|(held,)| held == hash) {
            return Ok(ImportOutcome::Known);
        }
        execute!(tx, "DELETE FROM map_source WHERE kind = $1 AND name = $2", new.kind.key(), new.name)?;
        execute!(
            tx,
            "INSERT INTO map_source (kind, name, attribution, file, sha256, at, by_name, taken, skipped, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            new.kind.key(),
            new.name,
            new.attribution,
            new.file,
            &hash,
            now.0,
            by.map_or("siaga", |by| by.name),
            i64::from(new.taken),
            i64::from(new.skipped),
            new.document
        )?;
        let event = NewEvent {
            actor: by.map(|by| by.user),
            body: json!({ "kind": new.kind.key(), "source": new.name, "sha256": hash, "taken": new.taken }),
            ..NewEvent::new(Uuid::now_v7(), now, "MapImported")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(ImportOutcome::Taken)
    }

    /// Takes a source away.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn map_source_remove(
        &self,
        kind: MapSourceKind,
        name: &str,
        by: Option<Actor<'_>>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if execute!(tx, "DELETE FROM map_source WHERE kind = $1 AND name = $2", kind.key(), name)? == 0 {
            return Err(StoreError::NotFound);
        }
        let event = NewEvent {
            actor: by.map(|by| by.user),
            body: json!({ "kind": kind.key(), "source": name }),
            ..NewEvent::new(Uuid::now_v7(), now, "MapRemoved")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    on_both! {
        async fn a_source_is_replaced_as_a_whole_and_known_again(store: Store) {
            let new = NewMapSource { kind: MapSourceKind::Places, name: "osm", attribution: "© OSM", file: "a.osm", taken: 2, skipped: 1, document: "[1]" };
            assert_eq!(store.map_source_put(&new, None, NOW).await.unwrap(), ImportOutcome::Taken);
            assert_eq!(store.map_source_put(&new, None, NOW).await.unwrap(), ImportOutcome::Known);
            let before = store.map_stamp().await.unwrap();
            let other = NewMapSource { document: "[2]", taken: 3, ..new };
            assert_eq!(store.map_source_put(&other, None, NOW).await.unwrap(), ImportOutcome::Taken);
            assert_ne!(store.map_stamp().await.unwrap(), before);
            let boundaries = NewMapSource { kind: MapSourceKind::Boundaries, name: "osm", ..other };
            store.map_source_put(&boundaries, None, NOW).await.unwrap();
            let held = store.map_sources().await.unwrap();
            assert_eq!(held.iter().map(|one| (one.kind, one.taken)).collect::<Vec<_>>(), [(MapSourceKind::Boundaries, 3), (MapSourceKind::Places, 3)]);
            assert_eq!(store.map_documents().await.unwrap()[1].document, "[2]");
            store.map_source_remove(MapSourceKind::Places, "osm", None, NOW).await.unwrap();
            assert!(matches!(store.map_source_remove(MapSourceKind::Places, "osm", None, NOW).await, Err(StoreError::NotFound)));
            let kinds: Vec<_> = store.events_after(0, 9).await.unwrap().into_iter().map(|one| one.kind).collect();
            assert_eq!(kinds, ["MapImported", "MapImported", "MapImported", "MapRemoved"]);
        }
    }
}
