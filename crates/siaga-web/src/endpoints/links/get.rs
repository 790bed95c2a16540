//! `GET /api/links/{token}`: what the caller's page shows. Asked every few seconds while it is open.

use crate::{Answer, Web, gate::ClientAddress, input::PathId};
use axum::{Json, extract::State};
use siaga_core::view::{desk::Topic, link::LinkPage};
use siaga_engine::clock;

pub async fn page(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
) -> Answer<Json<LinkPage>> {
    let now = clock::now();
    let link = super::admit(&web, &token, address, now).await?;
    if !link.opened && web.store.link_opened(&link, now).await? {
        web.changes.tell(Topic::Links, Some(link.call.to_string()));
    }
    super::page(&web, &link, now).await.map(Json)
}
