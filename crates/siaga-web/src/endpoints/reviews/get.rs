//! `GET /api/reviews/{id}`: one form, for everybody but who took the call.

use super::refused;
use crate::{Answer, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::ReviewId, view::review::ReviewView};

pub async fn review(
    State(web): State<Web>,
    person: Person,
    PathId(review): PathId<ReviewId>,
) -> Answer<Json<ReviewView>> {
    Ok(Json(web.store.review(review, person.user_id).await.map_err(refused)?))
}
