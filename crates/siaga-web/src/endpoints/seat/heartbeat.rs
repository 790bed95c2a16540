//! `POST /api/seat/heartbeat`: the page lives; every 5 s. 409 `no_seat`: take the seat again (the server was restarted).

use crate::{Answer, Person, Web};
use axum::{extract::State, http::StatusCode};
use siaga_core::desk::DeskCommand;

pub async fn heartbeat(State(web): State<Web>, person: Person) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Heartbeat { user: person.user_id }).await?;
    Ok(StatusCode::NO_CONTENT)
}
