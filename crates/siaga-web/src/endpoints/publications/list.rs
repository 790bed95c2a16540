//! `GET /api/publications`: what was published, the newest first.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::signed_report::Publication;

pub async fn publications(State(web): State<Web>) -> Answer<Json<Vec<Publication>>> {
    Ok(Json(web.store.publications().await?))
}
