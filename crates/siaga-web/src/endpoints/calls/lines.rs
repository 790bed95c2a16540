//! `POST /api/calls/{id}/lines`: a line to a caller who has a link. `POST /api/calls/{id}/lines/read`: what they wrote so
//! far was read by a person here.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{extract::State, http::StatusCode};
use siaga_core::{
    ids::CallId,
    view::{desk::Topic, link::WriteLine},
};
use siaga_engine::clock;

pub async fn write(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(body): JsonBody<WriteLine>,
) -> Answer<StatusCode> {
    super::get::row(&web, call).await?;
    web.store.line_write(call, &body.text, actor(&person), clock::now()).await?;
    web.changes.tell(Topic::Links, Some(call.to_string()));
    Ok(StatusCode::CREATED)
}

pub async fn read(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    super::get::row(&web, call).await?;
    if web.store.lines_read(call, actor(&person), clock::now()).await? > 0 {
        web.changes.tell(Topic::Links, Some(call.to_string()));
    }
    Ok(StatusCode::NO_CONTENT)
}
