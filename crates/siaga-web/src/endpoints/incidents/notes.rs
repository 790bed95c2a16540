//! `POST /api/incidents/{id}/notes`: one line more. Answers with the incident.

use crate::{
    Answer, JsonBody, Person, Web,
    input::{IdempotencyKey, PathId},
    scene::{Command, actor},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::IncidentId,
    view::incident::{IncidentView, NewNote},
};
use siaga_store::incidents::NotedOn;

pub async fn add(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    key: IdempotencyKey,
    JsonBody(note): JsonBody<NewNote>,
) -> Answer<(StatusCode, Json<IncidentView>)> {
    let scene = web.scene();
    let command = Command::new(person.user_id, format!("incident notes {id}"), key, &note);
    web.store.note_add(NotedOn::Incident(id), &note.text, actor(&person), command.once(), scene.now).await?;
    Ok((StatusCode::CREATED, Json(super::changed(&web, &scene, id).await?)))
}
