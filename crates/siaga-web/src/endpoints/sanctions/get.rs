//! `GET /api/sanctions/{id}`: with the number's history, real reports first.

use super::Bench;
use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::SanctionId, view::sanction::SanctionDetail};

pub async fn sanction(State(web): State<Web>, PathId(id): PathId<SanctionId>) -> Answer<Json<SanctionDetail>> {
    let bench = Bench::of(&web);
    super::detail(&web, &bench, id).await.map(Json)
}
