//! `POST /api/links/{token}/positions`: where the caller's telephone says it is. Comes again whenever it knows better.

use crate::{Answer, JsonBody, Problem, Web, gate::ClientAddress, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    desk::Sent,
    link::done_at,
    location::{self, Located, PositionSource},
    view::link::{LinkPage, SendPosition},
};
use siaga_engine::clock;
use siaga_store::links::Told;

pub async fn keep(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
    JsonBody(body): JsonBody<SendPosition>,
) -> Answer<Json<LinkPage>> {
    let now = clock::now();
    let link = super::admit(&web, &token, address, now).await?;
    let position = location::read(body.lat, body.lng, body.radius_m)
        .ok_or_else(|| Problem::invalid("Lokasi ini tidak ada di bumi").detail("Kirim ulang dari telepon Anda."))?;
    let at = done_at(body.at, body.clock, link.made_at, now);
    web.store.link_located(&link, &position, Told { at, now }).await?;
    let located = Located { position, source: PositionSource::Link, at };
    super::arrived(&web, &link, Sent::Position(located)).await;
    super::page(&web, &link, now).await.map(Json)
}
