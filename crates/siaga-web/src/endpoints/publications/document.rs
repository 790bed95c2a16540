//! `GET /api/publications/{id}/{pdf|docx|xlsx|signed}`: a published report as it was signed.

use crate::{Answer, Problem, Web, documents::Form};
use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::Response,
};
use siaga_store::StoreError;
use uuid::Uuid;

pub async fn document(State(web): State<Web>, path: Result<Path<(Uuid, Form)>, PathRejection>) -> Answer<Response> {
    let Path((id, form)) = path.map_err(|_| Problem::not_found("Dokumen"))?;
    let (publication, signed) = match web.store.publication(id).await {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Laporan terbitan")),
        other => other?,
    };
    let name = format!("laporan-{}-{}-terbitan-{}", publication.from, publication.to, publication.version);
    web.documents.download(form, signed, web.edition(), &name).await
}
