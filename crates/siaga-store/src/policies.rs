//! The rules, version by version, and which of them came into force by which decree.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    policy::Policy,
    time::Timestamp,
    view::policies::{ForceView, PolicyList, PolicyText, PolicyVersion},
};
use uuid::Uuid;

/// The version that the program brings.
pub const PRESET: i64 = 0;
/// Versions shown.
const LIST_MAX: i64 = 100;

row! {
    struct VersionRow {
        version: i64,
        at: i64,
        by_name: String,
        document: String,
    }
}

row! {
    struct ForceRow {
        version: i64,
        decree: String,
        at: i64,
        by_name: String,
    }
}

impl VersionRow {
    fn view(self) -> Result<PolicyVersion, StoreError> {
        let policy = serde_json::from_str(&self.document).map_err(|_| StoreError::row("policy_version", "document"))?;
        Ok(PolicyVersion {
            version: self.version,
            at: Timestamp(self.at),
            by: self.by_name,
            policy: PolicyText(policy),
        })
    }
}

fn preset() -> PolicyVersion {
    let policy = PolicyText(Policy::default());
    PolicyVersion { version: PRESET, at: Timestamp(0), by: "siaga".to_owned(), policy }
}

impl Store {
    /// The rules in force with their decree; none: nobody put any into force, the preset counts.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn policy_in_force(&self) -> Result<Option<Policy>, StoreError> {
        let mut tx = self.read().await?;
        let Some(force) = newest_force(&mut tx).await? else { return Ok(None) };
        let PolicyText(policy) = version_of(&mut tx, force.version).await?.policy;
        Ok(Some(Policy { decree: Some(force.decree), ..policy }))
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn policy(&self, version: i64) -> Result<PolicyVersion, StoreError> {
        let mut tx = self.read().await?;
        version_of(&mut tx, version).await
    }

    /// What the page shows. `started_with` are the rules that count while no decree put any into force: the city's file,
    /// or the preset.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn policy_list(&self, started_with: &Policy) -> Result<PolicyList, StoreError> {
        let mut tx = self.read().await?;
        let in_force = match newest_force(&mut tx).await? {
            None => PolicyVersion { policy: PolicyText(started_with.clone()), ..preset() },
            Some(force) => {
                let mut view = version_of(&mut tx, force.version).await?;
                view.policy.0.decree = Some(force.decree);
                view
            }
        };
        let versions = fetch_all!(
            tx,
            VersionRow,
            "SELECT version, at, by_name, document FROM policy_version ORDER BY version DESC LIMIT $1",
            LIST_MAX
        )?;
        let history = fetch_all!(
            tx,
            ForceRow,
            "SELECT version, decree, at, by_name FROM policy_force ORDER BY seq DESC LIMIT $1",
            LIST_MAX
        )?;
        let force = |row: ForceRow| ForceView {
            version: row.version,
            decree: row.decree,
            at: Timestamp(row.at),
            by: row.by_name,
        };
        Ok(PolicyList {
            in_force,
            versions: versions.into_iter().map(VersionRow::view).collect::<Result<_, _>>()?,
            history: history.into_iter().map(force).collect(),
        })
    }

    /// Keeps a checked draft; gives its version.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn policy_draft(&self, policy: &Policy, by: Actor<'_>, now: Timestamp) -> Result<i64, StoreError> {
        let draft = Policy { decree: None, ..policy.clone() };
        let document = serde_json::to_string(&draft).map_err(|error| StoreError::Bug(error.to_string()))?;
        let mut tx = self.begin().await?;
        // The same rules again (a second try of the same command) are the same version.
        let newest = fetch_optional!(
            tx,
            (i64, String),
            "SELECT version, document FROM policy_version ORDER BY version DESC LIMIT 1"
        )?;
        if let Some((version, _)) = newest.as_ref().filter(|(_, held)| *held == document) {
            return Ok(*version);
        }
        let version = newest.map_or(PRESET, |(version, _)| version) + 1;
        execute!(
            tx,
            "INSERT INTO policy_version (version, at, by_user, by_name, document) VALUES ($1, $2, $3, $4, $5)",
            version,
            now.0,
            by.user.0,
            by.name,
            &document
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "rules": version, "policy": draft }),
            ..NewEvent::new(Uuid::now_v7(), now, "PolicyDrafted")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(version)
    }

    /// Puts a version into force by a decree. The same version by the same decree again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn policy_put_in_force(
        &self,
        version: i64,
        decree: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<Policy, StoreError> {
        let mut tx = self.begin().await?;
        let PolicyText(policy) = version_of(&mut tx, version).await?.policy;
        let policy = Policy { decree: Some(decree.to_owned()), ..policy };
        if newest_force(&mut tx).await?.is_some_and(|force| force.version == version && force.decree == decree) {
            return Ok(policy);
        }
        let (seq,) = fetch_one!(tx, (i64,), "SELECT COALESCE(MAX(seq), 0) + 1 FROM policy_force")?;
        execute!(
            tx,
            "INSERT INTO policy_force (seq, version, decree, at, by_user, by_name) VALUES ($1, $2, $3, $4, $5, $6)",
            seq,
            version,
            decree,
            now.0,
            by.user.0,
            by.name
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "rules": version, "decree": decree, "policy": policy }),
            ..NewEvent::new(Uuid::now_v7(), now, "PolicyChange")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(policy)
    }
}

