//! `GET /api/publications/{id}/changes`: which figures are not what they were when it was published.

use crate::{Answer, Problem, Web, endpoints::report::get::refused, input::PathId};
use axum::{Json, extract::State};
use siaga_core::view::signed_report::SinceThen;
use siaga_store::{StoreError, reports::ReportError};
use uuid::Uuid;

pub async fn changes(State(web): State<Web>, PathId(id): PathId<Uuid>) -> Answer<Json<SinceThen>> {
    match web.store.publication_since(id, &web.city.now()).await {
        Err(ReportError::Store(StoreError::NotFound)) => Err(Problem::not_found("Laporan terbitan")),
        other => Ok(Json(other.map_err(refused)?)),
    }
}
