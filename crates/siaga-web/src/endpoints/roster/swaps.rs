//! `POST /api/roster/swaps`, `/agree` and `/refuse`: somebody asks to swap a shift, a lead says yes or no.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId, scene::actor};
use axum::{extract::State, http::StatusCode};
use siaga_core::{
    ids::SwapId,
    roster::{NAME_CHARS_MAX, Swap, SwapRefused, is_name, with_swaps},
    view::{desk::Topic, roster::SwapState},
};
use siaga_engine::clock;
use siaga_store::StoreError;
use uuid::Uuid;

pub async fn ask(State(web): State<Web>, person: Person, JsonBody(swap): JsonBody<Swap>) -> Answer<StatusCode> {
    let city = web.city.now();
    let (version, swaps) = web.store.roster(swap.day).await?;
    let plan = version.ok_or_else(|| Problem::conflict("Belum ada jadwal"))?.plan;
    let duties = with_swaps(plan.duties(swap.day, city.time_zone()), &super::agreed(&swaps));
    if !is_name(&swap.stand_in) {
        return Err(
            Problem::invalid("Sebut nama penggantinya").detail(format!("Satu baris, 1 sampai {NAME_CHARS_MAX} huruf."))
        );
    }
    swap.check(&duties).map_err(|refused| {
        Problem::invalid(match refused {
            SwapRefused::NoSuchShift => "Jaga itu tidak ada dalam jadwal",
            SwapRefused::NotOn => "Orang itu tidak dijadwalkan pada jaga ini",
            SwapRefused::AlreadyOn => "Penggantinya sudah dijadwalkan pada jaga ini",
            SwapRefused::Same => "Keduanya orang yang sama",
        })
    })?;
    web.store.swap_ask(SwapId(Uuid::now_v7()), &swap, actor(&person), clock::now()).await?;
    web.changes.tell(Topic::Roster, None);
    Ok(StatusCode::CREATED)
}

pub async fn agree(State(web): State<Web>, person: Person, PathId(id): PathId<SwapId>) -> Answer<StatusCode> {
    decide(&web, &person, id, SwapState::Agreed).await
}

pub async fn refuse(State(web): State<Web>, person: Person, PathId(id): PathId<SwapId>) -> Answer<StatusCode> {
    decide(&web, &person, id, SwapState::Refused).await
}

async fn decide(web: &Web, person: &Person, id: SwapId, word: SwapState) -> Answer<StatusCode> {
    web.store.swap_decide(id, word, actor(person), clock::now()).await.map_err(|error| match error {
        StoreError::NotFound => Problem::not_found("Permintaan tukar jaga"),
        StoreError::Conflict(_) => Problem::conflict("Permintaan ini sudah diputuskan"),
        other => other.into(),
    })?;
    web.changes.tell(Topic::Roster, None);
    Ok(StatusCode::NO_CONTENT)
}
