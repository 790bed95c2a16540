//! `GET /api/incidents/{id}/answers`: what was asked in all calls of an incident.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::IncidentId, view::card::CardAnswers};

pub async fn answers(State(web): State<Web>, PathId(id): PathId<IncidentId>) -> Answer<Json<CardAnswers>> {
    Ok(Json(web.store.incident_card_answers(id, &web.scene().showing()).await?))
}