async fn newest_force(tx: &mut Tx) -> Result<Option<ForceRow>, StoreError> {
    let sql = "SELECT version, decree, at, by_name FROM policy_force ORDER BY seq DESC LIMIT 1";
    fetch_optional!(*tx, ForceRow, sql)
}

async fn version_of(tx: &mut Tx, version: i64) -> Result<PolicyVersion, StoreError> {
    if version == PRESET {
        return Ok(preset());
    }
    let sql = "SELECT version, at, by_name, document FROM policy_version WHERE version = $1";
    fetch_optional!(*tx, VersionRow, sql, version)?.ok_or(StoreError::NotFound)?.view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;
    use siaga_core::ids::UserId;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    on_both! {
        async fn rules_come_into_force_by_a_decree(store: Store) {
            let by = Actor { user: UserId(Uuid::now_v7()), name: "Admin" };
            assert_eq!(store.policy_in_force().await.unwrap(), None);
            assert_eq!(store.policy_list(&Policy::default()).await.unwrap().in_force.version, PRESET);
            let mut softer = Policy { name: "lebih lunak".to_owned(), ..Policy::default() };
            softer.sanction.block_from = 8;
            assert_eq!(store.policy_draft(&softer, by, NOW).await.unwrap(), 1);
            assert_eq!(store.policy_draft(&softer, by, NOW).await.unwrap(), 1, "the same again is no version");
            assert_eq!(store.policy_in_force().await.unwrap(), None, "a draft changes nothing");
            let put = store.policy_put_in_force(1, "188/12/2026", by, NOW).await.unwrap();
            assert_eq!((put.decree.as_deref(), put.sanction.block_from), (Some("188/12/2026"), 8));
            store.policy_put_in_force(1, "188/12/2026", by, NOW).await.unwrap();
            assert_eq!(store.policy_in_force().await.unwrap(), Some(put));
            store.policy_put_in_force(PRESET, "188/13/2026", by, NOW).await.unwrap();
            let list = store.policy_list(&Policy::default()).await.unwrap();
            let decrees: Vec<_> = list.history.iter().map(|one| (one.version, one.decree.as_str())).collect();
            assert_eq!(decrees, [(PRESET, "188/13/2026"), (1, "188/12/2026")]);
            assert_eq!((list.in_force.version, list.versions.len()), (PRESET, 1));
            assert!(matches!(store.policy_put_in_force(9, "x", by, NOW).await, Err(StoreError::NotFound)));
            let kinds: Vec<_> = store.events_after(0, 9).await.unwrap().into_iter().map(|one| one.kind).collect();
            assert_eq!(kinds, ["PolicyDrafted", "PolicyChange", "PolicyChange"]);
        }
    }
}
