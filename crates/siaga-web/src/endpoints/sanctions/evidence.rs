//! `GET /api/sanctions/{id}/evidence`: the signed file that `siaga verify evidence` checks. Who took it is on the record.

use super::Bench;
use crate::{Answer, Person, Problem, Web, input::PathId};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use siaga_core::ids::SanctionId;
use siaga_store::StoreError;

pub async fn file(State(web): State<Web>, person: Person, PathId(id): PathId<SanctionId>) -> Answer<Response> {
    let bench = Bench::of(&web);
    let key = web.store.evidence_key(rand::random()).await?;
    let bytes = match web.store.sanction_evidence(id, &key, &bench.ground()).await {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Tindakan")),
        other => other?,
    };
    web.store.sanction_exported(id, person.user_id, bench.now).await?;
    let head = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"bukti-{id}.json\"")),
    ];
    Ok((head, bytes).into_response())
}
