//! What the screens see of incidents: rows put together with the city's words, the links and the clock.

use super::{TASK_LINK_AFTER_CLOSING_MS, TaskKey, answers, notes, threat};
use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_one, fetch_optional, row},
};
use siaga_core::{
    city::City,
    dispatch,
    ids::{AssignmentId, AttachmentId, CallId, IncidentId},
    incident::{Assignment, Incident, shared, shared_notes, shares_lines},
    intake::place_line,
    time::Timestamp,
    view::{
        incident::{
            AssignmentState, AssignmentView, IncidentOutcome, IncidentRef, IncidentStatus, IncidentView, IntakeFields,
            MajorMark,
        },
        task::TaskView,
    },
};
use uuid::Uuid;

/// `assignment.kind` of a neighbour who is asked to take an incident over.
pub(super) const NEIGHBOUR: &str = "neighbour";
/// Rows of one list: more open incidents than this is a catastrophe that no list shows.
const LIST_MAX: i64 = 200;

/// What turns rows into what people read: words, links, and the time it is.
#[derive(Clone, Copy, Debug)]
pub struct Showing<'a> {
    pub city: &'a City,
    pub key: &'a TaskKey,
    /// In front of `/tugas/...`; empty where only our own pages read it.
    pub base_url: &'a str,
    pub now: Timestamp,
}

impl Showing<'_> {
    pub(super) fn task_url(&self, assignment: AssignmentId) -> String {
        format!("{}/tugas/{}", self.base_url.trim_end_matches('/'), self.key.token(assignment))
    }

    pub(super) fn type_label(&self, key: &str) -> String {
        self.city.incident_type(key).map_or_else(|| key.to_owned(), |one| one.label.clone())
    }
}

/// Which incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentFilter {
    /// Oldest first.
    Open,
    /// Newest first.
    Closed,
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct IncidentRow {
        pub incident_id: Uuid,
        pub year: i64,
        pub number: i64,
        pub incident_type: String,
        pub fields: String,
        pub opened_at: i64,
        pub opened_by_name: String,
        pub opened_call: Uuid,
        pub first_agency: Option<String>,
        pub closed_at: Option<i64>,
        pub outcome: Option<String>,
        pub revision: i64,
        pub merged_into: Option<Uuid>,
        pub root: Option<Uuid>,
        pub major_at: Option<i64>,
        pub major_by: Option<String>,
        pub major_reason: Option<String>,
        pub drill: bool,
    }
}

row! {
    #[derive(Clone, Debug)]
    pub(crate) struct AssignmentRow {
        pub assignment_id: Uuid,
        pub incident_id: Uuid,
        pub agency: String,
        pub agency_label: String,
        pub reason: String,
        pub kind: String,
        pub state: String,
        pub sent_at: i64,
        pub acknowledge_by: i64,
        pub acknowledged_at: Option<i64>,
        pub en_route_at: Option<i64>,
        pub on_scene_at: Option<i64>,
        pub done_at: Option<i64>,
    }
}

impl IncidentRow {
    pub fn fields(&self) -> Result<IntakeFields, StoreError> {
        serde_json::from_str(&self.fields).map_err(|_| StoreError::row("incident", "fields"))
    }

    pub fn state(&self) -> Result<Incident, StoreError> {
        let Some(at) = self.closed_at else { return Ok(Incident::Open) };
        if let Some(into) = self.merged_into {
            return Ok(Incident::Merged { into: IncidentId(into), at: Timestamp(at) });
        }
        let outcome = self.outcome.as_deref().and_then(IncidentOutcome::from_key);
        let outcome = outcome.ok_or_else(|| StoreError::row("incident", "outcome"))?;
        Ok(Incident::Closed { outcome, at: Timestamp(at) })
    }
}

