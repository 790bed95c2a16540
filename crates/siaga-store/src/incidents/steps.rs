//! Steps of an assignment, by the crew's own tap or by the dispatcher who hears them on the radio; and who is silent.

use super::{Actor, IncidentError, Once, Showing, is_done, message, notes, read, settle};
use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    outbox,
    rollup::let_go_incident,
    tx::{execute, fetch_all, fetch_one, row},
};
use serde_json::json;
use siaga_core::{
    desk::World,
    dispatch,
    ids::{AssignmentId, IncidentId},
    incident::{StepRefused, Stepped},
    intake::note_text,
    time::Timestamp,
    view::incident::{AssignmentState, IntakeFields, Step},
};
use uuid::Uuid;

/// Open incidents whose place screening asks for; more at once is a catastrophe in which every call is lane A anyway.
const NEAR_INCIDENTS_MAX: i64 = 200;

/// Who says so.
#[derive(Clone, Copy, Debug)]
pub enum StepBy<'a> {
    /// A person with an account, for the crew.
    Desk(Actor<'a>),
    /// The crew itself, by its link.
    Responder,
}

/// An assignment nobody has acknowledged in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silent {
    pub assignment: AssignmentId,
    pub incident: IncidentId,
    /// 1 to 3.
    pub level: u8,
    /// Written down and reminded of just now.
    pub fresh: bool,
}

row! {
    struct SilentRow {
        assignment_id: Uuid,
        incident_id: Uuid,
        sent_at: i64,
        acknowledge_by: i64,
        reminded_level: i64,
    }
}

impl Store {
    /// Moves an assignment; gives its incident. The same step twice changes nothing.
    ///
    /// # Errors
    /// [`IncidentError::Step`] for a step that is behind; [`IncidentError::Closed`].
    pub async fn assignment_step(
        &self,
        assignment: AssignmentId,
        step: &Step,
        by: StepBy<'_>,
        once: Option<Once<'_>>,
        now: Timestamp,
    ) -> Result<IncidentId, IncidentError> {
        let note = step.note.as_deref().filter(|note| !note.trim().is_empty()).map(note_text).transpose()?;
        let mut tx = self.begin().await?;
        let row = read::assignment_row(&mut tx, assignment).await?;
        let incident = IncidentId(row.incident_id);
        if is_done(&mut tx, once, now).await?.is_some() {
            return Ok(incident);
        }
        let held = row.assignment()?;
        let (user, name) = match by {
            StepBy::Desk(actor) => (Some(actor.user), actor.name),
            StepBy::Responder => (None, row.agency_label.as_str()),
        };
        // cancelling is the desk's: no link can do it
        if user.is_none() && step.state == AssignmentState::Cancelled {
            return Err(StepRefused::Backward.into());
        }
        let at = held.tap_time(step.at, step.clock, now);
        let stepped = held.step(step.state, at);
        let held_by = read::incident_row(&mut tx, incident).await?;
        let standing = read::standing(&mut tx, &held_by).await?;
        if standing.closed_at.is_some() {
            return match stepped {
                Ok(Stepped::Unchanged(_)) => Ok(incident),
                _ => Err(IncidentError::Closed),
            };
        }
        if let Stepped::Moved(next) = stepped? {
            execute!(
                tx,
                "UPDATE assignment SET state = $2, acknowledged_at = $3, en_route_at = $4, on_scene_at = $5, done_at = $6
                 WHERE assignment_id = $1",
                assignment.0,
                next.state.key(),
                next.acknowledged_at.map(|at| at.0),
                next.en_route_at.map(|at| at.0),
                next.on_scene_at.map(|at| at.0),
                next.done_at.map(|at| at.0)
            )?;
            let_go_incident(&mut tx, incident, self.zone()).await?;
            let touched = "UPDATE incident SET revision = revision + 1 WHERE incident_id = $1 OR incident_id = $2";
            execute!(tx, touched, incident.0, standing.incident_id)?;
            let event = NewEvent {
                actor: user,
                incident: Some(incident),
                body: json!({
                    "assignment_id": assignment, "agency": row.agency, "state": step.state,
                    "at": at, "tapped_at": step.at, "by": name,
                }),
                ..NewEvent::new(Uuid::now_v7(), now, "AssignmentStateChange")
            };
            events::append(&mut tx, event).await?;
        }
        if let Some(note) = note {
            let author = notes::Author { user: user.map(|id| id.0), name };
            notes::add(&mut tx, notes::NotedOn::Assignment(assignment, incident), &note, author, now).await?;
        }
        settle(&mut tx, once, "").await?;
        tx.commit().await?;
        Ok(incident)
    }

