//! `GET /api/map`: the boundaries of the kelurahan, simplified. They change once a year: a browser asks with the tag it
//! has, and is answered without a body.

use crate::{Answer, Problem, Web};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use siaga_core::view::map::MapView;
use std::collections::BTreeSet;

pub async fn map(State(web): State<Web>, headers: HeaderMap) -> Answer<Response> {
    let sources = web.store.map_sources().await?;
    let attributions: BTreeSet<String> =
        sources.into_iter().map(|one| one.attribution).filter(|text| !text.is_empty()).collect();
    let view =
        MapView { boundaries: web.city.now().boundaries().view(), attributions: attributions.into_iter().collect() };
    let body = serde_json::to_vec(&view).map_err(|error| Problem::internal(&error))?;
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(&body)[..8]));
    let caching = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|held| held.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}
