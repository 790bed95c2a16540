//! `POST /api/policies/{version}/dry-runs`: tries a version on the calls of the last year, beside the rules in force.

use crate::{Answer, Problem, Web, input::PathId};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::view::policies::{DryRunView, PolicyText};
use siaga_engine::clock;
use siaga_store::StoreError;

pub async fn begin(State(web): State<Web>, PathId(version): PathId<i64>) -> Answer<(StatusCode, Json<DryRunView>)> {
    let PolicyText(draft) = match web.store.policy(version).await {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Versi aturan")),
        other => other?.policy,
    };
    let in_force = (*web.policy.now()).clone();
    let begun = web.dry_runs.begin(&web.store, web.city.now(), version, in_force, draft, clock::now());
    let view = begun.ok_or_else(|| {
        Problem::conflict("Uji coba lain masih berjalan").detail("Tunggu sampai selesai, atau batalkan dahulu.")
    })?;
    Ok((StatusCode::ACCEPTED, Json(view)))
}
