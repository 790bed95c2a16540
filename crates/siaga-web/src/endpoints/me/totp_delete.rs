//! `DELETE /api/me/totp`: back to the password alone.

use super::prove;
use crate::{Answer, JsonBody, Person, Web, gate::ClientAddress};
use axum::{extract::State, http::StatusCode};
use siaga_core::view::session::TotpRemove;
use siaga_engine::clock;
use siaga_store::accounts::Change;

pub async fn remove(
    State(web): State<Web>,
    person: Person,
    from: ClientAddress,
    JsonBody(asked): JsonBody<TotpRemove>,
) -> Answer<StatusCode> {
    prove(&web, &person, &from, asked.password).await?;
    let change = Change { remove_totp: true, ..Change::default() };
    web.store.account_change(person.user_id, &change, Some(person.user_id), clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::{
        accounts::totp::code_at,
        testing::{House, PASSWORD},
    };
    use axum::http::Method;
    use serde_json::json;
    use siaga_core::role::Role;
    use siaga_engine::clock;

    #[tokio::test]
    async fn a_second_factor_is_enrolled_confirmed_and_removed() {
        let house = House::new().await;
        let user = house.account("siti", Role::CallTaker).await;
        let siti = house.sign_in_as("siti").await;
        let confirm =
            async |code: &str| house.post("/api/me/totp/confirm", &siti, json!({ "code": code })).await.status;
        let enrolled = async || house.get("/api/session", &siti).await.json()["totp"] == true;

        assert_eq!(confirm("123456").await, 409, "nothing offered yet");
        let offer = house.post("/api/me/totp", &siti, json!({})).await.json();
        assert!(offer["otpauth_url"].as_str().is_some_and(|url| url.contains(offer["secret"].as_str().unwrap())));
        assert!(!enrolled().await, "an offer is not in force");
        let sealed = house.store.account(user).await.unwrap().totp_pending.expect("offered");
        let secret = house.web.sealer.open(user, &sealed).expect("sealed for this account");
        assert!(!sealed.windows(secret.len()).any(|bytes| bytes == secret), "not plain in the database");
        let code = code_at(&secret, clock::now());
        assert_eq!(confirm("x").await, 422);
        assert_eq!(confirm(&code).await, 204);
        assert!(enrolled().await);
        let again = house.post("/api/me/totp", &siti, json!({})).await;
        assert_eq!(again.status, 409, "the one in force is removed with the password first");

        let remove = async |password: &str| {
            house.json(Method::DELETE, "/api/me/totp", &siti, json!({ "password": password })).await.status
        };
        assert_eq!(remove("salah sama sekali").await, 422);
        assert!(enrolled().await);
        assert_eq!(remove(PASSWORD).await, 204);
        assert!(!enrolled().await);
    }
}
