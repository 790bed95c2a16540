//! `POST /api/campaigns/{id}/cancel`: it did not happen. It stays in the list and is in no effect.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    campaign,
    ids::CampaignId,
    view::campaign::{CampaignDetail, CancelCampaign},
};
use siaga_engine::clock;

pub async fn cancel(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<CampaignId>,
    JsonBody(asked): JsonBody<CancelCampaign>,
) -> Answer<Json<CampaignDetail>> {
    let reason = campaign::reason(&asked.reason).map_err(|fault| Problem::from(vec![fault]))?;
    web.store.campaign_cancel(id, &reason, actor(&person), clock::now()).await.map_err(super::refused)?;
    super::detail(&web, id).await.map(Json)
}
