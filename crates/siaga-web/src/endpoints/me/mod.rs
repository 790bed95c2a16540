//! `/api/me`: one's own password, second factor and lessons.

pub mod lessons_get;
pub mod lessons_post;
pub mod password;
pub mod totp_confirm;
pub mod totp_delete;
pub mod totp_post;

use crate::{Answer, Person, Problem, Web, gate::ClientAddress};
use axum::http::StatusCode;
use siaga_store::accounts::Account;

/// Asks for the own password once more: an unlocked console is not a person. Throttled like a sign-in.
async fn prove(web: &Web, person: &Person, from: &ClientAddress, typed: String) -> Answer<Account> {
    web.throttle.begin(&person.user, from.0).map_err(Problem::too_often)?;
    let account = web.store.account(person.user_id).await?;
    if crate::accounts::password::verify(typed, Some(account.password_hash.clone())).await {
        web.throttle.right(&person.user, from.0);
        return Ok(account);
    }
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_password", "Kata sandi sekarang salah")
        .detail("Ketik kata sandi yang Anda pakai untuk masuk."))
}
