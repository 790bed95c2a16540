//! `DELETE /api/calls/{id}/supervision`: the lead is off the call; it goes on. What is over already stays over.

use crate::{Answer, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId};

pub async fn end(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::EndSupervision { user: person.user_id, call }).await?;
    Ok(StatusCode::NO_CONTENT)
}
