//! `GET /api/campaigns/{id}/effect?window=28`: the effect by a span of days, and the days it is read from. Without `window`
//! by the span that was chosen for it.

use crate::{
    Answer, Problem, Web,
    input::{PathId, QueryOf},
};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::{campaign::WINDOWS, ids::CampaignId, view::campaign::CampaignEffect};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    window: Option<u16>,
}

pub async fn effect(
    State(web): State<Web>,
    PathId(id): PathId<CampaignId>,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer<Json<CampaignEffect>> {
    if asked.window.is_some_and(|window| !WINDOWS.contains(&window)) {
        return Err(Problem::invalid("Masa banding ini tidak ada").detail("Pilih 28, 56, atau 91 hari."));
    }
    let found = web.store.campaign_effect(id, asked.window, super::today(&web)).await;
    found.map(Json).map_err(super::refused)
}
