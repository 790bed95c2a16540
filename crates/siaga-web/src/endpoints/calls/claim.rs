//! `POST /api/calls/{id}/claim` (*Ambil alih*): free for anybody in the first 20 s, then for shift leads with a reason. The
//! body may be left out where no reason is needed.

use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{
    Json, RequestExt,
    extract::{Request, State},
    http::header,
};
use siaga_core::{
    desk::DeskCommand,
    ids::CallId,
    view::desk::{CallAtSeat, ClaimCall},
};

pub async fn claim(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    request: Request,
) -> Answer<Json<CallAtSeat>> {
    let body = if request.headers().contains_key(header::CONTENT_TYPE) {
        request.extract::<JsonBody<ClaimCall>, _>().await?.0
    } else {
        ClaimCall::default()
    };
    let command = DeskCommand::Claim { user: person.user_id, role: person.role, call, reason: body.reason };
    web.engine.ask(command).await?;
    Ok(Json(CallAtSeat { call_id: call }))
}
