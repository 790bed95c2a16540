//! `POST /api/me/password`: a new password for oneself. Ends all other sessions of the account.

use super::prove;
use crate::{
    Answer, JsonBody, Person, Web,
    accounts::{fields, password},
    gate::ClientAddress,
};
use axum::{extract::State, http::StatusCode};
use siaga_core::view::session::PasswordChange;
use siaga_engine::clock;
use siaga_store::accounts::Change;

pub async fn change(
    State(web): State<Web>,
    person: Person,
    from: ClientAddress,
    JsonBody(asked): JsonBody<PasswordChange>,
) -> Answer<StatusCode> {
    prove(&web, &person, &from, asked.current).await?;
    fields::new_password(&asked.new, &person.user, &person.name)?;
    let change = Change {
        password_hash: Some(password::hash(asked.new).await),
        keep_session: Some(person.session().0),
        ..Change::default()
    };
    web.store.account_change(person.user_id, &change, Some(person.user_id), clock::now()).await?;
    web.remembered.forget_account(person.user_id);
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, PASSWORD};
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_new_password_ends_the_other_sessions() {
        let house = House::new().await;
        house.account("siti", Role::CallTaker).await;
        let here = house.sign_in_as("siti").await;
        let there = house.sign_in_as("siti").await;
        let rows = [
            ("salah sama sekali", "langit biru cerah", 422),
            (PASSWORD, "pendek", 422),
            (PASSWORD, "nama siti ", 422),
            (PASSWORD, "langit biru cerah", 204),
        ];
        for (current, new, status) in rows {
            let answer = house.post("/api/me/password", &here, json!({ "current": current, "new": new })).await;
            assert_eq!(answer.status, status, "{current} {new}: {}", answer.text());
        }
        assert_eq!(house.get("/api/session", &here).await.status, 200);
        assert_eq!(house.get("/api/session", &there).await.status, 401);
        let body = |password: &str| json!({ "user": "siti", "password": password });
        assert_eq!(house.post("/api/session", "", body(PASSWORD)).await.status, 401);
        assert_eq!(house.post("/api/session", "", body("langit biru cerah")).await.status, 200);
    }
}
