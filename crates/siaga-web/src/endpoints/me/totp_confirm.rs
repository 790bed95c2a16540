//! `POST /api/me/totp/confirm`: the telephone shows the right code, the second factor is in force.

use crate::{Answer, JsonBody, Person, Problem, Web, accounts::totp, gate::ClientAddress};
use axum::{extract::State, http::StatusCode};
use siaga_core::view::session::TotpConfirm;
use siaga_engine::clock;

pub async fn confirm(
    State(web): State<Web>,
    person: Person,
    ClientAddress(address): ClientAddress,
    JsonBody(asked): JsonBody<TotpConfirm>,
) -> Answer<StatusCode> {
    web.throttle.begin(&person.user, address).map_err(Problem::too_often)?;
    let account = web.store.account(person.user_id).await?;
    let sealed = account.totp_pending.ok_or_else(|| {
        Problem::conflict("Belum ada kode rahasia baru").detail("Mulai lagi dari pengaturan verifikasi dua langkah.")
    })?;
    let secret = web.sealer.open(person.user_id, &sealed).ok_or_else(totp::unreadable)?;
    let Some(step) = totp::check(&secret, &asked.code, account.totp_step, clock::now()) else {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_totp", "Kode verifikasi salah")
            .detail("Periksa jam telepon Anda, lalu ketik kode berikutnya."));
    };
    web.throttle.right(&person.user, address);
    web.store.totp_confirm(person.user_id, &sealed, step, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
