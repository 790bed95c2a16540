//! `GET /api/calls/{id}/history`: what the number of a call did before it.

use crate::{Answer, Web, endpoints::calls::get::row, input::PathId};
use axum::{Json, extract::State};
use siaga_core::{ids::CallId, screening::sentence::sentence, view::call::NumberHistory};
use siaga_engine::clock;

/// Earlier calls shown: a screen's height.
const HISTORY_MAX: u32 = 20;

pub async fn history(State(web): State<Web>, PathId(id): PathId<CallId>) -> Answer<Json<NumberHistory>> {
    let call = row(&web, id).await?;
    let Some(number) = call.number else {
        return Ok(Json(NumberHistory { sentence: "tanpa nomor: tidak ada riwayat".to_owned(), calls: Vec::new() }));
    };
    let facts = web.store.number_facts(&number, call.offered_at).await?;
    let calls = web.store.call_history(&number, call.offered_at, HISTORY_MAX).await?;
    let city = web.city.now();
    let label = |key: &str| city.incident_type(key).map(|kind| kind.label.clone());
    let sentence = sentence(&facts, label, clock::now(), city.time_zone());
    Ok(Json(NumberHistory { sentence, calls }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{NUMBER, write_call};
    use crate::testing::House;
    use siaga_core::{class::Class, role::Role};

    #[tokio::test]
    async fn a_number_is_known_by_its_earlier_calls() {
        let house = House::new().await;
        let siti = house.sign_in(Role::CallTaker).await;
        write_call(&house, 0, Some(NUMBER), Class::Ghost).await;
        let first = write_call(&house, 20, Some(NUMBER), Class::Prank).await;
        let call = write_call(&house, 60, Some(NUMBER), Class::Ghost).await;
        let nobody = write_call(&house, 90, None, Class::Ghost).await;

        let body = house.get(&format!("/api/calls/{call}/history"), &siti).await.json();
        assert_eq!(body["sentence"], "2 panggilan, 1 tanpa suara, 1 prank");
        assert_eq!(body["calls"].as_array().map(Vec::len), Some(2));
        assert_eq!(body["calls"][0]["call_id"], first.to_string());

        let body = house.get(&format!("/api/calls/{nobody}/history"), &siti).await.json();
        assert_eq!(body["calls"].as_array().map(Vec::len), Some(0), "callers without a number share no history");
        let unknown = "/api/calls/01890000-0000-7000-8000-000000000000/history";
        assert_eq!(house.get(unknown, &siti).await.status, 404);
    }
}
