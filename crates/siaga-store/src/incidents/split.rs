//! A call that leaves its incident: taken off again after a slip, or as an incident of its own.

use super::{Actor, IncidentError, Showing, drafts, json_text, read, send};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_optional},
};
use serde_json::{Value, json};
use siaga_core::{
    ids::{CallId, IncidentId},
    incident::{ChangeRefused, may_leave},
    intake,
    view::incident::{IntakeFields, SplitCall},
};
use uuid::Uuid;

/// The incident that becomes of a call, and its id (made by the caller of the store).
#[derive(Clone, Copy, Debug)]
pub struct NewSplit<'a> {
    pub incident_id: IncidentId,
    pub split: &'a SplitCall,
}

impl Store {
    /// Takes a call off, with the class that attaching gave it. Where it is not attached nothing changes: the key was
    /// pressed twice, or somebody else did it.
    ///
    /// # Errors
    /// [`IncidentError::Change`] for the call whose sheet is the incident's.
    pub async fn incident_detach(
        &self,
        incident: IncidentId,
        call: CallId,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<(), IncidentError> {
        let mut tx = self.begin().await?;
        let Some(held) = leave(&mut tx, incident, call).await? else { return Ok(()) };
        self.call_detach(&mut tx, call, held.classed_at, by.user, showing.now).await?;
        tell(&mut tx, "IncidentCallDetached", (incident, call), by, showing, json!({ "from": held.incident })).await?;
        Ok(tx.commit().await?)
    }

    /// Makes an incident of its own of a call, and sends it. What its sheet does not say is taken from the one it leaves.
    /// A call that leads an incident of its own already gives that one.
    ///
    /// # Errors
    /// [`IncidentError::Change`], [`IncidentError::NotReady`], [`IncidentError::Agency`], [`IncidentError::NoAgency`].
    pub async fn incident_split(
        &self,
        incident: IncidentId,
        call: CallId,
        new: NewSplit<'_>,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<IncidentId, IncidentError> {
        let mut tx = self.begin().await?;
        let Some(held) = leave(&mut tx, incident, call).await? else {
            let own = drafts::incident_of(&mut tx, call).await?;
            return own.ok_or(ChangeRefused::OtherCall.into());
        };
        let from = read::incident_row(&mut tx, held.incident).await?;
        let fields = self.filled(&mut tx, call, &from.fields()?, showing).await?;
        intake::ready_to_send(&fields).map_err(IncidentError::NotReady)?;
        let plan = send::planned(showing, &fields, new.split.agencies.as_deref())?;
        let by_hand = new.split.agencies.is_some();
        send::open(
            self,
            &mut tx,
            send::Opening { incident: new.incident_id, call, fields: &fields, plan: &plan, by_hand },
            showing,
            by,
        )
        .await?;
        tell(&mut tx, "IncidentSplit", (incident, call), by, showing, json!({ "into": new.incident_id })).await?;
        tx.commit().await?;
        Ok(new.incident_id)
    }

    /// The call's sheet with its blanks filled; kept, because from now on the new incident follows it.
    async fn filled(
        &self,
        tx: &mut Tx,
        call: CallId,
        from: &IntakeFields,
        showing: &Showing<'_>,
    ) -> Result<IntakeFields, StoreError> {
        let (sheet, _) = drafts::load(tx, call).await?;
        let map = |fields: &IntakeFields| serde_json::to_value(fields).unwrap_or_default();
        let (mut own, from) = (map(&sheet.fields), map(from));
        // a place is taken whole or not at all: half of one and half of another would be a third
        let has_place =
            ["landmark", "village_code", "address", "rt_rw", "lat", "lng"].iter().any(|key| !own[key].is_null());
        let wanted: &[&str] = if has_place {
            &["incident_type"]
        } else {
            &["incident_type", "landmark", "village_code", "address", "rt_rw", "lat", "lng"]
        };
        for key in wanted {
            if own[key].is_null() {
                own[key] = from.get(key).cloned().unwrap_or(Value::Null);
            }
        }
        let fields: IntakeFields = serde_json::from_value(own).map_err(|_| StoreError::row("draft", "fields"))?;
        execute!(
            *tx,
            "INSERT INTO draft (call_id, revision, fields, written_at, saved_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (call_id) DO UPDATE SET revision = excluded.revision, fields = excluded.fields,
                 saved_at = excluded.saved_at",
            call.0,
            i64::from(sheet.revision + 1),
            json_text(&fields)?,
            json_text(&sheet.written_at)?,
            showing.now.0
        )?;
        Ok(fields)
    }
}

struct Held {
    incident: IncidentId,
    classed_at: i64,
}

/// Unties a call of the incident, or of one that gave way to it. `None`: it is not there.
async fn leave(tx: &mut Tx, incident: IncidentId, call: CallId) -> Result<Option<Held>, IncidentError> {
    read::incident_row(tx, incident).await?;
    let held = fetch_optional!(
        *tx,
        (Uuid, i64, Uuid),
        "SELECT t.incident_id, t.classed_at, i.opened_call
         FROM incident_call t JOIN incident i ON i.incident_id = t.incident_id
         WHERE t.call_id = $1 AND (i.incident_id = $2 OR i.root = $2)",
        call.0,
        incident.0
    )?;
    let Some((held, classed_at, opened_call)) = held else { return Ok(None) };
    may_leave(call, CallId(opened_call))?;
    execute!(*tx, "DELETE FROM incident_call WHERE call_id = $1", call.0)?;
    let sql = "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1 OR incident_id = $2";
    execute!(*tx, sql, incident.0, held)?;
    Ok(Some(Held { incident: IncidentId(held), classed_at }))
}

async fn tell(
    tx: &mut Tx,
    kind: &'static str,
    (incident, call): (IncidentId, CallId),
    by: Actor<'_>,
    showing: &Showing<'_>,
    body: Value,
) -> Result<(), StoreError> {
    let event = NewEvent {
        actor: Some(by.user),
        call: Some(call),
        incident: Some(incident),
        body,
        ..NewEvent::new(Uuid::now_v7(), showing.now, kind)
    };
    events::append(tx, event).await?;
    Ok(())
}
