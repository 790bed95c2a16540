//! `POST /api/reviews/{id}/finish`: the form is whole; who took the call sees it from now on.

use super::{refused, tell};
use crate::{Answer, Person, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::ReviewId, view::review::ReviewView};
use siaga_engine::clock;

pub async fn finish(
    State(web): State<Web>,
    person: Person,
    PathId(review): PathId<ReviewId>,
) -> Answer<Json<ReviewView>> {
    let view = web.store.review_finish(review, person.user_id, clock::now()).await.map_err(refused)?;
    tell(&web, review);
    Ok(Json(view))
}
