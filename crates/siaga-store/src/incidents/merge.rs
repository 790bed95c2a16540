//! Two incidents that are the same, or related. Merging moves no row: `incident.root` says where each is steered, and
//! its calls count there. Writers take turns, so that the state that is read is the state that is changed.

use super::{Actor, IncidentError, Showing, read, send, threat::Threat};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    rollup::let_go_incident,
    tx::{execute, fetch_all},
};
use serde_json::{Value, json};
use siaga_core::{
    ids::IncidentId,
    incident::{ChangeRefused, Incident, Merging, Prominence},
    time::Timestamp,
};
use uuid::Uuid;

impl Store {
    /// `incident` gives way to `into`. The same two a second time change nothing. Crews of one that learn by it that a
    /// caller of the other cannot speak freely are told; parting takes no such warning back.
    ///
    /// # Errors
    /// [`IncidentError::Change`] with what to do instead.
    pub async fn incident_merge(
        &self,
        incident: IncidentId,
        into: IncidentId,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<(), IncidentError> {
        let now = showing.now;
        let mut tx = self.begin().await?;
        let (own, target) = (read::incident_row(&mut tx, incident).await?, read::incident_row(&mut tx, into).await?);
        if own.drill != target.drill {
            return Err(IncidentError::DrillMixed);
        }
        let major = match (own.major_at, target.major_at) {
            (Some(_), None) => Prominence::Greater,
            _ => Prominence::Alike,
        };
        let merged = match own.state()?.merge(incident, (into, target.state()?), major, now)? {
            Merging::Already => return Ok(()),
            Merging::Done(merged) => merged,
        };
        let threats = [Threat::before_at(&mut tx, incident).await?, Threat::before_at(&mut tx, into).await?];
        let Incident::Merged { at, .. } = merged else { return Err(StoreError::Bug("merged is merged".into()).into()) };
        execute!(
            tx,
            "UPDATE incident SET merged_into = $2, closed_at = $3, outcome = 'duplicate' WHERE incident_id = $1",
            incident.0,
            into.0,
            at.0
        )?;
        place(&mut tx, incident, into).await?;
        let_go_incident(&mut tx, into, self.zone()).await?;
        send::tie_calls(self, &mut tx, into, now).await?;
        touch_both(&mut tx, incident, into).await?;
        for threat in threats {
            threat.tell_if_changed(&mut tx, showing).await?;
        }
        tell(&mut tx, "IncidentMerge", incident, by, now, json!({ "into": into, "number": target.number })).await?;
        Ok(tx.commit().await?)
    }

    /// Stands by itself again, open, with all that was its own. Gives what it had given way to.
    ///
    /// # Errors
    /// [`IncidentError::Change`].
    pub async fn incident_unmerge(
        &self,
        incident: IncidentId,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<IncidentId, IncidentError> {
        let mut tx = self.begin().await?;
        let own = read::incident_row(&mut tx, incident).await?;
        let (_, from) = own.state()?.unmerge()?;
        execute!(
            tx,
            "UPDATE incident SET merged_into = NULL, closed_at = NULL, outcome = NULL WHERE incident_id = $1",
            incident.0
        )?;
        place(&mut tx, incident, incident).await?;
        let_go_incident(&mut tx, incident, self.zone()).await?;
        send::tie_calls(self, &mut tx, incident, now).await?;
        touch_both(&mut tx, incident, from).await?;
        tell(&mut tx, "IncidentUnMerge", incident, by, now, json!({ "from": from })).await?;
        tx.commit().await?;
        Ok(from)
    }

    /// Related, and not the same. Twice changes nothing.
    ///
    /// # Errors
    /// [`IncidentError::Change`] for an incident with itself; [`IncidentError::DrillMixed`]; [`StoreError::NotFound`].
    pub async fn incident_link(
        &self,
        incident: IncidentId,
        other: IncidentId,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        if incident == other {
            return Err(ChangeRefused::Itself.into());
        }
        let mut tx = self.begin().await?;
        if read::incident_row(&mut tx, incident).await?.drill != read::incident_row(&mut tx, other).await?.drill {
            return Err(IncidentError::DrillMixed);
        }
        let made = execute!(
            tx,
            "INSERT INTO incident_link (one, other, at, by_user) VALUES ($1, $2, $3, $4) ON CONFLICT (one, other) DO NOTHING",
            incident.min(other).0,
            incident.max(other).0,
            now.0,
            by.user.0
        )?;
        if made == 0 {
            return Ok(());
        }
        touch_both(&mut tx, incident, other).await?;
        tell(&mut tx, "IncidentLink", incident, by, now, json!({ "other": other })).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the link away. Where there is none nothing changes.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn incident_unlink(
        &self,
        incident: IncidentId,
        other: IncidentId,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        let mut tx = self.begin().await?;
        let (one, two) = (incident.min(other).0, incident.max(other).0);
        if execute!(tx, "DELETE FROM incident_link WHERE one = $1 AND other = $2", one, two)? == 0 {
            return Ok(());
        }
        touch_both(&mut tx, incident, other).await?;
        tell(&mut tx, "IncidentUnLink", incident, by, now, json!({ "other": other })).await?;
        Ok(tx.commit().await?)
    }
}

/// Tells the incident and all that gave way to it, directly or not, where they stand now.
async fn place(tx: &mut Tx, incident: IncidentId, root: IncidentId) -> Result<(), StoreError> {
    let mut open = vec![incident.0];
    while let Some(next) = open.pop() {
        let stands = (next != root.0).then_some(root.0);
        execute!(*tx, "UPDATE incident SET root = $2 WHERE incident_id = $1", next, stands)?;
        let below = fetch_all!(*tx, (Uuid,), "SELECT incident_id FROM incident WHERE merged_into = $1", next)?;
        open.extend(below.into_iter().map(|(id,)| id));
    }
    Ok(())
}

async fn touch_both(tx: &mut Tx, one: IncidentId, other: IncidentId) -> Result<(), StoreError> {
    let sql = "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1 OR incident_id = $2";
    execute!(*tx, sql, one.0, other.0)?;
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    kind: &'static str,
    incident: IncidentId,
    by: Actor<'_>,
    now: Timestamp,
    body: Value,
) -> Result<(), StoreError> {
    let event =
        NewEvent { actor: Some(by.user), incident: Some(incident), body, ..NewEvent::new(Uuid::now_v7(), now, kind) };
    events::append(tx, event).await?;
    Ok(())
}
