//! `POST /api/handovers/give`: the shift that ends signs; what is open now stands in the note. Answers with the page.

use crate::{
    Answer, Person, Web,
    input::IdempotencyKey,
    scene::{Command, actor},
};
use axum::{Json, extract::State};
use siaga_core::view::handover::HandoverPage;
use siaga_engine::clock;

pub async fn give(State(web): State<Web>, person: Person, key: IdempotencyKey) -> Answer<Json<HandoverPage>> {
    let open = super::open_now(&web).await?;
    let command = Command::new(person.user_id, "handover give", key, &());
    web.store.handover_give(&open, actor(&person), command.once(), clock::now()).await?;
    Ok(Json(super::changed(&web, &person).await?))
}
