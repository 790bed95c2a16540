//! `GET /api/dry-runs/{id}`.

use crate::{Answer, Problem, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::view::policies::DryRunView;
use uuid::Uuid;

pub async fn dry_run(State(web): State<Web>, PathId(id): PathId<Uuid>) -> Answer<Json<DryRunView>> {
    let view = web.dry_runs.view(id);
    view.map(Json).ok_or_else(|| Problem::not_found("Uji coba").detail("Mulai lagi: hasil lama tidak disimpan."))
}
