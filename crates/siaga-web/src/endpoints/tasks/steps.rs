//! `POST /api/tasks/{token}/steps`: the crew's tap, perhaps queued in a dead zone with its true time.

use crate::{
    Answer, JsonBody, Web,
    gate::ClientAddress,
    input::{IdempotencyKey, PathId},
    scene::Command,
};
use axum::{Json, extract::State};
use siaga_core::view::{incident::Step, task::TaskView};
use siaga_store::incidents::StepBy;

pub async fn step(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
    key: IdempotencyKey,
    JsonBody(step): JsonBody<Step>,
) -> Answer<Json<TaskView>> {
    let scene = web.scene();
    let assignment = super::admit(&web, &scene, &token, address)?;
    // a link that has run out does nothing more
    super::view(&web, &scene, assignment).await?;
    let command = Command::new("responder", format!("steps {assignment}"), key, &step);
    let incident = web.store.assignment_step(assignment, &step, StepBy::Responder, command.once(), scene.now).await?;
    super::changed(&web, &scene, assignment, incident).await.map(Json)
}
