//! `POST /api/incidents/{id}/assignments`: one agency more.

use crate::{
    Answer, JsonBody, Person, Web,
    input::{IdempotencyKey, PathId},
    scene::{Command, actor},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{IncidentView, NewAssignment},
    },
};

pub async fn add(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    key: IdempotencyKey,
    JsonBody(new): JsonBody<NewAssignment>,
) -> Answer<(StatusCode, Json<IncidentView>)> {
    let scene = web.scene();
    let command = Command::new(person.user_id, format!("assignments {id}"), key, &new);
    web.store.assignment_add(id, &new.agency, &scene.showing(), actor(&person), command.once()).await?;
    web.changes.tell(Topic::Outbox, None);
    Ok((StatusCode::CREATED, Json(super::changed(&web, &scene, id).await?)))
}
