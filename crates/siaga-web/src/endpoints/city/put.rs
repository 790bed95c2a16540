//! `PUT /api/city`: another document, checked as a whole before any of it is in force. `version` is the one the
//! person changed: who changed an older one is told so.

use crate::{Answer, JsonBody, Person, Web, scene::actor};
use axum::{Json, extract::State};
use siaga_core::view::{city::CityDocument, desk::Topic};
use siaga_engine::clock;

pub async fn put(
    State(web): State<Web>,
    person: Person,
    JsonBody(new): JsonBody<CityDocument>,
) -> Answer<Json<CityDocument>> {
    let city = super::checked(&new.document)?;
    let version = web.store.city_put(&new.document, new.version, Some(actor(&person)), clock::now()).await?;
    web.city.replace(city);
    web.changes.tell(Topic::City, None);
    Ok(Json(CityDocument { version, document: new.document }))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use axum::http::Method;
    use serde_json::json;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_checked_document_is_in_force_at_once() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let held = house.get("/api/city/document", &lead).await.json();
        let text = held["document"].as_str().unwrap().to_owned();
        let put = async |version: i64, document: &str| {
            house.json(Method::PUT, "/api/city", &lead, json!({ "version": version, "document": document })).await
        };
        let broken = put(0, &text.replace("short = \"KB\"", "short = \"K\"")).await;
        assert_eq!((broken.status, broken.json()["type"].as_str()), (422, Some("wrong_city")));
        assert!(broken.text().contains("baris"), "{}", broken.text());
        let changed = text.replace("label = \"Damkar\"", "label = \"Damkar Kota\"");
        let done = put(0, &changed).await;
        assert_eq!((done.status, &done.json()["version"]), (200, &1.into()));
        let city = house.get("/api/city", &lead).await.json();
        assert_eq!(city["agencies"][0]["label"], "Damkar Kota");
        assert_eq!(put(0, &text).await.status, 409, "somebody else changed it");
        assert_eq!(house.get("/api/city", &lead).await.json()["agencies"][0]["label"], "Damkar Kota");
        assert_eq!(put(1, &text).await.status, 200);
    }

    #[tokio::test]
    async fn secrets_stay_with_who_manages_the_city() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        assert_eq!(house.get("/api/city/document", &siti).await.status, 403);
        assert!(!house.get("/api/city", &siti).await.text().contains("secret"));
    }
}
