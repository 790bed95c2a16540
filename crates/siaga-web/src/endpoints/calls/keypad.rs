//! `POST /api/calls/{id}/keypad`: telephone keys to the caller's line.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::Keypad};

pub async fn keypad(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<CallId>,
    JsonBody(body): JsonBody<Keypad>,
) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Keypad { user: person.user_id, call: id, digits: body.digits }).await?;
    Ok(StatusCode::NO_CONTENT)
}
