//! `DELETE /api/seat`: leaves the seat; not in the middle of a call.

use crate::{Answer, Person, Web};
use axum::{extract::State, http::StatusCode};
use siaga_core::desk::DeskCommand;

pub async fn leave(State(web): State<Web>, person: Person) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::LeaveSeat { user: person.user_id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
