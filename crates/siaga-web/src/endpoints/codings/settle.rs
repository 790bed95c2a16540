//! `POST /api/codings/{id}/settle`: what became of a call that was found to be real.

use super::{refused, tell};
use crate::{Answer, JsonBody, Person, Problem, Web, input::PathId};
use axum::{extract::State, http::StatusCode};
use siaga_core::{ids::CodingId, view::coding::SettleFound};
use siaga_engine::clock;

/// Shortest and longest account of what was done, characters.
const WORDS_CHARS_MIN: usize = 5;
const WORDS_CHARS_MAX: usize = 1_000;

pub async fn settle(
    State(web): State<Web>,
    person: Person,
    PathId(coding): PathId<CodingId>,
    JsonBody(settled): JsonBody<SettleFound>,
) -> Answer<StatusCode> {
    if !(WORDS_CHARS_MIN..=WORDS_CHARS_MAX).contains(&settled.words.trim().chars().count()) {
        return Err(Problem::invalid("Keterangan belum sesuai").detail(format!(
            "Tulis apa yang ditemukan dan dilakukan, {WORDS_CHARS_MIN} sampai {WORDS_CHARS_MAX} huruf."
        )));
    }
    web.store.coding_settle(coding, &settled, person.user_id, clock::now()).await.map_err(refused)?;
    tell(&web, coding);
    Ok(StatusCode::NO_CONTENT)
}
