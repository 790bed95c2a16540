//! `PUT /api/reviews/{id}`: the form as it stands on the screen, kept as it is filled in.

use super::{refused, tell};
use crate::{Answer, JsonBody, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    ids::ReviewId,
    view::review::{ReviewView, SaveReview},
};
use siaga_engine::clock;

pub async fn save(
    State(web): State<Web>,
    person: Person,
    PathId(review): PathId<ReviewId>,
    JsonBody(form): JsonBody<SaveReview>,
) -> Answer<Json<ReviewView>> {
    let view = web.store.review_save(review, &form, person.user_id, clock::now()).await.map_err(refused)?;
    tell(&web, review);
    Ok(Json(view))
}
