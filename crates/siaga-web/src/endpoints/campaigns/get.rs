//! `GET /api/campaigns/{id}`: one, with all it was written down as.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CampaignId, view::campaign::CampaignDetail};

pub async fn campaign(State(web): State<Web>, PathId(id): PathId<CampaignId>) -> Answer<Json<CampaignDetail>> {
    super::detail(&web, id).await.map(Json)
}
