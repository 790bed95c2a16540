//! `POST /api/reviews/{id}/comment`: what who took the call says to the finished form, once.

use super::{refused, tell};
use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{
    ids::ReviewId,
    view::review::{CommentReview, ReviewView},
};
use siaga_engine::clock;

/// Longest comment, characters.
const WORDS_CHARS_MAX: usize = 1_000;

pub async fn comment(
    State(web): State<Web>,
    person: Person,
    PathId(review): PathId<ReviewId>,
    JsonBody(comment): JsonBody<CommentReview>,
) -> Answer<Json<ReviewView>> {
    if !(1..=WORDS_CHARS_MAX).contains(&comment.words.trim().chars().count()) {
        return Err(
            Problem::invalid("Tanggapan belum sesuai").detail(format!("Tulis 1 sampai {WORDS_CHARS_MAX} huruf."))
        );
    }
    let view = web.store.review_comment(review, &comment.words, person.user_id, clock::now()).await.map_err(refused)?;
    tell(&web, review);
    Ok(Json(view))
}
