//! `POST /api/me/totp`: a new secret for the telephone, shown once. In force only when confirmed by a code.

use crate::{Answer, Person, Problem, Web, accounts::totp};
use axum::{Json, extract::State};
use siaga_core::view::session::TotpOffer;

pub async fn offer(State(web): State<Web>, person: Person) -> Answer<Json<TotpOffer>> {
    let fresh = totp::fresh(&person.user);
    let sealed =
        web.sealer.seal(person.user_id, &fresh.secret).ok_or_else(|| Problem::internal(&"no random numbers"))?;
    web.store.totp_offer(person.user_id, &sealed).await?;
    Ok(Json(TotpOffer { secret: fresh.base32, otpauth_url: fresh.url }))
}
