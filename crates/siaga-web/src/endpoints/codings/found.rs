//! `GET /api/codings/found`: nuisance calls that turned out to be real and wait for a shift lead.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::coding::FoundReal;

pub async fn found(State(web): State<Web>) -> Answer<Json<Vec<FoundReal>>> {
    Ok(Json(web.store.codings_found().await?))
}
