//! `POST /api/mailings/sent/{id}/retry`: a person tries a mail again that was given up, or that waits.

use crate::{Answer, Person, Problem, Web, endpoints::outbox, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::ids::OutboxId;
use siaga_store::StoreError;

pub async fn retry(State(web): State<Web>, person: Person, PathId(id): PathId<OutboxId>) -> Answer<StatusCode> {
    match web.store.mailing_message(id).await {
        Err(StoreError::NotFound) => return Err(Problem::not_found("Surat")),
        other => other?,
    }
    outbox::retry::retry(State(web), person, PathId(id)).await
}
