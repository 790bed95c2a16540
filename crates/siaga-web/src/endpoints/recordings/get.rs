//! `GET /api/recordings/{token}`: the WAV of a call, whole or in ranges, for the person the link was made for.

use crate::{Answer, Person, Problem, Web, accounts::token::Token, input::PathId, range, recordings};
use axum::{extract::State, http::HeaderMap, response::Response};
use siaga_engine::clock;
use siaga_store::StoreError;
use siaga_voice::record;

pub async fn sound(
    State(web): State<Web>,
    person: Person,
    PathId(token): PathId<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let token = Token::parse(&token).ok_or_else(gone)?;
    let call = match web.store.playback_open(token.hash().0, person.user_id, clock::now()).await {
        Err(StoreError::NotFound) => return Err(gone()),
        other => other?,
    };
    let voices = recordings::of_call(&web, call).await?;
    Ok(range::answer(&headers, "audio/wav", record::wav(&voices.sound).into()))
}

fn gone() -> Problem {
    Problem::not_found("Tautan rekaman")
        .detail("Tautan berlaku sepuluh menit untuk yang memintanya. Minta lagi dengan alasan.")
}

#[cfg(test)]
mod tests;
