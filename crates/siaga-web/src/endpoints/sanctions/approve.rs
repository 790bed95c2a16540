//! `POST /api/sanctions/{id}/approve`: one person more says yes. With the last one it begins and the number is told.

use super::Bench;
use crate::{
    Answer, JsonBody, Person, Web,
    input::{IdempotencyKey, PathId},
    scene::Command,
};
use axum::{Json, extract::State};
use siaga_core::{
    ids::SanctionId,
    view::sanction::{Reasoned, SanctionDetail},
};

pub async fn approve(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<SanctionId>,
    key: IdempotencyKey,
    JsonBody(said): JsonBody<Reasoned>,
) -> Answer<Json<SanctionDetail>> {
    let bench = Bench::of(&web);
    let command = Command::new(person.user_id, format!("sanctions/{id}/approve"), key, &said);
    let deciding = super::deciding(id, &person, &said.reason, &command);
    web.store.sanction_approve(deciding, rand::random(), &bench.ground()).await?;
    super::changed(&web, &bench, id).await.map(Json)
}
