use crate::testing::{House, NOBODY};
use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    role::Role,
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
    },
};
use siaga_engine::clock;
use siaga_store::sanctions::Ground;
use uuid::Uuid;

const NUMBER: &str = "+6281234567890";

/// Answered and classed `minutes` ago.
pub(crate) async fn call(house: &House, minutes: i64, class: Class) -> CallId {
    let (call, by) = (CallId(Uuid::now_v7()), UserId(Uuid::now_v7()));
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: Some(NUMBER.to_owned()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let at = clock::now().plus_ms(-minutes * 60_000);
    let facts = [
        offered,
        Fact::Answered { call, seat: SeatId(1), call_taker: by },
        Fact::Classed { call, by, choice: Some(ClassChoice { class, sub: None }) },
        Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller },
    ]
    .map(|fact| LiveFact { id: Uuid::now_v7(), at, fact });
    house.store.write_live(&facts).await.unwrap();
    call
}

/// Six pranks and what the job makes of them.
async fn six_pranks(house: &House) -> String {
    for minutes in 1..=6 {
        call(house, minutes, Class::Prank).await;
    }
    let (city, policy) = (house.web.city.now(), siaga_core::policy::Policy::default());
    let ground = Ground { city: &city, policy: &policy, base_url: "", now: clock::now() };
    let changed = house.store.sanctions_look(&ground, Timestamp(0)).await.unwrap();
    changed[0].to_string()
}

async fn decide(house: &House, id: &str, verb: &str, cookie: &str, body: Value) -> (u16, Value) {
    let reply = house.post(&format!("/api/sanctions/{id}/{verb}"), cookie, body).await;
    (reply.status, reply.json())
}

async fn send_form(house: &House, code: &str) -> (u16, String) {
    let form = format!("code={code}&text=bukan+saya");
    let request = Request::post("/api/appeals")
        .header("host", "siaga.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form));
    let reply = house.send(request.unwrap()).await;
    (reply.status, reply.text())
}

#[tokio::test]
async fn from_six_pranks_to_a_lifted_block() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let other = house.sign_in(Role::Administrator).await;
    let mut changes = house.web.changes.listen();
    let id = six_pranks(&house).await;
    let open = house.get("/api/sanctions?show=open", &lead).await.json();
    assert_eq!((&open[0]["step"], &open[0]["hours"]), (&json!("block_temporarily"), &json!(24)));
    assert_eq!(house.get("/api/sanctions?show=nonsense", &lead).await.status, 400);
    let detail = house.get(&format!("/api/sanctions/{id}"), &lead).await.json();
    assert_eq!((detail["calls"].as_array().map(Vec::len), detail["real"].as_array().map(Vec::len)), (Some(6), Some(0)));

    let reason = json!({ "reason": "rekaman keenamnya jelas" });
    let first = decide(&house, &id, "approve", &other, reason.clone()).await;
    assert_eq!((first.0, &first.1["type"]), (403, &json!("shift_lead_first")), "{}", first.1);
    assert_eq!(decide(&house, &id, "approve", &lead, json!({ "reason": "" })).await.0, 422);
    let (status, begun) = decide(&house, &id, "approve", &lead, reason.clone()).await;
    assert_eq!((status, &begun["sanction"]["state"]), (200, &json!("in_force")), "{begun}");
    assert!(changes.try_recv().is_ok(), "the consoles are told");
    assert!(house.store.number_facts(NUMBER, clock::now()).await.unwrap().block.is_some());

    let text = house.store.outbox_list().await.unwrap()[0].text.clone();
    let code = text.rsplit(": ").next().unwrap().to_owned();
    assert!(!begun["notices"][0].as_str().unwrap().contains(&code), "the code is in the notice only");
    let wrong = send_form(&house, "AAAAA-AAAAA-AAAAA").await;
    let right = send_form(&house, &code).await;
    assert_eq!((wrong.0, &wrong.1), (200, &right.1), "no answer tells which codes exist");
    assert_eq!(send_form(&house, &code).await, right);
    let appealed = house.get("/api/sanctions?show=appealed", &lead).await.json();
    assert_eq!(appealed[0]["appeal"]["text"], "bukan saya");

    let uphold = json!({ "outcome": "upheld", "reason": "rekaman jelas" });
    let own = decide(&house, &id, "appeal", &lead, uphold).await;
    assert_eq!((own.0, &own.1["type"]), (403, &json!("own_approval")));
    let lifted = json!({ "outcome": "lifted", "reason": "suara orang lain" });
    let (status, after) = decide(&house, &id, "appeal", &other, lifted).await;
    assert_eq!((status, &after["sanction"]["state"]), (200, &json!("lifted")), "{after}");
    assert_eq!(house.store.number_facts(NUMBER, clock::now()).await.unwrap().block, None);

    let file = house.get(&format!("/api/sanctions/{id}/evidence"), &lead).await;
    let found = siaga_store::evidence::verify(&file.body);
    assert_eq!((file.status, found.faults), (200, vec![]));
    assert!(file.header("content-disposition").is_some_and(|name| name.contains("bukti-")));
}

