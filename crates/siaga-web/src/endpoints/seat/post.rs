//! `POST /api/seat`: takes a seat, after the microphone check.

use crate::{Answer, JsonBody, Person, Problem, Web};
use axum::{Json, extract::State};
use siaga_core::{
    desk::{DeskCommand, DeskReply, Refusal},
    view::desk::{SeatTaken, TakeSeat},
};

/// Quieter than this (dBFS) the microphone heard nothing: a spoken word reaches -40, the hiss of an open one -70.
const MICROPHONE_MIN_DBFS: f32 = -60.0;

pub async fn take(
    State(web): State<Web>,
    person: Person,
    JsonBody(check): JsonBody<TakeSeat>,
) -> Answer<Json<SeatTaken>> {
    if check.microphone_peak_dbfs.is_nan() || check.microphone_peak_dbfs < MICROPHONE_MIN_DBFS {
        return Err(Problem::invalid("Mikrofon tidak terdengar").detail("Periksa headset, lalu ucapkan sesuatu."));
    }
    let command = DeskCommand::TakeSeat { user: person.user_id, display_name: person.name };
    match web.engine.ask(command).await? {
        DeskReply::Seat(seat) => Ok(Json(SeatTaken { seat })),
        DeskReply::Done | DeskReply::Call(_) => Err(Refusal::NotNow.into()),
    }
}
