//! `DELETE /api/incidents/{id}/calls/{call}`: the call leaves the incident, with the class that attaching gave it. Twice
//! changes nothing.

use crate::{Answer, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::{CallId, IncidentId},
    view::{desk::Topic, incident::IncidentView},
};

pub async fn detach(
    State(web): State<Web>,
    person: Person,
    PathId((id, call)): PathId<(IncidentId, CallId)>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    web.store.incident_detach(id, call, &scene.showing(), actor(&person)).await?;
    web.incident_unlinked(call).await;
    web.changes.tell(Topic::Drafts, Some(call.to_string()));
    super::changed(&web, &scene, id).await.map(Json)
}
