//! F9: a sheet becomes an incident, its assignments and their messages, all in one transaction.

use super::{Actor, IncidentError, Once, Showing, drafts, is_done, json_text, message, read, settle};
use crate::{
    Store, StoreError, Tx,
    calls::{CallIncident, Classing},
    events::{self, NewEvent},
    outbox,
    rollup::let_go_incident,
    tx::{execute, fetch_all, fetch_one, fetch_optional},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    dispatch,
    ids::{AssignmentId, CallId, IncidentId},
    intake,
    time::Timestamp,
    view::{
        desk::Direction,
        incident::{IntakeFields, PlannedAgency, SendIncident},
    },
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
        let now = showing.now;
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
        let plan = planned(showing, &fields, new.send.agencies.as_deref())?;
        let by_hand = new.send.agencies.is_some();
        open(
            self,
            &mut tx,
            Opening { incident: new.incident_id, call, fields: &fields, plan: &plan, by_hand },
            showing,
            by,
        )
        .await?;
        settle(&mut tx, once, &new.incident_id.to_string()).await?;
        tx.commit().await?;
        Ok(new.incident_id)
    }
}

/// Whom a sheet would be sent to: as the table says, or as the person chose. Never nobody.
pub(super) fn planned(
    showing: &Showing<'_>,
    fields: &IntakeFields,
    chosen: Option<&[String]>,
) -> Result<Vec<PlannedAgency>, IncidentError> {
    let city = showing.city;
    let hour = u8::try_from(showing.now.in_zone(city.time_zone()).hour()).unwrap_or(0);
    let incident_type = fields.incident_type.as_deref().unwrap_or_default();
    let table = dispatch::plan(city, incident_type, fields.village_code.as_deref(), hour);
    let plan = match chosen {
        Some(keys) => dispatch::plan_named(city, &table, keys)?,
        None => table,
    };
    if plan.is_empty() { Err(IncidentError::NoAgency) } else { Ok(plan) }
}

/// An incident that begins.
pub(super) struct Opening<'a> {
    pub incident: IncidentId,
    pub call: CallId,
    pub fields: &'a IntakeFields,
    pub plan: &'a [PlannedAgency],
    /// A person chose the agencies.
    pub by_hand: bool,
}

/// Row, event, its first call, and everybody who is sent.
pub(super) async fn open(
    store: &Store,
    tx: &mut Tx,
    new: Opening<'_>,
    showing: &Showing<'_>,
    by: Actor<'_>,
) -> Result<(), IncidentError> {
    let now = showing.now;
    let year = i64::from(now.in_zone(showing.city.time_zone()).year());
    let drill = is_drill(tx, new.call).await?;
    let before = if drill { DRILL_NUMBERS_FROM } else { 0 };
    let sql = "SELECT COALESCE(MAX(number), $3) + 1 FROM incident WHERE year = $1 AND drill = $2";
    let (number,) = fetch_one!(*tx, (i64,), sql, year, drill, before)?;
    execute!(
        *tx,
        "INSERT INTO incident (incident_id, year, number, incident_type, fields, opened_at, opened_by,
             opened_by_name, opened_call, first_agency, drill, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)",
        new.incident.0,
        year,
        number,
        new.fields.incident_type.as_deref().unwrap_or_default(),
        json_text(new.fields)?,
        now.0,
        by.user.0,
        by.name,
        new.call.0,
        new.plan.first().map(|first| first.agency.as_str()),
        drill
    )?;
    let event = NewEvent {
        actor: Some(by.user),
        call: Some(new.call),
        incident: Some(new.incident),
        body: json!({ "number": number, "fields": new.fields, "plan": new.plan, "chosen_by_hand": new.by_hand, "drill": drill }),
        ..NewEvent::new(Uuid::now_v7(), now, "IncidentOpened")
    };
    events::append(tx, event).await?;
    attach(store, tx, new.incident, new.call, by, now).await?;
    let incident = read::incident_row(tx, new.incident).await?;
    for agency in new.plan {
        assign(tx, &incident, agency, showing, Some(by)).await?;
    }
    Ok(())
}

/// Incidents of drills are numbered from here: the year's own numbers have no gap.
const DRILL_NUMBERS_FROM: i64 = 900_000;

/// Whether a call is simulated. While a drill runs, a call that is not written down yet waits: nothing of a drill may be
/// taken for real.
pub(super) async fn is_drill(tx: &mut Tx, call: CallId) -> Result<bool, StoreError> {
    let sql = "SELECT direction FROM call WHERE call_id = $1 AND offered";
    if let Some((direction,)) = fetch_optional!(*tx, (String,), sql, call.0)? {
        return Ok(direction == Direction::Drill.word());
    }
    if fetch_optional!(*tx, (Uuid,), "SELECT drill_id FROM drill WHERE ended_at IS NULL")?.is_some() {
        return Err(StoreError::Gone("the call is not written down yet".into()));
    }
    Ok(false)
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
    if store.call_class_emergency(tx, call, by.user, now).await? == Classing::Given {
        execute!(*tx, "UPDATE incident_call SET classed_at = $2 WHERE call_id = $1", call.0, now.0)?;
    }
    Ok(())
}

/// Tells every call of the incident, and of what gave way to it, what it was about, for the figures.
pub(super) async fn tie_calls(
    store: &Store,
    tx: &mut Tx,
    incident: IncidentId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let own = read::incident_row(tx, incident).await?;
    let row = read::standing(tx, &own).await?;
    let root = row.incident_id;
    let tie = CallIncident {
        incident_id: IncidentId(root),
        village_code: row.fields()?.village_code,
        incident_type: Some(row.incident_type),
        agency: row.first_agency,
    };
    let calls = fetch_all!(
        *tx,
        (Uuid,),
        "SELECT call_id FROM incident_call JOIN incident i USING (incident_id) WHERE i.incident_id = $1 OR i.root = $1",
        root
    )?;
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
             acknowledge_by, reminded_level, kind)
         VALUES ($1, $2, $3, $4, $5, 'sent', $6, $7, 0, $8)",
        assignment.0,
        incident.incident_id,
        &agency.agency,
        &agency.label,
        &agency.reason,
        now.0,
        now.plus_ms(i64::from(seconds) * 1000).0,
        if showing.city.is_neighbour(&agency.agency) { read::NEIGHBOUR } else { "agency" }
    )?;
    let_go_incident(tx, IncidentId(incident.incident_id), showing.city.time_zone()).await?;
    let row = read::assignment_row(tx, assignment).await?;
    let message = message::of(tx, message::Kind::Dispatch, incident, &row, showing).await?;
    outbox::put(tx, &message, now).await?;
    let event = NewEvent {
        actor: by.map(|by| by.user),
        incident: Some(IncidentId(incident.incident_id)),
        body: json!({ "assignment_id": assignment, "agency": agency.agency, "reason": agency.reason }),
        ..NewEvent::new(Uuid::now_v7(), now, "AssignmentSent")
    };
    events::append(tx, event).await?;
    Ok(assignment)
}
