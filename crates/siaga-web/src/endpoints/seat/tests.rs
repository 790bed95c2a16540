//! The live desk over HTTP, with a scripted voice side: what a console does in a shift.

use crate::testing::House;
use futures_util::StreamExt;
use serde_json::{Value, json};
use siaga_core::{ids::CallId, role::Role, view::desk::DeskView};
use siaga_voice::Command;
use std::time::Duration;

/// Ten times what is seen on a slow machine.
const WITHIN: Duration = Duration::from_secs(10);
const NUMBER: &str = "081234567890";

/// Waits until the desk looks so; says how it looked when it never did.
async fn until(house: &House, what: &str, holds: impl Fn(&DeskView) -> bool) -> DeskView {
    let mut desk = house.web.engine.desk();
    let found = tokio::time::timeout(WITHIN, desk.wait_for(|view| holds(view))).await.map(|view| view.is_ok());
    assert!(matches!(found, Ok(true)), "never: {what}; the desk is {:#?}", house.web.engine.desk().borrow());
    let view = desk.borrow().clone();
    DeskView::clone(&view)
}

async fn sit(house: &House, role: Role) -> String {
    let cookie = house.sign_in(role).await;
    let reply = house.post("/api/seat", &cookie, json!({ "microphone_peak_dbfs": -20.0 })).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let reply = house.post("/api/seat/station", &cookie, json!({ "sdp": "v=0" })).await;
    assert_eq!(reply.json()["sdp"], "answer to v=0", "{}", reply.text());
    let seat = house.post("/api/seat", &cookie, json!({ "microphone_peak_dbfs": -20.0 })).await.json()["seat"].clone();
    until(house, "the seat is ready", |view| {
        view.seats.iter().any(|one| json!(one.seat) == seat && json!(one.state) == "ready")
    })
    .await;
    cookie
}

/// Posts, and gives status and problem key (or `null`).
async fn ask(house: &House, cookie: &str, path: &str, body: Value) -> (u16, Value) {
    let reply = house.post(path, cookie, body).await;
    (reply.status, reply.json()["type"].clone())
}

fn phase(view: &DeskView, call: CallId) -> Value {
    view.calls.iter().find(|card| card.call_id == call).map_or(Value::Null, |card| json!(card.phase))
}

#[tokio::test]
async fn a_prank_is_closed_with_one_key_and_taken_back_with_another() {
    let house = House::new().await;
    let siti = sit(&house, Role::CallTaker).await;
    let call = house.voice.arrive(Some(NUMBER));
    let view = until(&house, "it rings at the seat", |view| view.calls.iter().any(|card| card.seat.is_some())).await;
    assert_eq!(view.calls[0].number.as_deref(), Some("0812-3456-7890"));
    let path = format!("/api/calls/{call}");
    assert_eq!(
        ask(&house, &siti, &format!("{path}/class"), json!({ "class": "prank" })).await,
        (409, "not_answered".into())
    );
    assert_eq!(ask(&house, &siti, &format!("{path}/answer"), json!({})).await.0, 200);
    until(&house, "they talk", |view| phase(view, call) == "talking").await;
    assert_eq!(ask(&house, &siti, &format!("{path}/answer"), json!({})).await.0, 200, "the same request again");
    assert_eq!(
        ask(&house, &siti, &format!("{path}/class"), json!({ "class": "abandoned" })).await,
        (422, "unknown_class".into())
    );
    let held = json!({ "class": "prank", "sub": "child", "hang_up": true });
    assert_eq!(ask(&house, &siti, &format!("{path}/class"), held).await.0, 204);
    let view = until(&house, "the line is down", |view| phase(view, call) == "wrap").await;
    assert!(view.calls[0].undo_until.is_some());
    assert_eq!(house.delete(&format!("{path}/class"), &siti).await.status, 204);
    let view = until(&house, "it is taken back", |view| view.calls.iter().all(|card| card.class.is_none())).await;
    assert_eq!(phase(&view, call), "wrap");
    assert_eq!(ask(&house, &siti, "/api/seat/ready", json!({})).await, (409, "class_missing".into()));
    assert_eq!(ask(&house, &siti, &format!("{path}/class"), json!({ "class": "ghost" })).await.0, 204);
    assert_eq!(ask(&house, &siti, "/api/seat/ready", json!({})).await.0, 204);
    until(&house, "the desk is empty", |view| view.calls.is_empty()).await;
    // Later it is corrected in the record.
    let row = async || house.get(&path, &siti).await.json();
    let recorded = async || {
        while row().await["class"] != "ghost" {
            tokio::task::yield_now().await
        }
    };
    tokio::time::timeout(WITHIN, recorded()).await.expect("the row is written");
    assert_eq!(ask(&house, &siti, &format!("{path}/class"), json!({ "class": "test", "sub": "drill" })).await.0, 204);
    assert_eq!((row().await["class"].clone(), row().await["ended_by"].clone()), ("test".into(), "call_taker".into()));
    assert_eq!(house.delete(&format!("{path}/class"), &siti).await.json()["type"], "undo_too_late");
}

