//! `POST /api/calls/{id}/draft/notes`: one line more on the sheet. Answers with the sheet.

use crate::{
    Answer, JsonBody, Person, Web,
    endpoints::calls,
    input::{IdempotencyKey, PathId},
    scene::{Command, actor},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::CallId,
    view::{
        desk::Topic,
        incident::{DraftView, NewNote},
    },
};
use siaga_engine::clock;
use siaga_store::incidents::NotedOn;

pub async fn add(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    key: IdempotencyKey,
    JsonBody(note): JsonBody<NewNote>,
) -> Answer<(StatusCode, Json<DraftView>)> {
    calls::get::row(&web, call).await?;
    let command = Command::new(person.user_id, format!("draft notes {call}"), key, &note);
    web.store.note_add(NotedOn::Call(call), &note.text, actor(&person), command.once(), clock::now()).await?;
    let draft = web.store.draft(call).await?;
    web.changes.tell(Topic::Drafts, Some(call.to_string()));
    if let Some(incident) = draft.incident_id {
        web.changes.tell(Topic::Incidents, Some(incident.to_string()));
    }
    Ok((StatusCode::CREATED, Json(draft)))
}
