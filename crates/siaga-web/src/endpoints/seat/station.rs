//! `POST /api/seat/station`: the browser's offer for its sound path; again after a reload, and the call goes on there.

use crate::{Answer, JsonBody, Person, Problem, Web};
use axum::{Json, extract::State};
use siaga_core::view::desk::Sdp;
use siaga_engine::StationRefused;

pub async fn bind(State(web): State<Web>, person: Person, JsonBody(offer): JsonBody<Sdp>) -> Answer<Json<Sdp>> {
    match web.engine.station(person.user_id, offer.sdp).await {
        Ok(sdp) => Ok(Json(Sdp { sdp })),
        Err(StationRefused::Desk(refusal)) => Err(refusal.into()),
        Err(StationRefused::Voice(error)) => {
            tracing::warn!(user = %person.user_id, %error, "a browser got no sound path");
            Err(Problem::unavailable("Sambungan suara gagal dibuat"))
        }
    }
}
