//! `GET /api/sanctions?show=open|in_force|appealed|past`.

use super::Bench;
use crate::{Answer, Web, input::QueryOf};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::view::sanction::{SanctionList, SanctionView};

#[derive(Deserialize)]
pub struct Show {
    #[serde(default = "open")]
    show: SanctionList,
}

fn open() -> SanctionList {
    SanctionList::Open
}

pub async fn sanctions(State(web): State<Web>, QueryOf(show): QueryOf<Show>) -> Answer<Json<Vec<SanctionView>>> {
    let bench = Bench::of(&web);
    Ok(Json(web.store.sanctions_list(show.show, &bench.policy.sanction).await?))
}
