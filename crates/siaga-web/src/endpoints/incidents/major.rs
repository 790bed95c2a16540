//! `POST /api/incidents/{id}/major`: marks a major incident, with the reason. `DELETE` with a reason takes the mark off.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::incident::{GivenReason, IncidentView},
};

pub async fn declare(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(given): JsonBody<GivenReason>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_major(id, &given.reason, actor(&person), scene.now).await?;
    super::changed(&web, &scene, id).await.map(Json)
}

pub async fn stand_down(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(given): JsonBody<GivenReason>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_stand_down(id, &given.reason, actor(&person), scene.now).await?;
    super::changed(&web, &scene, id).await.map(Json)
}
