//! `POST /api/links/{token}/photos`: one photo as `multipart/form-data`. Its kind is told by its bytes.

use crate::{Answer, Web, endpoints::tasks::photos, gate::ClientAddress, input::PathId};
use axum::{
    Json,
    extract::{Request, State},
};
use siaga_core::{desk::Sent, view::link::LinkPage};
use siaga_engine::clock;

pub async fn keep(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
    request: Request,
) -> Answer<Json<LinkPage>> {
    let now = clock::now();
    let link = super::admit(&web, &token, address, now).await?;
    let (bytes, kind) = photos::read(request).await?;
    if web.store.link_photo(&web.config.attachments, &link, kind, &bytes, now).await? {
        super::arrived(&web, &link, Sent::Message).await;
    }
    super::page(&web, &link, now).await.map(Json)
}
