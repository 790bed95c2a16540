//! `POST /api/calls/{id}/answer`: this person takes the call. Only one can: the others get 409 `call_taken`.

use crate::{Answer, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::CallAtSeat};

pub async fn answer(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<Json<CallAtSeat>> {
    web.engine.ask(DeskCommand::Answer { user: person.user_id, call }).await?;
    Ok(Json(CallAtSeat { call_id: call }))
}
