//! `POST /api/calls/{id}/link`: a location link for the caller of this call; the message waits in the outbox.
//! `GET`: what went to and fro in this call, however long ago.

use crate::{Answer, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::CallId,
    view::{desk::Topic, link::LinkThread},
};
use siaga_engine::clock;
use siaga_store::links::{NewLink, ThreadsOf};

pub async fn send(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    super::get::row(&web, call).await?;
    let scene = web.scene();
    let new = NewLink { call, chance: rand::random(), by: Some(actor(&person)) };
    web.store.link_make(new, &scene.showing()).await?;
    web.changes.tell(Topic::Outbox, None);
    web.changes.tell(Topic::Links, Some(call.to_string()));
    Ok(StatusCode::CREATED)
}

pub async fn threads(State(web): State<Web>, PathId(call): PathId<CallId>) -> Answer<Json<Vec<LinkThread>>> {
    Ok(Json(web.store.link_threads(ThreadsOf::Call(call), &web.city.now(), clock::now()).await?))
}
