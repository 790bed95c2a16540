//! `POST /api/incidents` (F9): the sheet becomes an incident, its assignments and their messages. Delivery is the
//! outbox job's; this answers as soon as it is written.

use crate::{
    Answer, JsonBody, Person, Web,
    input::IdempotencyKey,
    scene::{Command, actor},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::IncidentId,
    view::{
        desk::Topic,
        incident::{IncidentView, SendIncident},
    },
};
use siaga_store::incidents::NewIncident;
use uuid::Uuid;

pub async fn send(
    State(web): State<Web>,
    person: Person,
    key: IdempotencyKey,
    JsonBody(send): JsonBody<SendIncident>,
) -> Answer<(StatusCode, Json<IncidentView>)> {
    let scene = web.scene();
    let command = Command::new(person.user_id, "incidents", key, &send);
    let fresh = IncidentId(Uuid::now_v7());
    let new = NewIncident { incident_id: fresh, send: &send };
    let incident = web.store.incident_send(new, &scene.showing(), actor(&person), command.once()).await?;
    web.incident_linked(person.user_id, send.call_id, incident).await;
    web.changes.tell(Topic::Outbox, None);
    web.changes.tell(Topic::Drafts, Some(send.call_id.to_string()));
    let view = super::changed(&web, &scene, incident).await?;
    // sent before: the same incident, and nothing new was made
    let status = if incident == fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(view)))
}