    /// Looks at the world: which assignments of open incidents nobody has acknowledged in time. A level reached for
    /// the first time is written down and the agency is reminded, once, in one transaction. Doing this twice, or on
    /// two machines, changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn assignments_silent(&self, showing: &Showing<'_>) -> Result<Vec<Silent>, StoreError> {
        let mut silent = {
            let mut tx = self.read().await?;
            silent_now(&mut tx, showing.now).await?
        };
        for one in silent.iter_mut().filter(|one| one.fresh) {
            one.fresh = self.remind(*one, showing).await?;
        }
        Ok(silent)
    }

    /// What only the database knows of the desk: how many are silent, when the last real report came in, and where open
    /// incidents are.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn world(&self, now: Timestamp) -> Result<World, StoreError> {
        let mut tx = self.read().await?;
        let silent = silent_now(&mut tx, now).await?.len();
        let (last,) = fetch_one!(tx, (Option<i64>,), "SELECT MAX(opened_at) FROM incident WHERE NOT drill")?;
        let open = fetch_all!(
            tx,
            (String,),
            "SELECT fields FROM incident WHERE closed_at IS NULL AND NOT drill ORDER BY opened_at DESC LIMIT $1",
            NEAR_INCIDENTS_MAX
        )?;
        let mut incidents = Vec::new();
        for (fields,) in open {
            let fields: IntakeFields =
                serde_json::from_str(&fields).map_err(|_| StoreError::row("incident", "fields"))?;
            incidents.extend(fields.lat.zip(fields.lng));
        }
        let handover_since = crate::handovers::waiting_since(&mut tx).await?;
        Ok(World {
            handover_since,
            overdue_count: u32::try_from(silent).unwrap_or(u32::MAX),
            last_emergency_at: last.map(Timestamp),
            incidents: incidents.into(),
            region: None,
        })
    }

    async fn remind(&self, silent: Silent, showing: &Showing<'_>) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let changed = execute!(
            tx,
            "UPDATE assignment SET reminded_level = $2
             WHERE assignment_id = $1 AND state = 'sent' AND reminded_level < $2",
            silent.assignment.0,
            i64::from(silent.level)
        )?;
        if changed == 0 {
            return Ok(false);
        }
        let row = read::assignment_row(&mut tx, silent.assignment).await?;
        let incident = read::incident_row(&mut tx, silent.incident).await?;
        let kind = message::Kind::Reminder { level: silent.level };
        let message = message::of(&mut tx, kind, &incident, &row, showing).await?;
        outbox::put(&mut tx, &message, showing.now).await?;
        let event = NewEvent {
            incident: Some(silent.incident),
            body: json!({ "assignment_id": silent.assignment, "agency": row.agency, "level": silent.level }),
            ..NewEvent::new(Uuid::now_v7(), showing.now, "AssignmentOverdue")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(true)
    }
}

async fn silent_now(tx: &mut crate::Tx, now: Timestamp) -> Result<Vec<Silent>, StoreError> {
    let rows = fetch_all!(
        *tx,
        SilentRow,
        "SELECT a.assignment_id, a.incident_id, a.sent_at, a.acknowledge_by, a.reminded_level
         FROM assignment a JOIN incident own ON own.incident_id = a.incident_id
              JOIN incident i ON i.incident_id = COALESCE(own.root, own.incident_id)
         WHERE a.state = 'sent' AND a.acknowledge_by <= $1 AND i.closed_at IS NULL AND NOT i.drill
         ORDER BY a.sent_at, a.assignment_id",
        now.0
    )?;
    let silent = rows.into_iter().map(|row| {
        let level = dispatch::overdue_level(Timestamp(row.sent_at), Timestamp(row.acknowledge_by), now);
        Silent {
            assignment: AssignmentId(row.assignment_id),
            incident: IncidentId(row.incident_id),
            level,
            fresh: i64::from(level) > row.reminded_level,
        }
    });
    Ok(silent.collect())
}
