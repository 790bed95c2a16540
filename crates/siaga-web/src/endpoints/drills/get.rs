//! `GET /api/drills`: the one that runs, and what teams did with those of the past.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::drill::DrillPage;

pub async fn page(State(web): State<Web>) -> Answer<Json<DrillPage>> {
    Ok(Json(web.store.drills().await?))
}
