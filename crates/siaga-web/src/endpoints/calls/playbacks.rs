//! `POST /api/calls/{id}/playbacks`: who wants to hear a call says why, then gets a link for ten minutes, and what
//! happened in the call beside its sound.

use crate::{
    Answer, JsonBody, Person, Problem, Web, accounts::token::Token, endpoints::calls::get::row, input::PathId,
    recordings,
};
use axum::{Json, extract::State};
use siaga_core::{
    ids::CallId,
    timeline::timeline,
    view::call::{Playback, PlaybackRequest},
};
use siaga_engine::clock;
use siaga_store::recordings::NewPlayback;
use siaga_voice::record;
use uuid::Uuid;

/// Shortest reason, characters: "mutu" alone says nothing, "mutu layanan" does.
const REASON_CHARS_MIN: usize = 5;
/// Longest reason, characters.
const REASON_CHARS_MAX: usize = 500;
/// How long a link lives.
const LINK_MS: i64 = 10 * 60_000;

pub async fn play(
    State(web): State<Web>,
    person: Person,
    PathId(id): PathId<CallId>,
    JsonBody(asked): JsonBody<PlaybackRequest>,
) -> Answer<Json<Playback>> {
    let reason = asked.reason.trim();
    if !(REASON_CHARS_MIN..=REASON_CHARS_MAX).contains(&reason.chars().count()) {
        return Err(Problem::invalid("Alasan belum sesuai")
            .detail(format!("Tulis alasan mendengarkan, {REASON_CHARS_MIN} sampai {REASON_CHARS_MAX} huruf.")));
    }
    row(&web, id).await?;
    let voices = recordings::of_call(&web, id).await?;
    let mut playback = link(&web, &person, id, &voices.sound, reason).await?;
    let (events, positions) = web.store.timeline_of(id).await?;
    playback.timeline = Some(timeline(&events, &positions, &voices.pieces, &playback.caller_peaks));
    Ok(Json(playback))
}

/// On the record before the first sound: who hears which call and why. Says nothing of the call but its sound.
pub(crate) async fn link(
    web: &Web,
    person: &Person,
    call: CallId,
    sound: &record::Recording,
    reason: &str,
) -> Answer<Playback> {
    let (caller_peaks, desk_peaks) = record::peaks(sound);
    let duration_ms = recordings::duration_ms(sound);
    let (token, at) = (Token::fresh(), clock::now());
    let expires_at = at.plus_ms(LINK_MS);
    let new = NewPlayback { token_hash: token.hash().0, call, by: person.user_id, reason, at, expires_at };
    web.store.playback_create(Uuid::now_v7(), &new).await?;
    let audio_url = format!("/api/recordings/{}", token.text());
    Ok(Playback { audio_url, duration_ms, caller_peaks, desk_peaks, intact: sound.intact, timeline: None })
}
