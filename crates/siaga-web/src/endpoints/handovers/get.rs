//! `GET /api/handovers`: what is open, the note of this shift, notes that wait, notes of the past.

use crate::{Answer, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::handover::HandoverPage;

pub async fn page(State(web): State<Web>, person: Person) -> Answer<Json<HandoverPage>> {
    Ok(Json(super::view(&web, &person).await?))
}
