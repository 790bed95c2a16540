//! `POST /api/sanctions/{id}/reject`: nothing comes of a proposal.

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

pub async fn reject(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<SanctionId>,
    key: IdempotencyKey,
    JsonBody(said): JsonBody<Reasoned>,
) -> Answer<Json<SanctionDetail>> {
    let bench = Bench::of(&web);
    let command = Command::new(person.user_id, format!("sanctions/{id}/reject"), key, &said);
    web.store.sanction_reject(super::deciding(id, &person, &said.reason, &command), &bench.ground()).await?;
    super::changed(&web, &bench, id).await.map(Json)
}
