//! `POST /api/incidents/{id}/links`: related to another one, and not the same. `DELETE .../links/{other}`. Twice changes
//! nothing.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{IncidentView, OtherIncident},
    },
};

pub async fn link(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(other): JsonBody<OtherIncident>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_link(id, other.incident_id, actor(&person), scene.now).await?;
    web.changes.tell(Topic::Incidents, Some(other.incident_id.to_string()));
    super::changed(&web, &scene, id).await.map(Json)
}

pub async fn unlink(
    State(web): State<Web>,
    person: Person,
    PathId((id, other)): PathId<(IncidentId, IncidentId)>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_unlink(id, other, actor(&person), scene.now).await?;
    web.changes.tell(Topic::Incidents, Some(other.to_string()));
    super::changed(&web, &scene, id).await.map(Json)
}
