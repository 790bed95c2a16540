//! `PATCH /api/users/{id}`: role, names, password, second factor, disabled. Takes effect at once: what the account
//! may no longer do, its open pages may no longer do either.

use crate::{
    Answer, JsonBody, Person, Problem, Web,
    accounts::{fields, password},
    input::PathId,
};
use axum::{Json, extract::State};
use siaga_core::{
    ids::UserId,
    view::session::{Account, AccountChange},
};
use siaga_engine::clock;
use siaga_store::accounts::{Change, Changed};

pub async fn change(
    State(web): State<Web>,
    person: Person,
    PathId(user): PathId<UserId>,
    JsonBody(asked): JsonBody<AccountChange>,
) -> Answer<Json<Account>> {
    let old = web.store.account(user).await?;
    let display_name = asked.display_name.as_deref().map(fields::display_name).transpose()?;
    let password_hash = match asked.password {
        Some(new) => {
            fields::new_password(&new, &old.name, display_name.as_deref().unwrap_or(&old.display_name))?;
            Some(password::hash(new).await)
        }
        None => None,
    };
    let change = Change {
        display_name,
        role: asked.role,
        password_hash,
        disabled: asked.disabled,
        remove_totp: asked.remove_totp.unwrap_or(false),
        keep_session: (user == person.user_id).then(|| person.session().0),
    };
    match web.store.account_change(user, &change, Some(person.user_id), clock::now()).await? {
        Changed::Done(account) => {
            web.remembered.forget_account(user);
            web.dismiss_lead(user).await;
            Ok(Json(super::view(&account)))
        }
        Changed::LastAdministrator => Err(Problem::conflict("Ini administrator terakhir")
            .detail("Angkat administrator lain dahulu, baru yang ini dapat diubah.")),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use axum::http::Method;
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_change_takes_effect_at_once() {
        let house = House::new().await;
        let admin = house.sign_in(Role::Administrator).await;
        let user = house.account("siti", Role::CallTaker).await;
        let path = format!("/api/users/{user}");
        let siti = house.sign_in_as("siti").await;
        let patch = async |body| house.json(Method::PATCH, &path, &admin, body).await;

        assert_eq!(patch(json!({ "display_name": "Siti A." })).await.json()["display_name"], "Siti A.");
        assert_eq!(house.get("/api/session", &siti).await.status, 200, "a name ends nothing");
        assert_eq!(patch(json!({ "role": "viewer" })).await.json()["role"], "viewer");
        assert_eq!(house.get("/api/session", &siti).await.status, 401);
        let siti = house.sign_in_as("siti").await;
        assert_eq!(patch(json!({ "disabled": true })).await.json()["disabled"], true);
        assert_eq!(house.get("/api/session", &siti).await.status, 401);
        let again = json!({ "user": "siti", "password": crate::testing::PASSWORD });
        assert_eq!(house.post("/api/session", "", again).await.json()["type"], "wrong_password");
        assert_eq!(patch(json!({ "password": "pendek" })).await.status, 422);
        let wrong = patch(json!({ "role": "kaisar" })).await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.json()["detail"].as_str().unwrap().starts_with("role: nilai kaisar tidak dikenal"),
            "{}",
            wrong.text()
        );
        let mistyped = patch(json!({ "rolle": "viewer" })).await;
        assert_eq!(
            (mistyped.status, mistyped.json()["type"].as_str()),
            (422, Some("wrong_fields")),
            "nothing is done in silence"
        );
    }

    #[tokio::test]
    async fn the_last_administrator_cannot_lock_the_door() {
        let house = House::new().await;
        let user = house.account("kepala", Role::Administrator).await;
        let kepala = house.sign_in_as("kepala").await;
        for body in [json!({ "disabled": true }), json!({ "role": "shift_lead" })] {
            let answer = house.json(Method::PATCH, &format!("/api/users/{user}"), &kepala, body).await;
            assert_eq!((answer.status, answer.json()["type"].as_str()), (409, Some("conflict")));
        }
        assert_eq!(house.get("/api/users", &kepala).await.status, 200);
        let nobody = house.json(Method::PATCH, "/api/users/x", &kepala, json!({})).await;
        assert_eq!(nobody.status, 404);
    }
}
