//! `GET /api/map/sources`: what was imported, by whom, and who must be named with it.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::map::MapSourceView;

pub async fn sources(State(web): State<Web>) -> Answer<Json<Vec<MapSourceView>>> {
    Ok(Json(web.store.map_sources().await?))
}
