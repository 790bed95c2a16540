//! `POST /api/codings/{id}`: the second class. An emergency is loud at once: the caller stands on the call-back list, and
//! every shift lead is told until one settles it.

use super::{refused, tell};
use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{
    desk::{DeskCommand, Refusal, class_may_be_given},
    ids::CodingId,
    view::{coding::SecondClass, desk::ClassChoice},
};
use siaga_engine::clock;

pub async fn give(
    State(web): State<Web>,
    person: Person,
    PathId(coding): PathId<CodingId>,
    JsonBody(second): JsonBody<SecondClass>,
) -> Answer<StatusCode> {
    if !class_may_be_given(&ClassChoice { class: second.class, sub: second.sub.clone() }) {
        return Err(Refusal::UnknownClass.into());
    }
    let coded = web.store.coding_give(coding, &second, person.user_id, clock::now()).await.map_err(refused)?;
    if let Some(number) = coded.found_real {
        tracing::warn!(call = %coded.call, "a call classed as nuisance was found to be real");
        let command = DeskCommand::FoundReal { call: coded.call, number };
        // the list of found calls has it whatever the desk says
        if let Err(refusal) = web.engine.ask(command).await {
            tracing::warn!(call = %coded.call, ?refusal, "the desk did not take a found call onto the call-back list");
        }
    }
    tell(&web, coding);
    Ok(StatusCode::NO_CONTENT)
}
