//! `POST /api/incidents/{id}/calls` (F10): another call reports the same thing. Twice changes nothing.

use crate::{Answer, JsonBody, Person, Web, endpoints, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{AttachCall, IncidentView},
    },
};

pub async fn attach(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<IncidentId>,
    JsonBody(attach): JsonBody<AttachCall>,
) -> Answer<Json<IncidentView>> {
    let scene = web.scene();
    endpoints::calls::get::row(&web, attach.call_id).await?;
    web.store.incident_attach(id, attach.call_id, &scene.showing(), actor(&person)).await?;
    web.incident_linked(person.user_id, attach.call_id, id).await;
    web.changes.tell(Topic::Drafts, Some(attach.call_id.to_string()));
    super::changed(&web, &scene, id).await.map(Json)
}
