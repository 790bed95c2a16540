use crate::{endpoints::sanctions::tests::call, testing::House};
use serde_json::json;
use siaga_core::{class::Class, policy::Policy, role::Role};
use std::time::Duration;

/// Ten times what is seen on a slow machine.
const DEADLINE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_draft_is_tried_and_put_into_force_by_a_decree() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let admin = house.sign_in(Role::Administrator).await;
    let before = house.get("/api/policies", &lead).await.json();
    assert_eq!((&before["in_force"]["version"], before["history"].as_array().map(Vec::len)), (&json!(0), Some(0)));
    let mut policy = Policy { name: "lebih keras".to_owned(), ..Policy::default() };
    policy.sanction.one_person_hours_max = 30;
    let wrong = house.post("/api/policies", &lead, json!({ "policy": policy })).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("sanction.one_person_hours_max"), "{}", wrong.text());
    policy.sanction.one_person_hours_max = 24;
    policy.sanction.block_from = 4;
    let made = house.post("/api/policies", &lead, json!({ "policy": policy })).await;
    assert_eq!((made.status, &made.json()["version"]), (201, &json!(1)));

    for minutes in [50, 40, 30, 20] {
        call(&house, minutes, Class::Prank).await;
    }
    let fire = call(&house, 10, Class::Emergency).await;
    let begun = house.post("/api/policies/1/dry-runs", &lead, json!({})).await;
    assert_eq!(begun.status, 202, "{}", begun.text());
    let path = format!("/api/dry-runs/{}", begun.json()["dry_run_id"].as_str().unwrap());
    let done = tokio::time::timeout(DEADLINE, async {
        loop {
            let view = house.get(&path, &lead).await.json();
            if view["state"] != "running" {
                return view;
            }
            tokio::task::yield_now().await;
        }
    });
    let done = done.await.expect("it ends");
    assert_eq!((&done["state"], &done["done"], &done["total"]), (&json!("done"), &json!(5), &json!(5)), "{done}");
    assert_eq!(done["findings"]["slower"][0]["call_id"], json!(fire));
    assert_eq!(house.delete(&path, &lead).await.status, 204, "what is over stays");
    assert_eq!(house.get("/api/dry-runs/01890000-0000-7000-8000-000000000000", &lead).await.status, 404);

    let decree = json!({ "decree": "188/12/2026" });
    assert_eq!(house.post("/api/policies/1/force", &lead, decree.clone()).await.status, 403);
    assert_eq!(house.post("/api/policies/1/force", &admin, json!({ "decree": " " })).await.status, 422);
    assert_eq!(house.post("/api/policies/7/force", &admin, decree.clone()).await.status, 404);
    let put = house.post("/api/policies/1/force", &admin, decree).await;
    assert_eq!((put.status, &put.json()["in_force"]["policy"]["decree"]), (200, &json!("188/12/2026")));
    assert_eq!(house.store.policy_in_force().await.unwrap().unwrap().sanction.block_from, 4);
}
