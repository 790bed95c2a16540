//! `POST /api/incidents/{id}/reopen`: a closed incident goes on after all, with the reason.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::incident::{GivenReason, IncidentView},
};

pub async fn reopen(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(given): JsonBody<GivenReason>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_reopen(id, &given.reason, actor(&person), scene.now).await?;
    super::changed(&web, &scene, id).await.map(Json)
}