impl AssignmentRow {
    pub fn assignment(&self) -> Result<Assignment, StoreError> {
        let state = AssignmentState::from_key(&self.state).ok_or_else(|| StoreError::row("assignment", "state"))?;
        Ok(Assignment {
            state,
            sent_at: Timestamp(self.sent_at),
            acknowledged_at: self.acknowledged_at.map(Timestamp),
            en_route_at: self.en_route_at.map(Timestamp),
            on_scene_at: self.on_scene_at.map(Timestamp),
            done_at: self.done_at.map(Timestamp),
        })
    }
}

pub(super) async fn incident_row(tx: &mut Tx, incident: IncidentId) -> Result<IncidentRow, StoreError> {
    let sql = "SELECT * FROM incident WHERE incident_id = $1";
    fetch_one!(*tx, IncidentRow, sql, incident.0)
}

/// The incident at which this one is steered: itself, or the one that it gave way to in the end.
pub(super) async fn standing(tx: &mut Tx, row: &IncidentRow) -> Result<IncidentRow, StoreError> {
    match row.root {
        Some(root) => incident_row(tx, IncidentId(root)).await,
        None => Ok(row.clone()),
    }
}

/// Open ones, and those closed since a time; the newest first. Those that gave way to another are seen there.
pub(super) async fn recent(tx: &mut Tx, closed_since: i64, limit: i64) -> Result<Vec<IncidentRow>, StoreError> {
    let sql = "SELECT * FROM incident WHERE closed_at IS NULL OR (closed_at >= $1 AND merged_into IS NULL) ORDER BY opened_at DESC LIMIT $2";
    fetch_all!(*tx, IncidentRow, sql, closed_since, limit)
}

pub(super) async fn assignment_row(tx: &mut Tx, assignment: AssignmentId) -> Result<AssignmentRow, StoreError> {
    let sql = "SELECT * FROM assignment WHERE assignment_id = $1";
    fetch_one!(*tx, AssignmentRow, sql, assignment.0)
}

/// Those of the incident and of all that gave way to it.
pub(super) async fn assignment_rows(tx: &mut Tx, incident: Uuid) -> Result<Vec<AssignmentRow>, StoreError> {
    let sql = "SELECT * FROM assignment
               WHERE incident_id IN (SELECT incident_id FROM incident WHERE incident_id = $1 OR root = $1)
               ORDER BY sent_at, assignment_id";
    fetch_all!(*tx, AssignmentRow, sql, incident)
}

async fn assignment_view(tx: &mut Tx, row: AssignmentRow, showing: &Showing<'_>) -> Result<AssignmentView, StoreError> {
    let one = row.assignment()?;
    let acknowledge_by = Timestamp(row.acknowledge_by);
    let delivered = fetch_optional!(
        *tx,
        (String,),
        "SELECT channel FROM outbox
         WHERE assignment_id = $1 AND kind = 'dispatch' AND state = 'delivered' LIMIT 1",
        row.assignment_id
    )?;
    let photos = fetch_all!(
        *tx,
        (Uuid,),
        "SELECT attachment_id FROM attachment WHERE assignment_id = $1 ORDER BY at, attachment_id",
        row.assignment_id
    )?;
    let assignment_id = AssignmentId(row.assignment_id);
    let silent = one.is_unacknowledged();
    Ok(AssignmentView {
        assignment_id,
        incident_id: IncidentId(row.incident_id),
        agency: row.agency,
        agency_label: row.agency_label,
        reason: row.reason,
        hand_over: row.kind == NEIGHBOUR,
        state: one.state,
        sent_at: one.sent_at,
        acknowledge_by,
        overdue_level: if silent { dispatch::overdue_level(one.sent_at, acknowledge_by, showing.now) } else { 0 },
        acknowledged_at: one.acknowledged_at,
        en_route_at: one.en_route_at,
        on_scene_at: one.on_scene_at,
        done_at: one.done_at,
        delivered: delivered.is_some(),
        by_hand: delivered.is_some_and(|(channel,)| channel == "page"),
        notes: notes::of_assignment(tx, row.assignment_id).await?,
        photos: photos.into_iter().map(|(id,)| AttachmentId(id)).collect(),
        task_url: showing.task_url(assignment_id),
    })
}

