//! `POST /api/calls/{id}/class`: what it was; on the desk with an undo, later as a correction in the record.
//! `DELETE`: takes it back within five seconds.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{
    desk::{DeskCommand, Press, Refusal, class_may_be_given},
    ids::CallId,
    view::desk::{ClassChoice, GiveClass, Topic},
};
use siaga_engine::{clock, ids};
use siaga_store::StoreError;

pub async fn give(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(given): JsonBody<GiveClass>,
) -> Answer<StatusCode> {
    let choice = ClassChoice { class: given.class, sub: given.sub };
    let press = if given.hang_up { Press::Hold } else { Press::Tap };
    let command = DeskCommand::Class { user: person.user_id, call, choice: choice.clone(), press };
    match web.engine.ask(command).await {
        Ok(_) => {}
        // No longer on the desk, or this person has none: the record is corrected.
        Err(Refusal::CallGone | Refusal::NoSeat) if !on_desk(&web, call) => {
            correct(&web, &person, call, &choice).await?
        }
        Err(refusal) => return Err(refusal.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}

fn on_desk(web: &Web, call: CallId) -> bool {
    web.engine.desk().borrow().calls.iter().any(|card| card.call_id == call)
}

async fn correct(web: &Web, person: &Person, call: CallId, choice: &ClassChoice) -> Answer<()> {
    if !class_may_be_given(choice) {
        return Err(Refusal::UnknownClass.into());
    }
    let mut tx = web.store.begin().await?;
    let corrected = web.store.call_reclass(&mut tx, call, choice, person.user_id, ids::fresh(), clock::now()).await;
    match corrected {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Panggilan")),
        other => other?,
    }
    tx.commit().await?;
    web.changes.tell(Topic::Calls, Some(call.to_string()));
    Ok(())
}

pub async fn undo(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::UndoClass { user: person.user_id, call }).await?;
    Ok(StatusCode::NO_CONTENT)
}
