//! `GET /api/calls/{id}/recall`: the last 60 s of a running call as WAV. Who heard it is on the record.

use crate::{Answer, Person, Web, input::PathId};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use siaga_core::ids::CallId;

pub async fn recall(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<Response> {
    let sound = web.engine.recall(person.user_id, person.role, call).await?;
    Ok(([(header::CONTENT_TYPE, "audio/wav"), (header::CACHE_CONTROL, "no-store")], sound).into_response())
}
