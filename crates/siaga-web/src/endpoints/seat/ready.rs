//! `POST /api/seat/ready`: ends wrap and pause.

use crate::{Answer, Person, Web};
use axum::{extract::State, http::StatusCode};
use siaga_core::desk::DeskCommand;

pub async fn ready(State(web): State<Web>, person: Person) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Ready { user: person.user_id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
