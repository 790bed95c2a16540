//! `POST /api/calls/{id}/claim` (*Ambil alih*): free for anybody in the first 20 s, then for shift leads.

use crate::{Answer, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{desk::DeskCommand, ids::CallId, view::desk::CallAtSeat};

pub async fn claim(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<Json<CallAtSeat>> {
    web.engine.ask(DeskCommand::Claim { user: person.user_id, role: person.role, call }).await?;
    Ok(Json(CallAtSeat { call_id: call }))
}
