//! `POST /api/users`: a new account.

use crate::{
    Answer, JsonBody, Person, Problem, Web,
    accounts::{fields, password},
};
use axum::{Json, extract::State, http::StatusCode};
use siaga_core::{
    ids::UserId,
    view::session::{Account, NewAccount},
};
use siaga_engine::clock;
use siaga_store::{StoreError, accounts};
use uuid::Uuid;

pub async fn create(
    State(web): State<Web>,
    person: Person,
    JsonBody(asked): JsonBody<NewAccount>,
) -> Answer<(StatusCode, Json<Account>)> {
    let name = fields::name(&asked.user)?;
    let display_name = fields::display_name(&asked.display_name)?;
    fields::new_password(&asked.password, &name, &display_name)?;
    let new = accounts::NewAccount {
        user_id: UserId(Uuid::now_v7()),
        name,
        display_name,
        role: asked.role,
        password_hash: password::hash(asked.password).await,
    };
    match web.store.account_create(&new, Some(person.user_id), clock::now()).await {
        Ok(()) => {}
        Err(StoreError::Conflict(_)) => {
            return Err(Problem::conflict("Nama masuk ini sudah dipakai").detail("Pilih nama lain."));
        }
        Err(error) => return Err(error.into()),
    }
    Ok((StatusCode::CREATED, Json(super::view(&web.store.account(new.user_id).await?))))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn an_account_is_made_and_can_sign_in() {
        let house = House::new().await;
        let admin = house.sign_in(Role::Administrator).await;
        let rows = [
            ("Baru.1", "Siti", "padang rumput hijau", 201),
            ("baru.1", "Lain", "padang rumput hijau", 409),
            ("x", "Siti", "padang rumput hijau", 422),
            ("baru.2", " ", "padang rumput hijau", 422),
            ("baru.2", "Siti", "pendek", 422),
            ("nama.panjang", "Siti", "Nama.Panjang", 422),
        ];
        for (user, display_name, password, status) in rows {
            let body =
                json!({ "user": user, "display_name": display_name, "role": "call_taker", "password": password });
            let answer = house.post("/api/users", &admin, body).await;
            assert_eq!(answer.status, status, "{user}: {}", answer.text());
            assert!(!answer.text().contains("argon2"));
        }
        let siti = house.sign_in_as("baru.1").await;
        assert_eq!(house.get("/api/users", &siti).await.status, 403);
        assert_eq!(house.get("/api/users", &admin).await.json().as_array().map(Vec::len), Some(2));
    }
}
