//! `DELETE /api/map/sources/{kind}/{name}`: takes an imported source away.

use crate::{Answer, Person, Web, input::PathId, scene::actor};
use axum::{extract::State, http::StatusCode};
use siaga_core::view::{desk::Topic, map::MapSourceKind};
use siaga_engine::{clock, map};

pub async fn remove(
    State(web): State<Web>,
    person: Person,
    PathId((kind, name)): PathId<(MapSourceKind, String)>,
) -> Answer<StatusCode> {
    web.store.map_source_remove(kind, &name, Some(actor(&person)), clock::now()).await?;
    map::load(&web.store, &web.city).await?;
    web.changes.tell(Topic::City, None);
    Ok(StatusCode::NO_CONTENT)
}
