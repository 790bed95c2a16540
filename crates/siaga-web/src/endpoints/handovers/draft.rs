//! `PUT /api/handovers/draft`: keeps what this person began to write.

use crate::{Answer, JsonBody, Person, Web, scene::actor};
use axum::{Json, extract::State};
use siaga_core::view::handover::{HandoverDraft, SaveHandoverDraft};
use siaga_engine::clock;

pub async fn save(
    State(web): State<Web>,
    person: Person,
    JsonBody(draft): JsonBody<SaveHandoverDraft>,
) -> Answer<Json<HandoverDraft>> {
    let by = actor(&person);
    Ok(Json(web.store.handover_draft_save(draft.base_revision, &draft.text, by, clock::now()).await?))
}
