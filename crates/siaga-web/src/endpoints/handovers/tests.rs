use crate::{endpoints::incidents::testing::send_fire, testing::House};
use axum::http::Method;
use serde_json::json;
use siaga_core::role::Role;

const LINE: &str = "01890000-0000-7000-8000-000000000001";

#[tokio::test]
async fn a_note_goes_from_one_shift_to_the_next() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let budi = house.sign_in(Role::ShiftLead).await;
    send_fire(&house, &siti).await;
    let page = house.get("/api/handovers", &siti).await.json();
    let kinds: Vec<_> = page["open"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"incident") && kinds.contains(&"unacknowledged"), "{page}");
    assert_eq!((&page["writing"], &page["draft"]["revision"]), (&json!(null), &json!(0)));

    let draft = json!({ "base_revision": 0, "text": "Genset" });
    let saved = house.json(Method::PUT, "/api/handovers/draft", &siti, draft.clone()).await;
    assert_eq!((saved.status, &saved.json()["revision"]), (200, &json!(1)));
    let stale = json!({ "base_revision": 0, "text": "Genset mati" });
    assert_eq!(house.json(Method::PUT, "/api/handovers/draft", &siti, stale).await.status, 409);

    let line = json!({ "line_id": LINE, "text": "Genset tinggal seperempat" });
    let added = house.post("/api/handovers/lines", &siti, line.clone()).await;
    assert_eq!((added.status, &added.json()["draft"]["text"]), (201, &json!("")));
    house.post("/api/handovers/lines", &siti, line).await;
    let empty = json!({ "line_id": "01890000-0000-7000-8000-000000000002", "text": " " });
    assert_eq!(house.post("/api/handovers/lines", &siti, empty).await.status, 422);

    let given = house.post("/api/handovers/give", &siti, json!({})).await;
    assert_eq!((given.status, &given.json()["waiting"][0]["lines"].as_array().map(Vec::len)), (200, &Some(1)));
    let id = given.json()["waiting"][0]["handover_id"].as_str().unwrap().to_owned();
    let path = format!("/api/handovers/{id}/take");
    let own = house.post(&path, &siti, json!({})).await;
    assert_eq!(own.status, 409);
    assert!(own.text().contains("tidak dapat menerima"), "{}", own.text());
    let taken = house.post(&path, &budi, json!({})).await;
    assert_eq!((taken.status, &taken.json()["waiting"]), (200, &json!([])));
    assert!(taken.json()["history"][0]["taken"]["name"].is_string());
    let unknown = "/api/handovers/01890000-0000-7000-8000-000000000009/take";
    assert_eq!(house.post(unknown, &budi, json!({})).await.status, 404);
}

/// The desk learns by itself that a note waits.
#[tokio::test]
async fn a_note_that_nobody_took_is_on_the_desk() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    house.post("/api/handovers/give", &siti, json!({})).await;
    let mut desk = house.web.engine.desk();
    let waited = desk.wait_for(|view| view.handover_since.is_some());
    tokio::time::timeout(std::time::Duration::from_secs(30), waited).await.expect("in time").expect("it lives");
}
