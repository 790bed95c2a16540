use crate::{endpoints::ledger::post::tests::upload, testing::House};
use axum::http::Method;
use serde_json::{Value, json};
use siaga_core::role::Role;
use std::fmt::Write;

const ID: &str = "0194a000-0000-7000-8000-000000000001";

fn radio() -> Value {
    json!({
        "name": "Siaran radio", "kind": "radio", "first": 20_200_601, "last": 20_200_614, "villages": [],
        "audience": "Semua", "organiser": { "other": "Diskominfo" }, "notes": "", "reached": null, "window": 28
    })
}

/// Ten pranks a day in May and the first half of June 2020, four from then on.
fn ledger() -> String {
    let mut text = "started_at,number,answered_at,ended_at,class\n".to_owned();
    for (month, days) in [(5, 1..=31), (6, 1..=30), (7, 1..=31)] {
        for day in days {
            let calls = if (month, day) < (6, 15) { 10 } else { 4 };
            for hour in 8..8 + calls {
                let at = format!("2020-{month:02}-{day:02} {hour:02}");
                writeln!(text, "{at}:00:00,,{at}:00:05,{at}:01:00,prank").unwrap();
            }
        }
    }
    text
}

#[tokio::test]
async fn a_head_enters_one_and_reads_its_effect() {
    let house = House::new().await;
    let (lead, head) = (house.sign_in(Role::ShiftLead).await, house.sign_in(Role::Viewer).await);
    assert_eq!(upload(&house, &lead, ledger()).await.status, 200);
    assert_eq!(house.get("/api/campaigns", &head).await.json(), json!([]));
    let new = json!({ "campaign_id": ID, "campaign": radio() });
    let made = house.post("/api/campaigns", &head, new.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(house.post("/api/campaigns", &head, new).await.json(), made.json(), "one sent twice is one");

    let effect = house.get(&format!("/api/campaigns/{ID}/effect"), &lead).await.json();
    assert_eq!(effect["effect"]["series"][0]["verdict"], "fell");
    assert_eq!(effect["effect"]["series"][0]["after"]["change_pct"], -60.0);
    assert_eq!(effect["effect"]["cautions"], json!(["no_comparison_year"]));
    assert_eq!(effect["days"].as_array().map(Vec::len), Some(70));
    let longer = house.get(&format!("/api/campaigns/{ID}/effect?window=56"), &head).await.json();
    assert_eq!(longer["effect"]["windows"][0]["counted"], 31);
    assert_eq!(house.get(&format!("/api/campaigns/{ID}/effect?window=30"), &head).await.status, 422);

    let put = async |seen: i64, name: &str, reason: &str| {
        let mut campaign = radio();
        campaign["name"] = json!(name);
        let body = json!({ "seen": seen, "campaign": campaign, "reason": reason });
        house.json(Method::PUT, &format!("/api/campaigns/{ID}"), &lead, body).await
    };
    let changed = put(1, "Siaran dua radio", "radio kedua ikut").await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!(changed.json()["versions"].as_array().map(Vec::len), Some(2));
    assert_eq!(put(1, "Lain lagi", "terlambat").await.status, 409);
    let wrong = put(2, "", " ").await;
    assert_eq!(wrong.status, 422);
    let fields = wrong.json()["fields"].clone();
    assert!(fields["name"].as_str().unwrap().contains("Beri nama"), "{fields}");
    assert!(fields["reason"].as_str().unwrap().contains("alasan"), "{fields}");

    let cancel = format!("/api/campaigns/{ID}/cancel");
    assert_eq!(house.post(&cancel, &head, json!({ "reason": "" })).await.status, 422);
    let gone = house.post(&cancel, &head, json!({ "reason": "tidak jadi siaran" })).await;
    assert_eq!((gone.status, &gone.json()["view"]["state"]), (200, &json!("cancelled")));
    assert_eq!(put(2, "Lagi", "sudah batal").await.status, 409);
    let mut standing = radio();
    standing["name"] = gone.json()["view"]["campaign"]["name"].clone();
    let again = house.post("/api/campaigns", &head, json!({ "campaign_id": ID, "campaign": standing })).await;
    assert_eq!(again.status, 409, "{}", again.text());
    let list = house.get("/api/campaigns", &lead).await.json();
    assert_eq!((&list[0]["effect"], &list[0]["cancelled"]["reason"]), (&Value::Null, &json!("tidak jadi siaran")));
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field_and_nothing_is_kept() {
    let house = House::new().await;
    let head = house.sign_in(Role::Viewer).await;
    let mut campaign = radio();
    campaign["last"] = json!(20_200_531);
    campaign["organiser"] = json!({ "agency": "tidak-ada" });
    campaign["reached"] = json!({ "people": 12, "counted_how": "" });
    let reply = house.post("/api/campaigns", &head, json!({ "campaign_id": ID, "campaign": campaign })).await;
    assert_eq!(reply.status, 422);
    let fields = reply.json()["fields"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields, ["last", "organiser", "reached"]);
    let mut campaign = radio();
    campaign["name"] = json!("Siaran \u{202e}oidar");
    campaign["audience"] = json!("Semua\u{7}");
    campaign["organiser"] = json!({ "other": "Dinas\nLain" });
    campaign["notes"] = json!("baris satu\nbaris dua\u{2066}");
    let reply = house.post("/api/campaigns", &head, json!({ "campaign_id": ID, "campaign": campaign })).await;
    let fields = reply.json()["fields"].as_object().unwrap().clone();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["audience", "name", "notes", "organiser"]);
    assert!(fields.values().all(|words| words.as_str().unwrap().contains("tidak terlihat")), "{fields:?}");
    assert_eq!(house.get("/api/campaigns", &head).await.json(), json!([]));
    for path in [format!("/api/campaigns/{ID}"), format!("/api/campaigns/{ID}/effect")] {
        assert_eq!(house.get(&path, &head).await.status, 404);
    }
    for role in [Role::CallTaker, Role::Dispatcher] {
        let taker = house.sign_in(role).await;
        assert_eq!(house.get("/api/campaigns", &taker).await.status, 403);
    }
}
