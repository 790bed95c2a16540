//! `POST /api/calls/{id}/say`: the machine says something for who cannot speak, on one's own line or one it listens to.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::Say};

pub async fn say(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(body): JsonBody<Say>,
) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Say { user: person.user_id, call, prompt: body.prompt }).await?;
    Ok(StatusCode::NO_CONTENT)
}