#[tokio::test]
async fn two_seats_one_call() {
    let house = House::new().await;
    let (siti, budi) = (sit(&house, Role::CallTaker).await, sit(&house, Role::Dispatcher).await);
    let call = house.voice.arrive(None);
    until(&house, "it rings", |view| view.calls.iter().any(|card| card.seat.is_some())).await;
    let path = format!("/api/calls/{call}/answer");
    let (first, second) = tokio::join!(ask(&house, &siti, &path, json!({})), ask(&house, &budi, &path, json!({})));
    let mut answers = [first, second];
    answers.sort_by_key(|answer| answer.0);
    assert_eq!(answers, [(200, Value::Null), (409, "call_taken".into())]);
    let asked = house.voice.asked();
    assert_eq!(asked.iter().filter(|one| matches!(one, Command::Answer { .. })).count(), 1);
    assert!(!asked.iter().any(|one| matches!(one, Command::HangUp { .. })));
    // Within 20 s anybody may repair a wrong claim; the one before is free again.
    until(&house, "they talk", |view| phase(view, call) == "talking").await;
    let claim = format!("/api/calls/{call}/claim");
    let loser = if answers[0] == ask(&house, &siti, &path, json!({})).await { &budi } else { &siti };
    assert_eq!(ask(&house, loser, &claim, json!({})).await.0, 200);
    assert_eq!(ask(&house, loser, &path, json!({})).await.0, 200);
}

#[tokio::test]
async fn who_gave_up_is_called_back() {
    let house = House::new().await;
    let siti = sit(&house, Role::CallTaker).await;
    let call = house.voice.arrive(Some(NUMBER));
    until(&house, "it rings", |view| view.calls.iter().any(|card| card.seat.is_some())).await;
    house.voice.hang_up(call);
    let view = until(&house, "it is on the list", |view| view.callbacks.len() == 1).await;
    assert_eq!(ask(&house, &siti, &format!("/api/calls/{call}/answer"), json!({})).await, (410, "call_gone".into()));
    let path = format!("/api/callbacks/{}", view.callbacks[0].callback_id);
    let reply = house.post(&format!("{path}/call"), &siti, json!({})).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let back: CallId = serde_json::from_value(reply.json()["call_id"].clone()).expect("because it is an id");
    until(&house, "it is dialled", |view| phase(view, back) == "dialling").await;
    assert_eq!(house.delete(&path, &siti).await.json()["type"], "callback_taken");
    assert_eq!(ask(&house, &siti, &format!("/api/calls/{back}/end"), json!({})).await.0, 204);
    let view = until(&house, "it stays on the list", |view| view.callbacks.iter().any(|one| one.attempts == 1)).await;
    assert!(view.calls.is_empty());
    assert_eq!(house.delete(&path, &siti).await.status, 204);
    assert_eq!(house.delete(&path, &siti).await.json()["type"], "callback_gone");
}

#[tokio::test]
async fn a_seat_needs_a_microphone_and_commands_need_a_seat() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    for (peak, status) in [(-90.0, 422), (-59.0, 200)] {
        assert_eq!(
            house.post("/api/seat", &siti, json!({ "microphone_peak_dbfs": peak })).await.status,
            status,
            "{peak}"
        );
    }
    let budi = house.sign_in(Role::CallTaker).await;
    let call = house.voice.arrive(Some(NUMBER));
    until(&house, "it waits", |view| view.waiting_count == 1).await;
    for (cookie, expected) in [(&budi, "no_seat"), (&siti, "no_station")] {
        assert_eq!(ask(&house, cookie, &format!("/api/calls/{call}/answer"), json!({})).await, (409, expected.into()));
    }
    for path in ["seat/heartbeat", "seat/ready", "seat/station"] {
        assert_eq!(
            ask(&house, &budi, &format!("/api/{path}"), json!({ "sdp": "v=0" })).await,
            (409, "no_seat".into()),
            "{path}"
        );
    }
    assert_eq!(ask(&house, &siti, "/api/seat/station", json!({ "sdp": "" })).await, (503, "unavailable".into()));
    assert_eq!(ask(&house, &siti, "/api/seat/pause", json!({ "on": true })).await.0, 204);
    assert_eq!(house.delete("/api/seat", &siti).await.status, 204);
    until(&house, "nobody sits", |view| view.seats.is_empty()).await;
    assert!(!house.voice.asked().iter().any(|one| matches!(one, Command::HangUp { .. })));
}

