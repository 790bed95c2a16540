use crate::testing::House;
use axum::http::Method;
use serde_json::{Value, json};
use siaga_core::role::Role;

fn plan(pattern: &str) -> Value {
    let crew = |name: &str, people: [&str; 2]| json!({ "name": name, "people": people });
    let crews = [crew("A", ["Siti", "Budi"]), crew("B", ["Rina", "Ani"]), crew("C", ["Dedi", "Eko"])];
    json!({ "pattern": pattern, "from": 20_261_201, "crews": crews })
}

#[tokio::test]
async fn a_lead_makes_the_roster_and_says_yes_to_a_swap() {
    let house = House::new().await;
    let (lead, siti) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::CallTaker).await);
    let put = async |cookie: &str, seen: i64, plan: Value| {
        house.json(Method::PUT, "/api/roster", cookie, json!({ "seen": seen, "plan": plan })).await
    };
    assert_eq!(put(&siti, 0, plan("three_shifts")).await.status, 403);
    let few = put(&lead, 0, plan("four_crews")).await;
    assert_eq!(few.status, 422);
    assert!(few.text().contains("4 regu"), "{}", few.text());
    assert_eq!(put(&lead, 0, plan("three_shifts")).await.status, 200);
    assert_eq!(put(&lead, 0, plan("day24_off48")).await.status, 409);
    let week = "/api/roster?from=20261201&days=7";
    let page = house.get(week, &siti).await.json();
    assert_eq!(
        (page["duties"].as_array().map(Vec::len), &page["duties"][0]["people"]),
        (Some(21), &json!(["Siti", "Budi"]))
    );
    let swap =
        |out: &str, stand_in: &str| json!({ "day": 20_261_201, "slot": "morning", "out": out, "stand_in": stand_in });
    assert_eq!(house.post("/api/roster/swaps", &siti, swap("Rina", "Eko")).await.status, 422);
    assert_eq!(house.post("/api/roster/swaps", &siti, swap("Siti", "Eko")).await.status, 201);
    let asked = house.get(week, &siti).await.json();
    assert_eq!(asked["duties"][0]["people"], json!(["Siti", "Budi"]), "not before the lead's yes");
    let path = format!("/api/roster/swaps/{}/agree", asked["swaps"][0]["swap_id"].as_str().unwrap());
    assert_eq!(house.post(&path, &siti, json!({})).await.status, 403);
    assert_eq!(house.post(&path, &lead, json!({})).await.status, 204);
    assert_eq!(house.get(week, &siti).await.json()["duties"][0]["people"], json!(["Eko", "Budi"]));
    assert_eq!(house.get("/api/roster/advice", &lead).await.json(), json!([]), "no calls, no advice");
}

#[tokio::test]
async fn who_may_sit_at_a_seat_is_offered_for_a_plan() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    house.account("wati", Role::CallTaker).await;
    house.account("pak-kadis", Role::Viewer).await;
    let accounts = house.get("/api/roster", &lead).await.json()["accounts"].clone();
    let names: Vec<String> = serde_json::from_value(accounts).unwrap();
    assert!(names.iter().any(|name| name.to_lowercase().contains("wati")), "{names:?}");
    assert!(!names.iter().any(|name| name.to_lowercase().contains("kadis")), "{names:?}");
}
