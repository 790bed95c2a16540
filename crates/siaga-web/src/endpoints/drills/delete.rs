//! `DELETE /api/drills/running`: a person ends the drill; its callers hang up at once.

use crate::{Answer, Person, Web, scene::actor};
use axum::{extract::State, http::StatusCode};

pub async fn end(State(web): State<Web>, person: Person) -> Answer<StatusCode> {
    super::drills(&web)?.end(actor(&person)).await;
    Ok(StatusCode::NO_CONTENT)
}
