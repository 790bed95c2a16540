//! `POST /api/calls/{id}/hand-off`: abuse. The machine says that the line stays open, and listens.

use crate::{Answer, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{desk::DeskCommand, ids::CallId};

pub async fn hand_off(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::HandOff { user: person.user_id, call }).await?;
    Ok(StatusCode::NO_CONTENT)
}
