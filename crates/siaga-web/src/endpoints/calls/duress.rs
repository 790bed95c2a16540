//! `POST /api/calls/{id}/duress`: marks that the caller cannot speak freely.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::Switch};

pub async fn mark(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(body): JsonBody<Switch>,
) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Duress { user: person.user_id, call, on: body.on }).await?;
    Ok(StatusCode::NO_CONTENT)
}
