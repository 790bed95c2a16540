//! `GET /api/links`: callers that sent or were sent something while a link lives, those with something unread first.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::link::LinkThread;
use siaga_engine::clock;
use siaga_store::links::ThreadsOf;

pub async fn threads(State(web): State<Web>) -> Answer<Json<Vec<LinkThread>>> {
    Ok(Json(web.store.link_threads(ThreadsOf::Now, &web.city.now(), clock::now()).await?))
}