const MERGED: &str = "SELECT * FROM incident WHERE merged_into = $1 ORDER BY opened_at, number";
const LINKED: &str = "SELECT * FROM incident WHERE incident_id IN
    (SELECT other FROM incident_link WHERE one = $1 UNION SELECT one FROM incident_link WHERE other = $1)
    ORDER BY opened_at, number";

fn reference(row: IncidentRow, showing: &Showing<'_>) -> Result<IncidentRef, StoreError> {
    Ok(IncidentRef {
        incident_id: IncidentId(row.incident_id),
        number: u32::try_from(row.number).map_err(|_| StoreError::row("incident", "number"))?,
        type_label: showing.type_label(&row.incident_type),
        status: if row.closed_at.is_some() { IncidentStatus::Closed } else { IncidentStatus::Open },
    })
}

async fn references(
    tx: &mut Tx,
    sql: &'static str,
    incident: Uuid,
    showing: &Showing<'_>,
) -> Result<Vec<IncidentRef>, StoreError> {
    fetch_all!(*tx, IncidentRow, sql, incident)?.into_iter().map(|row| reference(row, showing)).collect()
}

async fn incident_view(tx: &mut Tx, row: IncidentRow, showing: &Showing<'_>) -> Result<IncidentView, StoreError> {
    let fields = row.fields()?;
    let state = row.state()?;
    let (status, outcome, closed_at) = match state {
        Incident::Open => (IncidentStatus::Open, None, None),
        Incident::Closed { outcome, at } => (IncidentStatus::Closed, Some(outcome), Some(at)),
        Incident::Merged { at, .. } => (IncidentStatus::Closed, Some(IncidentOutcome::Duplicate), Some(at)),
    };
    let merged_into = match state {
        Incident::Merged { into, .. } => Some(reference(incident_row(tx, into).await?, showing)?),
        _ => None,
    };
    // where its crews are closed: at the incident that it stands at now
    let crews_closed = standing(tx, &row).await?.closed_at.is_some();
    let calls = fetch_all!(
        *tx,
        (Uuid,),
        "SELECT call_id FROM incident_call
         WHERE incident_id IN (SELECT incident_id FROM incident WHERE incident_id = $1 OR root = $1)
         ORDER BY at, call_id",
        row.incident_id
    )?;
    let mut assignments = Vec::new();
    for one in assignment_rows(tx, row.incident_id).await? {
        let mut view = assignment_view(tx, one, showing).await?;
        // Nobody is late for a drill.
        if crews_closed || row.drill {
            view.overdue_level = 0;
        }
        assignments.push(view);
    }
    Ok(IncidentView {
        drill: row.drill,
        duress: threat::of_incident(tx, row.root.unwrap_or(row.incident_id)).await?,
        incident_id: IncidentId(row.incident_id),
        number: u32::try_from(row.number).map_err(|_| StoreError::row("incident", "number"))?,
        status,
        outcome,
        type_label: showing.type_label(&row.incident_type),
        incident_type: row.incident_type,
        place: place_line(showing.city, &fields),
        fields,
        opened_at: Timestamp(row.opened_at),
        closed_at,
        opened_by: row.opened_by_name,
        opened_call: CallId(row.opened_call),
        calls: calls.into_iter().map(|(id,)| CallId(id)).collect(),
        assignments,
        notes: notes::of_incident(tx, row.incident_id).await?,
        merged_into,
        merged: references(tx, MERGED, row.incident_id, showing).await?,
        links: references(tx, LINKED, row.incident_id, showing).await?,
        major: row.major_at.map(|at| MajorMark {
            at: Timestamp(at),
            by: row.major_by.unwrap_or_default(),
            reason: row.major_reason.unwrap_or_default(),
        }),
        revision: u32::try_from(row.revision).map_err(|_| StoreError::row("incident", "revision"))?,
    })
}

