//! `GET /api/incidents/{id}`: one incident.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::IncidentId, view::incident::IncidentView};

pub async fn incident(State(web): State<Web>, PathId(id): PathId<IncidentId>) -> Answer<Json<IncidentView>> {
    super::view(&web, &web.scene(), id).await.map(Json)
}