#[tokio::test]
async fn who_cannot_speak_is_heard_and_asked() {
    let house = House::new().await;
    let siti = sit(&house, Role::CallTaker).await;
    assert_eq!(ask(&house, &siti, "/api/seat/pause", json!({ "on": true })).await.0, 204);
    // No seat is free: the machine takes the line.
    let call = house.voice.arrive(Some(NUMBER));
    until(&house, "the machine listens", |view| phase(view, call) == "listening").await;
    let path = format!("/api/calls/{call}");
    let heard = house.get(&format!("{path}/recall?seconds=10"), &siti).await;
    assert_eq!((heard.status, heard.header("content-type")), (200, Some("audio/wav")));
    for wrong in ["seconds=0", "seconds=61"] {
        assert_eq!(house.get(&format!("{path}/recall?{wrong}"), &siti).await.json()["type"], "invalid", "{wrong}");
    }
    assert_eq!(ask(&house, &siti, &format!("{path}/say"), json!({ "prompt": "yes_no" })).await.0, 204);
    assert_eq!(ask(&house, &siti, &format!("{path}/say"), json!({ "prompt": "hang_up" })).await.0, 422);
    assert_eq!(ask(&house, &siti, &format!("{path}/duress"), json!({ "on": true })).await.0, 204);
    // Not a silent line yet: nobody ends it without taking it.
    let held = json!({ "class": "ghost", "hang_up": true });
    assert_eq!(ask(&house, &siti, &format!("{path}/class"), held).await, (409, "not_answered".into()));
    house.voice.tell(siaga_voice::Event::Key { call, at: siaga_engine::clock::now(), digit: '1' });
    let view = until(&house, "the key is shown", |view| view.calls.iter().any(|card| card.keys == "1")).await;
    assert!(view.calls[0].duress && !view.calls[0].why.is_empty());
    let said: Vec<_> = house.voice.asked().into_iter().filter(|one| matches!(one, Command::Say { .. })).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(ask(&house, &siti, &format!("{path}/answer"), json!({})).await.0, 200);
    until(&house, "they talk", |view| phase(view, call) == "talking").await;
    assert!(!house.voice.asked().iter().any(|one| matches!(one, Command::HangUp { .. })));
    // Who cannot speak freely is not sent to the sentence for abuse, unless the mark was a slip.
    let hand_off = format!("{path}/hand-off");
    let refused = house.post(&hand_off, &siti, json!({})).await;
    assert_eq!((refused.status, refused.json()["type"].as_str()), (409, Some("threatened")));
    assert!(refused.json().to_string().contains("cabut tanda Terancam dahulu"), "{}", refused.json());
    assert_eq!(ask(&house, &siti, &format!("{path}/duress"), json!({ "on": false })).await.0, 204);
    assert_eq!(ask(&house, &siti, &hand_off, json!({})).await.0, 204);
    until(&house, "the machine goes on", |view| phase(view, call) == "handed_off").await;
}

#[tokio::test]
async fn the_list_of_lost_callers_and_the_rules_are_told() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let call = house.voice.arrive(Some(NUMBER));
    house.voice.hang_up(call);
    until(&house, "it is on the list", |view| view.callbacks.len() == 1).await;
    let listed = async || loop {
        let rows = house.get("/api/callbacks", &siti).await.json();
        if rows[0]["call_id"] == json!(call) {
            return rows;
        }
        tokio::task::yield_now().await;
    };
    let rows = tokio::time::timeout(WITHIN, listed()).await.expect("the row is written");
    assert!(rows[0]["next_attempt_at"].is_i64() && rows[0]["closed_at"].is_null(), "{rows}");
    assert_eq!((rows[0]["number"].clone(), rows[0]["reason"].clone()), ("0812-3456-7890".into(), "abandoned".into()));
    let policy = house.get("/api/policy", &siti).await.json();
    let rule =
        |key: &str| policy["rules"].as_array().and_then(|rules| rules.iter().find(|rule| rule["key"] == key).cloned());
    let words = rule("queue.lane_b_ms_max").expect("a rule")["words"].clone();
    assert!(words.as_str().is_some_and(|words| words.contains("60 detik")), "{words}");
}

#[tokio::test]
async fn the_stream_begins_with_the_desk_and_tells_what_changes() {
    let house = House::new().await;
    let siti = house.sign_in(Role::CallTaker).await;
    let response = house.stream("/api/live", &siti).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut body = response.into_body().into_data_stream();
    let mut heard = String::new();
    let mut until_heard = async |text: &str| {
        let hear = async {
            while !heard.contains(text) {
                let bytes = body.next().await.expect("the stream lives").expect("it is readable");
                heard.push_str(&String::from_utf8_lossy(&bytes));
            }
        };
        tokio::time::timeout(WITHIN, hear).await.unwrap_or_else(|_| panic!("never {text} in {heard}"));
        heard.clone()
    };
    assert!(until_heard("\n\n").await.starts_with("event: desk\n"));
    let call = house.voice.arrive(Some(NUMBER));
    until_heard(&call.to_string()).await;
    until_heard("event: changed\ndata: {\"topic\":\"calls\"").await;
}
