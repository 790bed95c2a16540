//! `POST /api/calls/{id}/hold`: nothing goes either way; the caller hears that we are there.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::Switch};

pub async fn hold(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<CallId>,
    JsonBody(body): JsonBody<Switch>,
) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Hold { user: person.user_id, call: id, on: body.on }).await?;
    Ok(StatusCode::NO_CONTENT)
}
