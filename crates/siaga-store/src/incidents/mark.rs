//! A closed incident that goes on after all, and the mark of a major one. Each with who and why.

use super::{Actor, IncidentError, notes, read};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    rollup::let_go_incident,
    tx::execute,
};
use serde_json::json;
use siaga_core::{ids::IncidentId, incident::reason, time::Timestamp};
use uuid::Uuid;

impl Store {
    /// Opens a closed incident again. The end it had stands in the events, the reason in its notes too.
    ///
    /// # Errors
    /// [`IncidentError::Change`].
    pub async fn incident_reopen(
        &self,
        incident: IncidentId,
        why: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        let why = reason(why)?;
        let mut tx = self.begin().await?;
        let row = read::incident_row(&mut tx, incident).await?;
        row.state()?.reopen()?;
        execute!(
            tx,
            "UPDATE incident SET closed_at = NULL, outcome = NULL, revision = revision + 1 WHERE incident_id = $1",
            incident.0
        )?;
        let_go_incident(&mut tx, incident, self.zone()).await?;
        let line = format!("Dibuka kembali: {why}");
        notes::add(&mut tx, notes::NotedOn::Incident(incident), &line, by.into(), now).await?;
        let body = json!({ "reason": why, "outcome": row.outcome, "closed_at": row.closed_at });
        tell(&mut tx, "IncidentReopen", incident, by, now, body).await?;
        Ok(tx.commit().await?)
    }

    /// Marks a major incident. One that is marked stays as it was first marked.
    ///
    /// # Errors
    /// [`IncidentError::Change`].
    pub async fn incident_major(
        &self,
        incident: IncidentId,
        why: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        let why = reason(why)?;
        let mut tx = self.begin().await?;
        read::incident_row(&mut tx, incident).await?.state()?.mark()?;
        let marked = execute!(
            tx,
            "UPDATE incident SET major_at = $2, major_by = $3, major_reason = $4, revision = revision + 1
             WHERE incident_id = $1 AND major_at IS NULL",
            incident.0,
            now.0,
            by.name,
            why
        )?;
        if marked == 0 {
            return Ok(());
        }
        tell(&mut tx, "IncidentMajor", incident, by, now, json!({ "reason": why })).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the mark off. One without a mark stays as it is.
    ///
    /// # Errors
    /// [`IncidentError::Change`].
    pub async fn incident_stand_down(
        &self,
        incident: IncidentId,
        why: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        let why = reason(why)?;
        let mut tx = self.begin().await?;
        let row = read::incident_row(&mut tx, incident).await?;
        row.state()?.mark()?;
        if row.major_at.is_none() {
            return Ok(());
        }
        execute!(
            tx,
            "UPDATE incident SET major_at = NULL, major_by = NULL, major_reason = NULL, revision = revision + 1
             WHERE incident_id = $1",
            incident.0
        )?;
        let line = format!("Bukan lagi kejadian besar: {why}");
        notes::add(&mut tx, notes::NotedOn::Incident(incident), &line, by.into(), now).await?;
        tell(&mut tx, "IncidentMajorEnded", incident, by, now, json!({ "reason": why, "since": row.major_at })).await?;
        Ok(tx.commit().await?)
    }
}

async fn tell(
    tx: &mut Tx,
    kind: &'static str,
    incident: IncidentId,
    by: Actor<'_>,
    now: Timestamp,
    body: serde_json::Value,
) -> Result<(), StoreError> {
    let event =
        NewEvent { actor: Some(by.user), incident: Some(incident), body, ..NewEvent::new(Uuid::now_v7(), now, kind) };
    events::append(tx, event).await?;
    Ok(())
}
