//! `/api/campaigns`: *sosialisasi*, and what it did to the calls.

pub mod cancel;
pub mod correct;
pub mod create;
pub mod effect;
pub mod get;
pub mod list;

use crate::{Answer, Problem, Web};
use siaga_core::{campaign::Campaign, ids::CampaignId, time::LocalDay, view::campaign::CampaignDetail};
use siaga_engine::clock;
use siaga_store::StoreError;

fn today(web: &Web) -> LocalDay {
    clock::now().local_day(web.city.now().time_zone())
}

fn refused(error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => Problem::not_found("Kegiatan"),
        StoreError::Conflict(_) => Problem::conflict("Kegiatan ini baru saja diubah atau dibatalkan orang lain")
            .detail("Muat ulang, lalu ubah lagi."),
        other => other.into(),
    }
}

fn checked(web: &Web, campaign: Campaign) -> Answer<Campaign> {
    campaign.checked(&web.city.now()).map_err(Problem::from)
}

async fn detail(web: &Web, id: CampaignId) -> Answer<CampaignDetail> {
    web.store.campaign(id, today(web)).await.map_err(refused)
}

#[cfg(test)]
mod tests;
