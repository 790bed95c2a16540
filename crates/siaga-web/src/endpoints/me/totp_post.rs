//! `POST /api/me/totp`: a new secret for the telephone, shown once. In force only when confirmed by a code.
//! Never in place of one that is in force: who finds a console unlocked would take over the second factor without the
//! password that removing it asks for.

use crate::{Answer, Person, Problem, Web, accounts::totp};
use axum::{Json, extract::State};
use siaga_core::view::session::TotpOffer;

pub async fn offer(State(web): State<Web>, person: Person) -> Answer<Json<TotpOffer>> {
    if web.store.account(person.user_id).await?.totp_secret.is_some() {
        return Err(Problem::conflict("Verifikasi dua langkah sudah terpasang")
            .detail("Hapus dahulu dengan kata sandi Anda, lalu pasang yang baru."));
    }
    let fresh = totp::fresh(&person.user);
    let sealed =
        web.sealer.seal(person.user_id, &fresh.secret).ok_or_else(|| Problem::internal(&"no random numbers"))?;
    web.store.totp_offer(person.user_id, &sealed).await?;
    Ok(Json(TotpOffer { secret: fresh.base32, otpauth_url: fresh.url }))
}
