//! `PUT /api/campaigns/{id}`: a new version, with its reason. What was written before stays to be read.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    campaign,
    ids::CampaignId,
    view::campaign::{CampaignDetail, CorrectCampaign},
};
use siaga_engine::clock;

pub async fn correct(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<CampaignId>,
    JsonBody(new): JsonBody<CorrectCampaign>,
) -> Answer<Json<CampaignDetail>> {
    // All that is wrong at once, the reason among it.
    let (reason, campaign) = match (campaign::reason(&new.reason), new.campaign.checked(&web.city.now())) {
        (Ok(reason), Ok(campaign)) => (reason, campaign),
        (reason, campaign) => {
            let faults = campaign.err().into_iter().flatten().chain(reason.err());
            return Err(Problem::from(faults.collect::<Vec<_>>()));
        }
    };
    let done = web.store.campaign_correct(id, new.seen, &campaign, &reason, actor(&person), clock::now()).await;
    done.map_err(super::refused)?;
    super::detail(&web, id).await.map(Json)
}
