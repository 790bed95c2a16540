//! `GET /api/places?q=`: places that fit, best first, at most 10, and what else the text said. Nothing is picked here.

use crate::{Answer, Web, input::QueryOf};
use axum::{Json, extract::State};
use serde::Deserialize;
use siaga_core::view::city::PlaceAnswer;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

pub async fn places(State(web): State<Web>, QueryOf(asked): QueryOf<Asked>) -> Answer<Json<PlaceAnswer>> {
    Ok(Json(web.city.now().places(&asked.q)))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn both_sukawana_are_shown() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        let hits = house.get("/api/places?q=sukawana", &siti).await.json();
        let hits = &hits["hits"];
        assert_eq!((&hits[0]["district"], &hits[1]["district"]), (&"Serang".into(), &"Curug".into()));
        assert_eq!((&hits[0]["same_name"], &hits[0]["sure"]), (&true.into(), &false.into()));
        assert_eq!(house.get("/api/places", &siti).await.json()["hits"], serde_json::json!([]));
    }
}
