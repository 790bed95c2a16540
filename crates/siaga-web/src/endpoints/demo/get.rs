//! `GET /api/demo/callers`: are they calling, and how often.

use crate::{Answer, Web};
use axum::{Json, extract::State};
use siaga_core::view::demo::DemoCallers;

pub async fn callers(State(web): State<Web>) -> Answer<Json<DemoCallers>> {
    Ok(Json(super::callers(&web)?.state().await))
}

#[cfg(test)]
mod tests {
    use crate::testing::House;
    use siaga_core::role::Role;

    #[tokio::test]
    async fn a_real_city_has_no_demo_callers() {
        let house = House::new().await;
        let lead = house.sign_in(Role::ShiftLead).await;
        assert_eq!(house.get("/api/demo/callers", &lead).await.status, 404);
    }
}
