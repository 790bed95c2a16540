//! `POST /api/links/{token}/lines`: a line of the chat, perhaps queued without a network with its true time. The telephone
//! names the line, so that one sent twice is one.

use crate::{Answer, JsonBody, Web, gate::ClientAddress, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    desk::Sent,
    link::done_at,
    view::link::{LinkPage, SendLine},
};
use siaga_engine::clock;
use siaga_store::links::Told;

pub async fn say(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
    JsonBody(body): JsonBody<SendLine>,
) -> Answer<Json<LinkPage>> {
    let now = clock::now();
    let link = super::admit(&web, &token, address, now).await?;
    let at = done_at(body.at, body.clock, link.made_at, now);
    if web.store.link_said(&link, body.line_id, &body.text, Told { at, now }).await? {
        super::arrived(&web, &link, Sent::Message).await;
    }
    super::page(&web, &link, now).await.map(Json)
}
