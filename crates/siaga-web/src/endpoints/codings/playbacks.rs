//! `POST /api/codings/{id}/playbacks`: the sound of a call to be coded, and nothing else of it. On the record like every
//! playback; the reason is the coding.

use super::refused;
use crate::{Answer, Person, Web, endpoints::calls::playbacks::link, input::PathId, recordings};
use axum::{Json, extract::State};
use siaga_core::{ids::CodingId, view::call::Playback};

const REASON: &str = "penilaian ganda";

pub async fn play(State(web): State<Web>, person: Person, PathId(coding): PathId<CodingId>) -> Answer<Json<Playback>> {
    let call = web.store.coding_call(coding, person.user_id).await.map_err(refused)?;
    let voices = recordings::of_call(&web, call).await?;
    Ok(Json(link(&web, &person, call, &voices.sound, REASON).await?))
}
