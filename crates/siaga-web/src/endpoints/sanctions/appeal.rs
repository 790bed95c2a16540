//! `POST /api/sanctions/{id}/appeal`: the answer to an appeal. Who approved may give in, not uphold.

use super::Bench;
use crate::{
    Answer, JsonBody, Person, Web,
    input::{IdempotencyKey, PathId},
    scene::Command,
};
use axum::{Json, extract::State};
use siaga_core::{
    ids::SanctionId,
    view::sanction::{AnswerAppeal, SanctionDetail},
};

pub async fn answer(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<SanctionId>,
    key: IdempotencyKey,
    JsonBody(said): JsonBody<AnswerAppeal>,
) -> Answer<Json<SanctionDetail>> {
    let bench = Bench::of(&web);
    let command = Command::new(person.user_id, format!("sanctions/{id}/appeal"), key, &said);
    let deciding = super::deciding(id, &person, &said.reason, &command);
    web.store.sanction_answer(deciding, said.outcome, &bench.ground()).await?;
    super::changed(&web, &bench, id).await.map(Json)
}
