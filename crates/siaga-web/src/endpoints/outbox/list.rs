//! `GET /api/outbox`: what left the house, what waits, what failed; newest first.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::outbox::OutboxView;

pub async fn outbox(State(web): State<Web>) -> Answer<Json<Vec<OutboxView>>> {
    Ok(Json(web.store.outbox_list().await?))
}
