use crate::{drills::Drills, testing::House, web::WebConfig};
use serde_json::json;
use siaga_core::role::Role;
use siaga_store::testing::TestFolder;
use std::{os::unix::fs::PermissionsExt, sync::Arc, time::Duration};

/// Ten times what is seen on a slow machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A simulator that keeps its plan and stays until its input is closed.
fn simulator(folder: &TestFolder) -> WebConfig {
    let program = folder.path().join("callers");
    std::fs::write(&program, format!("#!/bin/sh\nread plan\necho \"$plan\" >{}/plan\ncat\n", folder.path().display()))
        .unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    let drills = Drills::new(program, ([127, 0, 0, 1], 5060).into());
    WebConfig { drills: Some(Arc::new(drills)), ..WebConfig::default() }
}

#[tokio::test]
async fn a_lead_orders_one_drill_and_ends_it() {
    let folder = TestFolder::new();
    let house = House::with(simulator(&folder)).await;
    let (lead, taker) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::CallTaker).await);
    let order = json!({ "scenario": "storm", "calls": 4, "minutes": 2 });
    assert_eq!(house.post("/api/drills", &taker, order.clone()).await.status, 403);
    for (calls, minutes) in [(0, 2), (41, 2), (4, 0), (4, 61)] {
        let wrong = json!({ "scenario": "storm", "calls": calls, "minutes": minutes });
        assert_eq!(house.post("/api/drills", &lead, wrong).await.status, 422, "{calls} {minutes}");
    }
    let made = house.post("/api/drills", &lead, order.clone()).await;
    assert_eq!((made.status, &made.json()["running"]["calls"]), (201, &json!(4)), "{}", made.text());
    assert_eq!(house.post("/api/drills", &lead, order).await.status, 409, "one at a time");
    let plan = tokio::time::timeout(DEADLINE, async {
        loop {
            if let Some(plan) = std::fs::read(folder.path().join("plan")).ok().filter(|plan| plan.ends_with(b"\n")) {
                return serde_json::from_slice::<serde_json::Value>(&plan).unwrap();
            }
            tokio::task::yield_now().await;
        }
    });
    let plan = plan.await.expect("the simulator got its plan");
    let tokens: std::collections::BTreeSet<_> =
        plan["calls"].as_array().unwrap().iter().map(|call| call["token"].as_str().unwrap().to_owned()).collect();
    assert_eq!(tokens.len(), 4, "a token for each call");
    assert_eq!((&plan["calls"][0]["kind"], &plan["calls"][1]["at_ms"]), (&json!("fallen_tree"), &json!(30_000)));
    // Nobody asked it to go: its input stays open.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!house.get("/api/drills", &lead).await.json()["running"].is_null(), "it goes on");
    assert_eq!(house.delete("/api/drills/running", &lead).await.status, 204);
    let ended = tokio::time::timeout(DEADLINE, async {
        loop {
            let page = house.get("/api/drills", &taker).await.json();
            if page["running"].is_null() {
                return page;
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(ended.await.expect("it ends")["past"][0]["ended"], "person");
}

#[tokio::test]
async fn without_a_simulator_there_is_no_drill() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let order = json!({ "scenario": "storm", "calls": 4, "minutes": 2 });
    assert_eq!(house.post("/api/drills", &lead, order).await.status, 404);
}
