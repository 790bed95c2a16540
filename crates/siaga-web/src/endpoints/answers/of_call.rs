//! `GET /api/calls/{id}/answers`: what was asked in a call, and where its cards were left.

use crate::{Answer, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CallId, view::card::CardAnswers};

pub async fn answers(State(web): State<Web>, PathId(call): PathId<CallId>) -> Answer<Json<CardAnswers>> {
    Ok(Json(web.store.card_answers(call, &web.scene().showing()).await?))
}
