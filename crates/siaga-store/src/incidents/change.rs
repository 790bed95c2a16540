//! What happens to an open incident: another call, another agency, its end.

use super::{Actor, IncidentError, Once, Showing, drafts, is_done, message, notes, read, send, settle, threat::Threat};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    outbox,
    rollup::let_go_incident,
    tx::{execute, fetch_optional},
};
use serde_json::json;
use siaga_core::{
    dispatch,
    ids::{AssignmentId, CallId, IncidentId},
    incident::{ChangeRefused, Incident, OpenAssignments, Running, Stepped},
    intake::note_text,
    view::incident::{AssignmentState, CloseIncident, IncidentOutcome},
};
use uuid::Uuid;

/// The incident, if it is open.
async fn open_incident(tx: &mut Tx, incident: IncidentId) -> Result<read::IncidentRow, IncidentError> {
    let row = read::incident_row(tx, incident).await?;
    match row.state()? {
        Incident::Open => Ok(row),
        Incident::Closed { .. } => Err(IncidentError::Closed),
        Incident::Merged { .. } => Err(ChangeRefused::Merged.into()),
    }
}

async fn touch(tx: &mut Tx, incident: IncidentId) -> Result<(), StoreError> {
    execute!(*tx, "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1", incident.0)?;
    Ok(())
}

impl Store {
    /// F10: another call reports the same thing. Attaching it twice changes nothing.
    ///
    /// # Errors
    /// [`IncidentError::OtherIncident`] when the call belongs to another one, [`IncidentError::Closed`].
    pub async fn incident_attach(
        &self,
        incident: IncidentId,
        call: CallId,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<(), IncidentError> {
        let mut tx = self.begin().await?;
        let row = read::incident_row(&mut tx, incident).await?;
        row.state()?.take_call(showing.now)?;
        if row.drill != send::is_drill(&mut tx, call).await? {
            return Err(IncidentError::DrillMixed);
        }
        match drafts::incident_of(&mut tx, call).await? {
            Some(held) if held == incident => return Ok(()),
            Some(_) => return Err(IncidentError::OtherIncident),
            None => {}
        }
        let threat = Threat::before_at(&mut tx, incident).await?;
        send::attach(self, &mut tx, incident, call, by, showing.now).await?;
        threat.tell_if_changed(&mut tx, showing).await?;
        touch(&mut tx, incident).await?;
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            incident: Some(incident),
            ..NewEvent::new(Uuid::now_v7(), showing.now, "IncidentCallAttached")
        };
        events::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }

    /// One agency more, chosen by a person. An agency whose work on it has ended may be asked again.
    ///
    /// # Errors
    /// [`IncidentError::AlreadyAssigned`], [`IncidentError::Agency`], [`IncidentError::Closed`].
    pub async fn assignment_add(
        &self,
        incident: IncidentId,
        agency: &str,
        showing: &Showing<'_>,
        by: Actor<'_>,
        once: Option<Once<'_>>,
    ) -> Result<AssignmentId, IncidentError> {
        let mut tx = self.begin().await?;
        if let Some(answer) = is_done(&mut tx, once, showing.now).await? {
            return answer.parse().map_err(|_| StoreError::row("idempotency", "answer").into());
        }
        let row = open_incident(&mut tx, incident).await?;
        let planned = dispatch::plan_named(showing.city, &[], &[agency.to_owned()])?;
        let planned = planned.first().ok_or(IncidentError::NoAgency)?;
        for held in read::assignment_rows(&mut tx, incident.0).await? {
            if held.agency == planned.agency && !held.assignment()?.is_ended() {
                return Err(IncidentError::AlreadyAssigned);
            }
        }
        let assignment = send::assign(&mut tx, &row, planned, showing, Some(by)).await?;
        touch(&mut tx, incident).await?;
        settle(&mut tx, once, &assignment.to_string()).await?;
        tx.commit().await?;
        Ok(assignment)
    }

