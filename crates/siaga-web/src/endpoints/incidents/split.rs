//! `POST /api/incidents/{id}/calls/{call}/split`: the call becomes an incident of its own, which is sent. Answers with it.

use crate::{Answer, JsonBody, Person, Web, input::PathId, scene::actor};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::{CallId, IncidentId},
    view::{
        desk::Topic,
        incident::{IncidentView, SplitCall},
    },
};
use siaga_store::incidents::NewSplit;
use uuid::Uuid;

pub async fn split(
    State(web): State<Web>,
    person: Person,
    PathId((id, call)): PathId<(IncidentId, CallId)>,
    JsonBody(split): JsonBody<SplitCall>,
) -> Answer<(StatusCode, Json<IncidentView>)> {
    let scene = web.scene();
    let new = NewSplit { incident_id: IncidentId(Uuid::now_v7()), split: &split };
    let own = web.store.incident_split(id, call, new, &scene.showing(), actor(&person)).await?;
    web.incident_linked(person.user_id, call, own).await;
    web.changes.tell(Topic::Outbox, None);
    web.changes.tell(Topic::Drafts, Some(call.to_string()));
    web.changes.tell(Topic::Incidents, Some(id.to_string()));
    Ok((StatusCode::CREATED, Json(super::changed(&web, &scene, own).await?)))
}
