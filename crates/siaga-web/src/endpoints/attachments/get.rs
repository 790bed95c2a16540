//! `GET /api/attachments/{id}`: one photo.

use crate::{Answer, Problem, Web, input::PathId};
use axum::{
    extract::State,
    http::{HeaderName, header},
};
use siaga_core::ids::AttachmentId;
use siaga_store::StoreError;

pub async fn photo(
    State(web): State<Web>,
    PathId(id): PathId<AttachmentId>,
) -> Answer<([(HeaderName, String); 2], Vec<u8>)> {
    let photo = match web.store.photo(&web.config.attachments, id).await {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Foto")),
        other => other?,
    };
    // at most PHOTO_BYTES_MAX: it was checked when it came in
    let bytes = tokio::fs::read(&photo.file).await.map_err(|error| Problem::internal(&error))?;
    let headers = [(header::CONTENT_TYPE, photo.mime), (header::CONTENT_DISPOSITION, "inline".to_owned())];
    Ok((headers, bytes))
}
