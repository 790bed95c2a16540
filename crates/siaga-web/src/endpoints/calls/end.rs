//! `POST /api/calls/{id}/end`: the person ends the conversation.

use crate::{Answer, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId};

pub async fn end(State(web): State<Web>, person: Person, PathId(id): PathId<CallId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::End { user: person.user_id, call: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
