//! `POST /api/calls/{id}/class`: what it was; on the desk with an undo, later as a correction in the record.
//! `DELETE`: takes it back within five seconds.

use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{
    call::correction::denies_report,
    desk::{DeskCommand, Press, Refusal, class_may_be_given},
    ids::CallId,
    limits::REASON_CHARS_MAX,
    view::desk::{ClassChoice, GiveClass, Topic},
};
use siaga_engine::{clock, ids};
use siaga_store::calls::{ClassError, Corrector, NewClass};

pub async fn give(
    State(web): State<Web>,
    person: Person,
    PathId(call): PathId<CallId>,
    JsonBody(given): JsonBody<GiveClass>,
) -> Answer<StatusCode> {
    let choice = ClassChoice { class: given.class, sub: given.sub };
    let reason = given.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS_MAX) {
        return Err(Problem::invalid("Alasan terlalu panjang")
            .detail(format!("Tulis alasan perbaikan, paling panjang {REASON_CHARS_MAX} huruf.")));
    }
    let press = if given.hang_up { Press::Hold } else { Press::Tap };
    // A database that is away never keeps a class waiting: the ladder asks the same again.
    if denies_report(choice.class)
        && let Err(ClassError::Refused(refused)) = web.store.call_may_deny(call, &choice).await
    {
        return Err(refused.into());
    }
    let command = DeskCommand::Class { user: person.user_id, call, choice: choice.clone(), press };
    match web.engine.ask(command).await {
        Ok(_) => {}
        // No longer on the desk, or this person has none: the record is corrected.
        Err(Refusal::CallGone | Refusal::NoSeat) if !on_desk(&web, call) => {
            correct(&web, &person, call, NewClass { choice: &choice, reason: reason.as_deref() }).await?
        }
        Err(refusal) => return Err(refusal.into()),
    }
    Ok(StatusCode::NO_CONTENT)
}

fn on_desk(web: &Web, call: CallId) -> bool {
    web.engine.desk().borrow().calls.iter().any(|card| card.call_id == call)
}

async fn correct(web: &Web, person: &Person, call: CallId, new: NewClass<'_>) -> Answer<()> {
    if !class_may_be_given(new.choice) {
        return Err(Refusal::UnknownClass.into());
    }
    let by = Corrector { user: person.user_id, role: person.role };
    web.store.call_correct(call, new, by, ids::fresh(), clock::now()).await?;
    web.changes.tell(Topic::Calls, Some(call.to_string()));
    Ok(())
}

pub async fn undo(State(web): State<Web>, person: Person, PathId(call): PathId<CallId>) -> Answer<StatusCode> {
    web.engine.ask(DeskCommand::UndoClass { user: person.user_id, call }).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests;
