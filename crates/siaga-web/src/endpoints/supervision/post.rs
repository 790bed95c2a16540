//! `POST /api/calls/{id}/supervision`: a shift lead's offer for a sound path of its own. From the answer on the call-taker
//! sees who is there. Again: the page was loaded anew, or the lead goes from another call to this one.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    ids::CallId,
    view::{desk::Sdp, supervision::Supervise},
};
use siaga_engine::{Lead, StationRefused};

pub async fn begin(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(body): JsonBody<Supervise>,
) -> Answer<Json<Sdp>> {
    let lead = Lead { user: person.user_id, role: person.role, display_name: person.name };
    match web.engine.supervise(lead, call, body.how, body.sdp).await {
        Ok(sdp) => Ok(Json(Sdp { sdp })),
        Err(StationRefused::Desk(refusal)) => Err(refusal.into()),
        Err(StationRefused::Voice(error)) => {
            tracing::warn!(user = %person.user_id, %error, "a lead's browser got no sound path");
            Err(Problem::unavailable("Sambungan suara gagal dibuat"))
        }
    }
}
