//! `POST /api/callbacks/{id}/call`: calls this person back from the own seat.

use crate::{Answer, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    desk::{DeskCommand, DeskReply, Refusal},
    ids::CallbackId,
    view::desk::CallAtSeat,
};

pub async fn call(
    State(web): State<Web>,
    person: Person,
    PathId(callback): PathId<CallbackId>,
) -> Answer<Json<CallAtSeat>> {
    match web.engine.ask(DeskCommand::CallBack { user: person.user_id, callback }).await? {
        DeskReply::Call(call_id) => Ok(Json(CallAtSeat { call_id })),
        DeskReply::Done | DeskReply::Seat(_) => Err(Refusal::NotNow.into()),
    }
}
