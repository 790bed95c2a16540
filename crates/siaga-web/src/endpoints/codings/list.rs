//! `GET /api/codings`: what this person may code, by nothing but an id of the coding.

use crate::{Answer, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::coding::CodingQueue;

pub async fn due(State(web): State<Web>, person: Person) -> Answer<Json<CodingQueue>> {
    Ok(Json(web.store.codings_due(person.user_id).await?))
}
