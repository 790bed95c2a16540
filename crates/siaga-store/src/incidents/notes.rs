//! Lines that are only added.

use super::{Actor, IncidentError, Once, is_done, settle};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all},
};
use serde_json::json;
use siaga_core::{
    ids::{AssignmentId, CallId, IncidentId},
    intake::note_text,
    time::Timestamp,
    view::incident::NoteLine,
};
use uuid::Uuid;

/// Where a line stands. A call's lines are shown on its incident too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotedOn {
    Call(CallId),
    Incident(IncidentId),
    Assignment(AssignmentId, IncidentId),
}

/// Who wrote it: a person with an account, or an agency by its link.
pub(super) struct Author<'a> {
    pub user: Option<Uuid>,
    pub name: &'a str,
}

impl<'a> From<Actor<'a>> for Author<'a> {
    fn from(actor: Actor<'a>) -> Self {
        Self { user: Some(actor.user.0), name: actor.name }
    }
}

/// Adds a line and its event.
pub(super) async fn add(tx: &mut Tx, on: NotedOn, text: &str, by: Author<'_>, at: Timestamp) -> Result<(), StoreError> {
    let (call, incident, assignment) = match on {
        NotedOn::Call(call) => (Some(call), None, None),
        NotedOn::Incident(incident) => (None, Some(incident), None),
        NotedOn::Assignment(assignment, incident) => (None, Some(incident), Some(assignment)),
    };
    // a line of an assignment is shown there and not among the incident's own
    let own_incident = incident.filter(|_| assignment.is_none());
    execute!(
        *tx,
        "INSERT INTO note (note_id, call_id, incident_id, assignment_id, at, by_user, by_name, text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        Uuid::now_v7(),
        call.map(|id| id.0),
        own_incident.map(|id| id.0),
        assignment.map(|id| id.0),
        at.0,
        by.user,
        by.name,
        text
    )?;
    let event = NewEvent {
        actor: by.user.map(siaga_core::ids::UserId),
        call,
        incident,
        body: json!({ "assignment_id": assignment, "by": by.name, "text": text }),
        ..NewEvent::new(Uuid::now_v7(), at, "NoteAdded")
    };
    events::append(tx, event).await?;
    Ok(())
}

type Line = (i64, String, String);

fn lines(rows: Vec<Line>) -> Vec<NoteLine> {
    rows.into_iter().map(|(at, by, text)| NoteLine { at: Timestamp(at), by, text }).collect()
}

pub(super) async fn of_call(tx: &mut Tx, call: CallId) -> Result<Vec<NoteLine>, StoreError> {
    let sql = "SELECT at, by_name, text FROM note WHERE call_id = $1 ORDER BY at, note_id";
    Ok(lines(fetch_all!(*tx, Line, sql, call.0)?))
}

/// The incident's own lines and those on the sheets of its calls, and of what gave way to it.
pub(super) async fn of_incident(tx: &mut Tx, incident: Uuid) -> Result<Vec<NoteLine>, StoreError> {
    let sql = "SELECT at, by_name, text FROM note
               WHERE incident_id IN (SELECT incident_id FROM incident WHERE incident_id = $1 OR root = $1)
                  OR call_id IN (SELECT call_id FROM incident_call JOIN incident i USING (incident_id)
                                 WHERE i.incident_id = $1 OR i.root = $1)
               ORDER BY at, note_id";
    Ok(lines(fetch_all!(*tx, Line, sql, incident)?))
}

pub(super) async fn of_assignment(tx: &mut Tx, assignment: Uuid) -> Result<Vec<NoteLine>, StoreError> {
    let sql = "SELECT at, by_name, text FROM note WHERE assignment_id = $1 ORDER BY at, note_id";
    Ok(lines(fetch_all!(*tx, Line, sql, assignment)?))
}

impl Store {
    /// Adds a line to a sheet or an incident. A closed incident still takes lines: what comes to light later belongs there.
    ///
    /// # Errors
    /// [`IncidentError::Field`] for an empty or endless text; [`StoreError::NotFound`] for an unknown incident.
    pub async fn note_add(
        &self,
        on: NotedOn,
        text: &str,
        by: Actor<'_>,
        once: Option<Once<'_>>,
        now: Timestamp,
    ) -> Result<(), IncidentError> {
        let text = note_text(text)?;
        let mut tx = self.begin().await?;
        if is_done(&mut tx, once, now).await?.is_some() {
            return Ok(());
        }
        if let NotedOn::Incident(incident) = on {
            let touched =
                execute!(tx, "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1", incident.0)?;
            if touched == 0 {
                return Err(StoreError::NotFound.into());
            }
        }
        add(&mut tx, on, &text, by.into(), now).await?;
        settle(&mut tx, once, "").await?;
        Ok(tx.commit().await?)
    }
}
