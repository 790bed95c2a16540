//! `GET /api/health`: what the sign-in page must know, open to all.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::session::Health;

pub async fn health(State(web): State<Web>) -> Answer<Json<Health>> {
    let needs_setup = web.store.accounts_empty().await?;
    Ok(Json(Health {
        ok: true,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: web.is_demo(),
        needs_setup,
        // Before the first start nobody has said which city this is.
        city: if needs_setup { String::new() } else { web.city_name() },
        demo_accounts: web.config.demo.clone().unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{House, NOBODY};
    use siaga_core::role::Role;

    #[tokio::test]
    async fn an_empty_city_needs_its_first_start_and_shows_no_password() {
        let house = House::new().await;
        let body = house.get("/api/health", NOBODY).await.json();
        assert_eq!((&body["ok"], &body["needs_setup"], &body["demo"]), (&true.into(), &true.into(), &false.into()));
        assert_eq!(body["city"], "");
        assert_eq!(body["demo_accounts"].as_array().map(Vec::len), Some(0));
        house.sign_in(Role::Viewer).await;
        assert_eq!(house.get("/api/health", NOBODY).await.json()["needs_setup"], false);
    }
}
