//! `PUT /api/calls/{id}/supervision`: the same lead on the same sound path, in another way.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId, view::supervision::SuperviseAs};

pub async fn change(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(body): JsonBody<SuperviseAs>,
) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::SuperviseAs { user: person.user_id, call, how: body.how }).await?;
    Ok(StatusCode::NO_CONTENT)
}
