//! `POST /api/campaigns`: writes one down. The page makes the id, so that one sent twice is one.

use crate::{Answer, JsonBody, Person, Web, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::view::campaign::{CampaignDetail, NewCampaign};
use siaga_engine::clock;

pub async fn create(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<NewCampaign>,
) -> Answer<(StatusCode, Json<CampaignDetail>)> {
    let campaign = super::checked(&web, new.campaign)?;
    let made = web.store.campaign_create(new.campaign_id, &campaign, actor(&person), clock::now()).await;
    made.map_err(super::refused)?;
    Ok((StatusCode::CREATED, Json(super::detail(&web, new.campaign_id).await?)))
}
