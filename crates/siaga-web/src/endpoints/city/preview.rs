//! `POST /api/city/preview`: what a document would bring, checked as a whole, and nothing of it in force.

use crate::{Answer, JsonBody};
use axum::Json;
use siaga_core::view::city::{CityDocument, CityView};

pub async fn preview(JsonBody(new): JsonBody<CityDocument>) -> Answer<Json<CityView>> {
    Ok(Json(super::checked(&new.document)?.view()))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use serde_json::json;
    use siaga_core::{city::SERANG_TOML, role::Role};

    #[tokio::test]
    async fn a_preview_changes_nothing() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        let ask = async |document: &str| {
            house.post("/api/city/preview", &lead, json!({ "version": 0, "document": document })).await
        };
        let changed = SERANG_TOML.replace("label = \"Damkar\"", "label = \"Damkar Kota\"");
        let seen = ask(&changed).await;
        assert_eq!((seen.status, &seen.json()["agencies"][0]["label"]), (200, &"Damkar Kota".into()));
        assert_eq!(house.get("/api/city", &lead).await.json()["agencies"][0]["label"], "Damkar");
        let broken = ask(&SERANG_TOML.replace("short = \"KB\"", "short = \"K\"")).await;
        assert_eq!((broken.status, broken.json()["type"].as_str()), (422, Some("wrong_city")));
    }
}
