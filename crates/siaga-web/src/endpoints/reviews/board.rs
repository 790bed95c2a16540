//! `GET /api/reviews`: what is due, what was done lately, the team's figures.

use crate::{Answer, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::review::ReviewBoard;
use siaga_engine::clock;

pub async fn board(State(web): State<Web>, person: Person) -> Answer<Json<ReviewBoard>> {
    Ok(Json(web.store.review_board(person.user_id, clock::now()).await?))
}
