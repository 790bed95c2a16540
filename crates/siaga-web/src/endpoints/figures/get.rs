//! `GET /api/figures`: whether they are being made anew, and whether random days agreed with their calls.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::figures::FiguresState;

pub async fn state(State(web): State<Web>) -> Answer<Json<FiguresState>> {
    Ok(Json(web.store.figures_state().await?))
}

#[cfg(test)]
mod tests {
    use crate::{endpoints::ledger::post::tests::upload, testing::House};
    use siaga_core::{
        ledger::sample,
        role::Role,
        time::{LocalDay, Timestamp},
    };

    #[tokio::test]
    async fn what_a_night_found_is_told() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(house.get("/api/figures", &lead).await.json()["days"], serde_json::json!([]));
        assert_eq!(upload(&house, &lead, sample::serang_2020()).await.status, 200);
        let store = &house.store;
        siaga_store::testing::meddle(store, "UPDATE taker_day SET calls = calls + 1 WHERE local_day = 20200303").await;
        let day = store.day_check(LocalDay(20_200_303)).await.unwrap();
        assert!(store.night_keep(LocalDay(20_200_304), std::slice::from_ref(&day), Timestamp(1)).await.unwrap());
        let state = house.get("/api/figures", &lead).await.json();
        assert_eq!(state["days"][0]["day"], 20_200_303);
        assert!(state["days"][0]["differences"].as_u64().unwrap() > 0, "{state}");
        // Call-takers' names stay inside.
        let text = state.to_string();
        assert!(["Ani", "Budi", "Citra", "Dedi"].iter().all(|name| !text.contains(name)), "{text}");
        assert!(state.get("rebuild").is_none(), "{state}");
    }
}
