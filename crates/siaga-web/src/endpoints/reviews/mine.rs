//! `GET /api/reviews/mine`: finished forms of the person's own calls.

use crate::{Answer, Person, Web};
use axum::{Json, extract::State};
use siaga_core::view::review::ReviewView;

pub async fn mine(State(web): State<Web>, person: Person) -> Answer<Json<Vec<ReviewView>>> {
    Ok(Json(web.store.reviews_of(person.user_id).await?))
}
