//! `POST /api/handovers/{id}/take`: somebody of the shift that begins says by name that they read it. Answers with the page.

use crate::{Answer, Person, Problem, Web, input::PathId, scene::actor};
use axum::{Json, extract::State};
use siaga_core::{ids::HandoverId, view::handover::HandoverPage};
use siaga_engine::clock;
use siaga_store::{StoreError, handovers::HandoverError};

pub async fn take(
    State(web): State<Web>,
    person: Person,
    PathId(note): PathId<HandoverId>,
) -> Answer<Json<HandoverPage>> {
    match web.store.handover_take(note, actor(&person), clock::now()).await {
        Err(HandoverError::Store(StoreError::NotFound)) => return Err(Problem::not_found("Catatan serah terima")),
        other => other?,
    }
    Ok(Json(super::changed(&web, &person).await?))
}
