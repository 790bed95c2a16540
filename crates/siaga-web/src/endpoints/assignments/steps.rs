//! `POST /api/assignments/{id}/steps`: the dispatcher who hears the crew on the radio. Answers with the incident.

use crate::{
    Answer, JsonBody, Person, Web,
    endpoints::incidents,
    input::{IdempotencyKey, PathId},
    scene::{Command, actor},
};
use axum::{Json, extract::State};
use siaga_core::{
    ids::AssignmentId,
    view::{
        desk::Topic,
        incident::{AssignmentState, IncidentView, Step},
    },
};
use siaga_store::incidents::StepBy;

pub async fn step(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<AssignmentId>,
    key: IdempotencyKey,
    JsonBody(step): JsonBody<Step>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    if step.state == AssignmentState::Cancelled {
        let note = step.note.as_deref();
        let incident = web.store.assignment_cancel(id, note, &scene.showing(), actor(&person)).await?;
        web.changes.tell(Topic::Outbox, None);
        return incidents::changed(&web, &scene, incident).await.map(Json);
    }
    let command = Command::new(person.user_id, format!("steps {id}"), key, &step);
    let incident =
        web.store.assignment_step(id, &step, StepBy::Desk(actor(&person)), command.once(), scene.now).await?;
    incidents::changed(&web, &scene, incident).await.map(Json)
}
