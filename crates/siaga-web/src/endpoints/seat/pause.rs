//! `POST /api/seat/pause`: a pause begins or ends; during a call it begins after it.

use crate::{Answer, JsonBody, Person, Web};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, view::desk::Switch};

pub async fn pause(State(web): State<Web>, person: Person, JsonBody(body): JsonBody<Switch>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::Pause { user: person.user_id, on: body.on }).await?;
    Ok(StatusCode::NO_CONTENT)
}
