//! `POST /api/demo/callers`: start, stop, change the rate.

use crate::{Answer, JsonBody, Problem, Web, demo_callers::PER_MINUTE};
use axum::{Json, extract::State};
use siaga_core::view::demo::DemoCallers;

pub async fn set(State(web): State<Web>, JsonBody(wanted): JsonBody<DemoCallers>) -> Answer<Json<DemoCallers>> {
    let callers = super::callers(&web)?;
    if !PER_MINUTE.contains(&wanted.per_minute) {
        return Err(Problem::invalid("Panggilan per menit harus 0,1 sampai 120"));
    }
    match callers.set(wanted).await {
        Ok(now) => Ok(Json(now)),
        Err(error) => Err(Problem::internal(&error)),
    }
}
