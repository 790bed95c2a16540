//! `POST /api/session`: sign in with a password and, where the account has one, the second factor.
//!
//! An unknown name, a wrong password and a disabled account look the same and take the same time.

use crate::{
    Answer, JsonBody, Problem, Web,
    accounts::{cookie, password, token::Token, totp},
    gate::ClientAddress,
};
use axum::{
    Json,
    extract::State,
    http::{Extensions, HeaderValue, StatusCode, header},
    response::AppendHeaders,
};
use siaga_core::view::session::{Me, SignIn};
use siaga_engine::clock;
use siaga_store::accounts::Account;

/// Longest sign-in name that is looked up, bytes.
const NAME_MAX: usize = 64;

type SetCookie = AppendHeaders<[(header::HeaderName, HeaderValue); 1]>;

pub async fn sign_in(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    extensions: Extensions,
    JsonBody(asked): JsonBody<SignIn>,
) -> Answer<(SetCookie, Json<Me>)> {
    let name = asked.user.trim().to_lowercase();
    if name.len() > NAME_MAX {
        return Err(wrong_password());
    }
    web.throttle.begin(&name, address).map_err(Problem::too_often)?;
    let account = web.store.account_by_name(&name).await?.filter(|account| !account.disabled);
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let right = password::verify(asked.password, stored).await;
    let Some(account) = account.filter(|_| right) else {
        let known = web.store.account_by_name(&name).await?.map(|account| account.user_id);
        web.store.sign_in_failed(known, clock::now()).await?;
        return Err(wrong_password());
    };
    let step = match second_factor(&web, &account, asked.totp.as_deref()) {
        Ok(step) => step,
        Err(problem) => {
            if problem.kind() == "totp_needed" {
                web.throttle.right(&name, address);
            } else if problem.kind() == "wrong_totp" {
                web.store.sign_in_failed(Some(account.user_id), clock::now()).await?;
            }
            return Err(problem);
        }
    };
    let token = Token::fresh();
    if !web.store.session_create(&token.hash().0, account.user_id, step, clock::now()).await? {
        return Err(wrong_totp());
    }
    web.throttle.right(&name, address);
    let me = Me {
        user_id: account.user_id,
        user: account.name,
        display_name: account.display_name,
        role: account.role,
        totp: account.totp_secret.is_some(),
        city: web.city_name(),
        demo: web.is_demo(),
    };
    Ok((AppendHeaders([(header::SET_COOKIE, cookie::give(&token, &extensions))]), Json(me)))
}

/// The step of the code, `None` for an account without a second factor.
fn second_factor(web: &Web, account: &Account, code: Option<&str>) -> Answer<Option<i64>> {
    let Some(sealed) = &account.totp_secret else { return Ok(None) };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "totp_needed", "Kode verifikasi diperlukan")
            .detail("Ketik enam angka dari aplikasi autentikator di telepon Anda."));
    };
    let secret = web.sealer.open(account.user_id, sealed).ok_or_else(totp::unreadable)?;
    totp::check(&secret, code, account.totp_step, clock::now()).map(Some).ok_or_else(wrong_totp)
}

fn wrong_password() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "wrong_password", "Nama atau kata sandi salah")
        .detail("Periksa huruf besar dan kecil. Lupa kata sandi: minta administrator membuat yang baru.")
}

fn wrong_totp() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "wrong_totp", "Kode verifikasi salah atau sudah dipakai")
        .detail("Tunggu kode berikutnya di telepon, dan periksa jam telepon Anda.")
}

#[cfg(test)]
mod tests {
    use crate::{
        accounts::totp,
        testing::{House, NOBODY, PASSWORD},
    };
    use serde_json::json;
    use siaga_core::role::Role;
    use siaga_engine::clock;

    #[tokio::test]
    async fn signing_in_and_out() {
        let house = House::new().await;
        house.account("siti", Role::CallTaker).await;
        let rows = [
            ("siti", PASSWORD, 200, None),
            ("SITI ", PASSWORD, 200, None),
            ("siti", "salah sama sekali", 401, Some("wrong_password")),
            ("budi", PASSWORD, 401, Some("wrong_password")),
            ("", "", 401, Some("wrong_password")),
        ];
        for (user, password, status, kind) in rows {
            let answer = house.post("/api/session", NOBODY, json!({ "user": user, "password": password })).await;
            assert_eq!(answer.status, status, "{user}");
            assert_eq!(answer.json()["type"].as_str(), kind, "{user}");
            assert_eq!(answer.cookie().is_some(), status == 200, "{user}");
            assert!(!answer.text().contains("argon2"));
        }
        let siti = house.sign_in_as("siti").await;
        assert_eq!(house.get("/api/session", &siti).await.json()["role"], "call_taker");
        assert_eq!(house.delete("/api/session", &siti).await.status, 204);
        assert_eq!(house.get("/api/session", &siti).await.status, 401);
        let chain = house.store.chain_verify().await.unwrap();
        assert!(chain.broken.is_none() && chain.events >= 7, "{chain:?}");
    }

    #[tokio::test]
    async fn guessing_costs_waiting_and_the_right_password_waits_too() {
        let house = House::new().await;
        house.account("siti", Role::CallTaker).await;
        let wrong = json!({ "user": "siti", "password": "salah sama sekali" });
        for _ in 0..5 {
            assert_eq!(house.post("/api/session", NOBODY, wrong.clone()).await.status, 401);
        }
        let right = json!({ "user": "siti", "password": PASSWORD });
        let answer = house.post("/api/session", NOBODY, right).await;
        assert_eq!((answer.status, answer.json()["type"].as_str()), (429, Some("too_often")));
        assert!(
            answer.header("retry-after").and_then(|s| s.parse::<u64>().ok()).is_some_and(|s| (1..=31).contains(&s))
        );
    }

    #[tokio::test]
    async fn a_second_factor_is_asked_for_and_used_once() {
        let house = House::new().await;
        let user = house.account("siti", Role::CallTaker).await;
        let secret = totp::fresh("siti").secret;
        let sealed = house.web.sealer.seal(user, &secret).unwrap();
        house.store.totp_offer(user, &sealed).await.unwrap();
        house.store.totp_confirm(user, &sealed, 0, clock::now()).await.unwrap();
        let code = totp::code_at(&secret, clock::now());
        let other = if code == "000000" { "111111" } else { "000000" };
        let rows = [
            (None, 401, Some("totp_needed")),
            (Some(other), 401, Some("wrong_totp")),
            (Some(code.as_str()), 200, None),
            (Some(code.as_str()), 401, Some("wrong_totp")),
        ];
        for (code, status, kind) in rows {
            let body = json!({ "user": "siti", "password": PASSWORD, "totp": code });
            let answer = house.post("/api/session", NOBODY, body).await;
            assert_eq!((answer.status, answer.json()["type"].as_str()), (status, kind), "{code:?}");
        }
    }

    #[tokio::test]
    async fn a_foreign_page_cannot_sign_in() {
        let house = House::new().await;
        house.account("siti", Role::CallTaker).await;
        let body = json!({ "user": "siti", "password": PASSWORD });
        let answer = house.post_from("http://evil.example", "/api/session", body).await;
        assert_eq!((answer.status, answer.json()["type"].as_str()), (403, Some("foreign_origin")));
        assert!(answer.cookie().is_none());
    }
}