#[tokio::test]
async fn by_hand_with_a_reason_and_never_on_the_immune() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let new = |hours: u32| json!({ "number": "0812-3456-7890", "step": "block_temporarily", "hours": hours, "reason": "menghina petugas" });
    assert_eq!(house.post("/api/sanctions", &lead, new(100)).await.status, 422);
    let unreadable = json!({ "number": "pak RT", "step": "warn", "reason": "menghina petugas" });
    assert_eq!(house.post("/api/sanctions", &lead, unreadable).await.status, 422);
    let made = house.post("/api/sanctions", &lead, new(72)).await;
    assert_eq!((made.status, &made.json()["sanction"]["needs_second"]), (201, &json!(true)), "{}", made.text());
    assert_eq!(house.post("/api/sanctions", &lead, new(24)).await.status, 409, "one open proposal at a time");
    let id = made.json()["sanction"]["sanction_id"].as_str().unwrap().to_owned();
    let reason = json!({ "reason": "rekaman jelas" });
    let (_, waiting) = decide(&house, &id, "approve", &lead, reason.clone()).await;
    assert_eq!(waiting["sanction"]["state"], "awaiting_second");
    let same = decide(&house, &id, "approve", &lead, reason.clone()).await;
    assert_eq!((same.0, &same.1["type"]), (403, &json!("same_person")));
    call(&house, 1, Class::Emergency).await;
    let second = house.sign_in(Role::Administrator).await;
    let immune = decide(&house, &id, "approve", &second, reason.clone()).await;
    assert_eq!((immune.0, &immune.1["type"]), (422, &json!("immune")));
    assert_eq!(decide(&house, &id, "reject", &second, reason.clone()).await.0, 200);
    assert_eq!(decide(&house, &id, "lift", &second, reason.clone()).await.0, 409);
    let nowhere = "01890000-0000-7000-8000-000000000000";
    assert_eq!(decide(&house, nowhere, "approve", &lead, reason).await.0, 404);
    assert_eq!(house.get(&format!("/api/sanctions/{nowhere}/evidence"), &lead).await.status, 404);
}

#[tokio::test]
async fn the_public_page_needs_no_script_and_wears_out() {
    let house = House::new().await;
    let page = house.get("/keberatan", NOBODY).await;
    let text = page.text();
    assert_eq!(page.status, 200);
    for word in ["Kode keberatan", "method=\"post\"", "tel:112", "lang=\"id\"", "Kota Serang"] {
        assert!(text.contains(word), "{word}");
    }
    for word in ["<script", "style=\"", "{{", "Pasal", "pidana"] {
        assert!(!text.contains(word), "{word}");
    }
    assert_eq!(send_form(&house, "x").await.0, 200);
    let mut last = 200;
    for _ in 0..20 {
        last = send_form(&house, "x").await.0;
    }
    assert_eq!(last, 429);
    let other = House::new().await;
    assert_eq!(other.post("/api/appeals", NOBODY, json!({})).await.status, 422);
}
