//! `GET /api/campaigns`: all of them with their effect, the latest days first.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::campaign::CampaignView;

pub async fn campaigns(State(web): State<Web>) -> Answer<Json<Vec<CampaignView>>> {
    Ok(Json(web.store.campaigns(super::today(&web)).await?))
}