    /// Closes with an outcome. Running assignments are cancelled, told so, and only with a note that says why.
    ///
    /// # Errors
    /// [`IncidentError::Close`].
    pub async fn incident_close(
        &self,
        incident: IncidentId,
        close: &CloseIncident,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<(), IncidentError> {
        let now = showing.now;
        let note = close.note.as_deref().filter(|note| !note.trim().is_empty()).map(note_text).transpose()?;
        let mut tx = self.begin().await?;
        let row = read::incident_row(&mut tx, incident).await?;
        let standing = Standing::of(read::assignment_rows(&mut tx, incident.0).await?)?;
        let (closed, open) = row.state()?.close(close.outcome, note.as_deref(), standing.running(), now)?;
        let handed = close.outcome == IncidentOutcome::HandedOver;
        for one in standing.at_work.iter().filter(|_| handed) {
            let sql = "UPDATE assignment SET state = 'done', done_at = $2 WHERE assignment_id = $1";
            execute!(tx, sql, one.assignment_id, now.0)?;
            let id = AssignmentId(one.assignment_id);
            stepped(&mut tx, IncidentId(one.incident_id), id, AssignmentState::Done, showing, by).await?;
        }
        if open == OpenAssignments::Cancel {
            let neighbours = standing.at_work.iter().filter(|_| !handed);
            for one in standing.crews.iter().chain(neighbours) {
                // a crew knows the incident it was sent to, also when that one gave way to this
                let own = read::incident_row(&mut tx, IncidentId(one.incident_id)).await?;
                cancel(&mut tx, &own, one, showing, by).await?;
            }
        }
        if let Some(note) = &note {
            notes::add(&mut tx, notes::NotedOn::Incident(incident), note, by.into(), now).await?;
        }
        if let Incident::Closed { outcome, at } = closed {
            execute!(
                tx,
                "UPDATE incident SET closed_at = $2, outcome = $3, revision = revision + 1 WHERE incident_id = $1",
                incident.0,
                at.0,
                outcome.key()
            )?;
            let_go_incident(&mut tx, incident, self.zone()).await?;
        }
        let event = NewEvent {
            actor: Some(by.user),
            incident: Some(incident),
            body: json!({ "outcome": close.outcome, "cancelled": standing.crews.len() }),
            ..NewEvent::new(Uuid::now_v7(), now, "IncidentClear")
        };
        events::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}

impl Store {
    /// Calls one crew off and tells it so: the wrong agency was chosen, or the radio said that nobody is needed.
    ///
    /// # Errors
    /// [`IncidentError::Step`] when its work has ended, [`IncidentError::Closed`].
    pub async fn assignment_cancel(
        &self,
        assignment: AssignmentId,
        note: Option<&str>,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<IncidentId, IncidentError> {
        let note = note.filter(|note| !note.trim().is_empty()).map(note_text).transpose()?;
        let mut tx = self.begin().await?;
        let held = read::assignment_row(&mut tx, assignment).await?;
        let incident = IncidentId(held.incident_id);
        match held.assignment()?.step(AssignmentState::Cancelled, showing.now)? {
            Stepped::Unchanged(_) => return Ok(incident),
            Stepped::Moved(_) => {}
        }
        let row = read::incident_row(&mut tx, incident).await?;
        let root = read::standing(&mut tx, &row).await?;
        if root.closed_at.is_some() {
            return Err(IncidentError::Closed);
        }
        cancel(&mut tx, &row, &held, showing, by).await?;
        if let Some(note) = &note {
            notes::add(&mut tx, notes::NotedOn::Assignment(assignment, incident), note, by.into(), showing.now).await?;
        }
        touch(&mut tx, incident).await?;
        touch(&mut tx, IncidentId(root.incident_id)).await?;
        tx.commit().await?;
        Ok(incident)
    }
}

/// Calls a crew off. One that never got the first message gets none now either.
async fn cancel(
    tx: &mut Tx,
    incident: &read::IncidentRow,
    assignment: &read::AssignmentRow,
    showing: &Showing<'_>,
    by: Actor<'_>,
) -> Result<(), StoreError> {
    execute!(
        *tx,
        "UPDATE assignment SET state = 'cancelled', done_at = $2 WHERE assignment_id = $1",
        assignment.assignment_id,
        showing.now.0
    )?;
    let_go_incident(tx, IncidentId(incident.incident_id), showing.city.time_zone()).await?;
    // a dispatch that is on its way while it is called off may still arrive: then the crew is told of the end
    let unsent = execute!(
        *tx,
        "UPDATE outbox SET state = 'dead', next_at = NULL, error = 'dibatalkan sebelum terkirim'
         WHERE assignment_id = $1 AND state = 'waiting' AND kind <> 'cancelled' AND attempts = 0 AND lease IS NULL",
        assignment.assignment_id
    )?;
    let told = fetch_optional!(
        *tx,
        (i64,),
        "SELECT created_at FROM outbox WHERE assignment_id = $1 AND kind = 'dispatch' AND error = 'dibatalkan sebelum terkirim'",
        assignment.assignment_id
    )?;
    if unsent == 0 || told.is_none() {
        let message = message::of(tx, message::Kind::Cancelled, incident, assignment, showing).await?;
        outbox::put(tx, &message, showing.now).await?;
    }
    let id = AssignmentId(assignment.assignment_id);
    stepped(tx, IncidentId(incident.incident_id), id, AssignmentState::Cancelled, showing, by).await
}

async fn stepped(
    tx: &mut Tx,
    incident: IncidentId,
    assignment: AssignmentId,
    state: AssignmentState,
    showing: &Showing<'_>,
    by: Actor<'_>,
) -> Result<(), StoreError> {
    let event = NewEvent {
        actor: Some(by.user),
        incident: Some(incident),
        body: json!({ "assignment_id": assignment, "state": state }),
        ..NewEvent::new(Uuid::now_v7(), showing.now, "AssignmentStateChange")
    };
    events::append(tx, event).await?;
    Ok(())
}

/// Who has not ended when somebody closes.
#[derive(Default)]
struct Standing {
    crews: Vec<read::AssignmentRow>,
    pending: usize,
    /// Neighbours who took it and are done.
    accepted: usize,
    /// Neighbours who took it and are at work.
    at_work: Vec<read::AssignmentRow>,
}

impl Standing {
    fn of(rows: Vec<read::AssignmentRow>) -> Result<Self, StoreError> {
        let mut standing = Self::default();
        for one in rows {
            let assignment = one.assignment()?;
            match (one.kind == read::NEIGHBOUR, assignment.is_ended()) {
                (true, true) if assignment.state != AssignmentState::Cancelled => standing.accepted += 1,
                (_, true) => {}
                (true, false) if assignment.is_unacknowledged() => standing.pending += 1,
                (true, false) => standing.at_work.push(one),
                (false, false) => standing.crews.push(one),
            }
        }
        Ok(standing)
    }

    fn running(&self) -> Running {
        let at_work = self.at_work.len();
        Running { crews: self.crews.len(), pending: self.pending, accepted: self.accepted + at_work, at_work }
    }
}