impl Store {
    /// One incident as the screens show it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn incident(&self, incident: IncidentId, showing: &Showing<'_>) -> Result<IncidentView, StoreError> {
        let mut tx = self.read().await?;
        let row = incident_row(&mut tx, incident).await?;
        incident_view(&mut tx, row, showing).await
    }

    /// Open incidents oldest first, or closed ones newest first; at most 200.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn incidents(
        &self,
        filter: IncidentFilter,
        showing: &Showing<'_>,
    ) -> Result<Vec<IncidentView>, StoreError> {
        let open = "SELECT * FROM incident WHERE closed_at IS NULL ORDER BY opened_at, number LIMIT $1";
        let closed = "SELECT * FROM incident WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT $1";
        let mut tx = self.read().await?;
        let rows = match filter {
            IncidentFilter::Open => fetch_all!(tx, IncidentRow, open, LIST_MAX)?,
            IncidentFilter::Closed => fetch_all!(tx, IncidentRow, closed, LIST_MAX)?,
        };
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            views.push(incident_view(&mut tx, row, showing).await?);
        }
        Ok(views)
    }

    /// The incident of an assignment.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn assignment_incident(&self, assignment: AssignmentId) -> Result<IncidentId, StoreError> {
        let mut tx = self.read().await?;
        Ok(IncidentId(assignment_row(&mut tx, assignment).await?.incident_id))
    }

    /// The responder's page. After closing it is for reading, without the reporter, and a week later it is gone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] also for a link that has run out.
    pub async fn task(&self, assignment: AssignmentId, showing: &Showing<'_>) -> Result<TaskView, StoreError> {
        let mut tx = self.read().await?;
        let row = assignment_row(&mut tx, assignment).await?;
        let incident = incident_row(&mut tx, IncidentId(row.incident_id)).await?;
        let closed_at = standing(&mut tx, &incident).await?.closed_at;
        if closed_at.is_some_and(|at| showing.now.ms_since(Timestamp(at)) > TASK_LINK_AFTER_CLOSING_MS) {
            return Err(StoreError::NotFound);
        }
        let closed = closed_at.is_some();
        let one = row.assignment()?;
        let sheet = incident.fields()?;
        // what this agency may see; nothing below reads the sheet itself
        let fields = shared(showing.city, &row.agency, &sheet);
        let lines = notes::of_incident(&mut tx, row.incident_id).await?;
        let lines = shared_notes(showing.city, &row.agency, &sheet, lines);
        let (photos,) =
            fetch_one!(tx, (i64,), "SELECT COUNT(*) FROM attachment WHERE assignment_id = $1", row.assignment_id)?;
        let root = incident.root.unwrap_or(incident.incident_id);
        Ok(TaskView {
            drill: incident.drill,
            duress: !closed && threat::of_incident(&mut tx, root).await?,
            incident_number: u32::try_from(incident.number).map_err(|_| StoreError::row("incident", "number"))?,
            agency_label: row.agency_label.clone(),
            type_label: showing.type_label(&incident.incident_type),
            place: place_line(showing.city, &fields),
            lat: fields.lat,
            lng: fields.lng,
            situation: fields.situation,
            victims: fields.victims,
            reporter_name: fields.reporter_name.filter(|_| !closed),
            reporter_number: fields.reporter_number.filter(|_| !closed),
            incident_notes: lines,
            answers: if shares_lines(showing.city, &row.agency) {
                answers::for_crew(&mut tx, row.incident_id, showing).await?
            } else {
                Vec::new()
            },
            state: one.state,
            sent_at: one.sent_at,
            acknowledged_at: one.acknowledged_at,
            en_route_at: one.en_route_at,
            on_scene_at: one.on_scene_at,
            done_at: one.done_at,
            next: if closed { Vec::new() } else { one.responder_next() },
            notes: notes::of_assignment(&mut tx, row.assignment_id).await?,
            photo_count: u32::try_from(photos).unwrap_or(u32::MAX),
            closed,
            city: showing.city.name.clone(),
            demo: false,
        })
    }
}
