//! `POST /api/sanctions`: a shift lead proposes by hand, with a reason.

use super::Bench;
use crate::{Answer, JsonBody, Person, Web, input::IdempotencyKey, scene::Command};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::SanctionId,
    view::sanction::{NewSanction, SanctionDetail},
};
use siaga_store::sanctions::HandProposal;
use uuid::Uuid;

pub async fn propose(
    State(web): State<Web>,
    person: Person,
    key: IdempotencyKey,
    JsonBody(new): JsonBody<NewSanction>,
) -> Answer<(StatusCode, Json<SanctionDetail>)> {
    let bench = Bench::of(&web);
    let command = Command::new(person.user_id, "sanctions", key, &new);
    let fresh = SanctionId(Uuid::now_v7());
    let hand = HandProposal { number: &new.number, step: new.step, hours: new.hours };
    let deciding = super::deciding(fresh, &person, &new.reason, &command);
    let id = web.store.sanction_propose(hand, deciding, &bench.ground()).await?;
    let status = if id == fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(super::changed(&web, &bench, id).await?)))
}
