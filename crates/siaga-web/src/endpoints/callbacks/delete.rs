//! `DELETE /api/callbacks/{id}`: a person crosses an entry off the list.

use crate::{Answer, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallbackId};

pub async fn cross_off(State(web): State<Web>, person: Person, PathId(id): PathId<CallbackId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::DropCallback { user: person.user_id, callback: id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
