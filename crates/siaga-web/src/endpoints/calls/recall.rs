//! `GET /api/calls/{id}/recall?seconds=10`: the last seconds (at most and by default 60) of a running call as WAV. A line
//! that only the machine has may be heard by any call-taker. Who heard it is on the record.

use crate::{
    Answer, Person, Problem, Web,
    input::{PathId, QueryOf},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use siaga_core::ids::CallId;

/// What the recorder keeps at hand (s).
const SECONDS_MAX: u32 = 60;

#[derive(Deserialize)]
pub struct Recall {
    seconds: Option<u32>,
}

pub async fn recall(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    QueryOf(asked): QueryOf<Recall>,
) -> Answer<Response> {
    let seconds = asked.seconds.unwrap_or(SECONDS_MAX);
    if !(1..=SECONDS_MAX).contains(&seconds) {
        return Err(Problem::invalid(format!("seconds harus 1 sampai {SECONDS_MAX}")));
    }
    let sound = web.engine.recall(person.user_id, person.role, call, seconds).await?;
    Ok(([(header::CONTENT_TYPE, "audio/wav"), (header::CACHE_CONTROL, "no-store")], sound).into_response())
}
