//! F9: a sheet becomes an incident, its assignments and their messages, all in one transaction.

use super::{Actor, IncidentError, Once, Showing, drafts, is_done, json_text, message, read, settle};
use crate::{
    Store, StoreError, Tx,
    calls::CallIncident,
    events::{self, NewEvent},
    outbox,
    tx::{execute, fetch_all, fetch_one},
};
use serde_json::json;
use siaga_core::{
    dispatch,
    ids::{AssignmentId, CallId, IncidentId},
    intake,
    time::Timestamp,
    view::incident::{PlannedAgency, SendIncident},
};
use uuid::Uuid;

/// What a person sends, and the id it gets (made by the caller of the store).
#[derive(Clone, Copy, Debug)]
pub struct NewIncident<'a> {
    pub incident_id: IncidentId,
    pub send: &'a SendIncident,
}

impl Store {
    /// Makes the incident; gives its id. A sheet that was sent before gives the incident it became, whatever the
    /// reason it is sent again for.
    ///
    /// # Errors
    /// [`IncidentError::DraftMoved`] when the sheet is no longer what the person saw; [`IncidentError::NotReady`],
    /// [`IncidentError::Agency`], [`IncidentError::NoAgency`].
    pub async fn incident_send(
        &self,
        new: NewIncident<'_>,
        showing: &Showing<'_>,
        by: Actor<'_>,
        once: Option<Once<'_>>,
    ) -> Result<IncidentId, IncidentError> {
        let (now, city) = (showing.now, showing.city);
        let call = new.send.call_id;
        let mut tx = self.begin().await?;
        if let Some(answer) = is_done(&mut tx, once, now).await? {
            return answer.parse().map_err(|_| StoreError::row("idempotency", "answer").into());
        }
        if let Some(sent) = drafts::incident_of(&mut tx, call).await? {
            return Ok(sent);
        }
        let (sheet, _) = drafts::load(&mut tx, call).await?;
        if sheet.revision != new.send.draft_revision {
            return Err(IncidentError::DraftMoved { current: sheet.revision });
        }
        intake::ready_to_send(&sheet.fields).map_err(IncidentError::NotReady)?;
        let fields = sheet.fields;
        let incident_type = fields.incident_type.clone().unwrap_or_default();
        let local = now.in_zone(city.time_zone());
        let hour = u8::try_from(local.hour()).unwrap_or(0);
        let table = dispatch::plan(city, &incident_type, fields.village_code.as_deref(), hour);
        let plan = match &new.send.agencies {
            Some(keys) => dispatch::plan_named(city, &table, keys)?,
            None => table,
        };
        let Some(first) = plan.first() else { return Err(IncidentError::NoAgency) };

        let year = i64::from(local.year());
        let (number,) =
            fetch_one!(tx, (i64,), "SELECT COALESCE(MAX(number), 0) + 1 FROM incident WHERE year = $1", year)?;
        execute!(
            tx,
            "INSERT INTO incident (incident_id, year, number, incident_type, fields, opened_at, opened_by,
                 opened_by_name, opened_call, first_agency, revision)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
            new.incident_id.0,
            year,
            number,
            &incident_type,
            json_text(&fields)?,
            now.0,
            by.user.0,
            by.name,
            call.0,
            &first.agency
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            incident: Some(new.incident_id),
            body: json!({ "number": number, "fields": fields, "plan": plan, "chosen_by_hand": new.send.agencies.is_some() }),
            ..NewEvent::new(Uuid::now_v7(), now, "IncidentOpened")
        };
        events::append(&mut tx, event).await?;
        attach(self, &mut tx, new.incident_id, call, by, now).await?;
        let incident = read::incident_row(&mut tx, new.incident_id).await?;
        for agency in &plan {
            assign(&mut tx, &incident, agency, showing, Some(by)).await?;
        }
        settle(&mut tx, once, &new.incident_id.to_string()).await?;
        tx.commit().await?;
        Ok(new.incident_id)
    }
}

/// Ties a call to an incident and gives the call the class of a real report where nobody gave one.
pub(super) async fn attach(
    store: &Store,
    tx: &mut Tx,
    incident: IncidentId,
    call: CallId,
    by: Actor<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    execute!(
        *tx,
        "INSERT INTO incident_call (call_id, incident_id, at) VALUES ($1, $2, $3)",
        call.0,
        incident.0,
        now.0
    )?;
    tie_calls(store, tx, incident, now).await?;
    store.call_class_emergency(tx, call, by.user, now).await
}

/// Tells every call of the incident what it was about, for the figures.
pub(super) async fn tie_calls(
    store: &Store,
    tx: &mut Tx,
    incident: IncidentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = read::incident_row(tx, incident).await?;
    let tie = CallIncident {
        incident_id: incident,
        village_code: row.fields()?.village_code,
        incident_type: Some(row.incident_type),
        agency: row.first_agency,
    };
    let calls = fetch_all!(*tx, (Uuid,), "SELECT call_id FROM incident_call WHERE incident_id = $1", incident.0)?;
    for (call,) in calls {
        store.call_attach(tx, CallId(call), &tie, now).await?;
    }
    Ok(())
}

/// One agency more: assignment, message and event.
pub(super) async fn assign(
    tx: &mut Tx,
    incident: &read::IncidentRow,
    agency: &PlannedAgency,
    showing: &Showing<'_>,
    by: Option<Actor<'_>>,
) -> Result<AssignmentId, StoreError> {
    let now = showing.now;
    let assignment = AssignmentId(Uuid::now_v7());
    let seconds =
        showing.city.incident_type(&incident.incident_type).map_or(dispatch::ACKNOWLEDGE_S, |one| one.acknowledge_s);
    execute!(
        *tx,
        "INSERT INTO assignment (assignment_id, incident_id, agency, agency_label, reason, state, sent_at,
             acknowledge_by, reminded_level)
         VALUES ($1, $2, $3, $4, $5, 'sent', $6, $7, 0)",
        assignment.0,
        incident.incident_id,
        &agency.agency,
        &agency.label,
        &agency.reason,
        now.0,
        now.plus_ms(i64::from(seconds) * 1000).0
    )?;
    let row = read::assignment_row(tx, assignment).await?;
    outbox::put(tx, &message::of(message::Kind::Dispatch, incident, &row, showing)?, now).await?;
    let event = NewEvent {
        actor: by.map(|by| by.user),
        incident: Some(IncidentId(incident.incident_id)),
        body: json!({ "assignment_id": assignment, "agency": agency.agency, "reason": agency.reason }),
        ..NewEvent::new(Uuid::now_v7(), now, "AssignmentSent")
    };
    events::append(tx, event).await?;
    Ok(assignment)
}
