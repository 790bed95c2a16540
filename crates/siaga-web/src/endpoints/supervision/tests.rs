//! A shift lead over HTTP beside a call-taker, with a scripted voice side.

use crate::testing::House;
use axum::http::Method;
use serde_json::{Value, json};
use siaga_core::{call::Supervision, ids::CallId, role::Role, view::desk::DeskView};
use siaga_voice::Command;
use std::time::Duration;

/// Ten times what is seen on a slow machine.
const WITHIN: Duration = Duration::from_secs(10);

pub(crate) async fn until(house: &House, what: &str, holds: impl Fn(&DeskView) -> bool) {
    let mut desk = house.web.engine.desk();
    let found = tokio::time::timeout(WITHIN, desk.wait_for(|view| holds(view))).await.map(|view| view.is_ok());
    assert!(matches!(found, Ok(true)), "never: {what}; the desk is {:#?}", house.web.engine.desk().borrow());
}

/// A call-taker in a conversation.
pub(crate) async fn talk(house: &House, role: Role) -> (String, CallId) {
    let cookie = house.sign_in(role).await;
    house.post("/api/seat", &cookie, json!({ "microphone_peak_dbfs": -20.0 })).await;
    house.post("/api/seat/station", &cookie, json!({ "sdp": "v=0" })).await;
    let call = house.voice.arrive(None);
    let here = |view: &DeskView| view.calls.iter().any(|card| card.call_id == call && card.seat.is_some());
    until(house, "it rings", here).await;
    assert_eq!(house.post(&format!("/api/calls/{call}/answer"), &cookie, json!({})).await.status, 200);
    until(house, "they talk", |view| phase(view, call) == "talking").await;
    (cookie, call)
}

pub(crate) fn phase(view: &DeskView, call: CallId) -> Value {
    view.calls.iter().find(|card| card.call_id == call).map_or(Value::Null, |card| json!(card.phase))
}

pub(crate) fn shown(view: &DeskView, call: CallId) -> Option<Supervision> {
    view.calls.iter().find(|card| card.call_id == call)?.supervision.as_ref().map(|lead| lead.how)
}

#[tokio::test]
async fn who_is_disabled_or_signed_out_is_off_the_line_at_once() {
    let house = House::new().await;
    let (_, call) = talk(&house, Role::CallTaker).await;
    let admin = house.sign_in(Role::Administrator).await;
    let user = house.account("rina", Role::ShiftLead).await;
    let path = format!("/api/calls/{call}/supervision");
    let listens = async || {
        let lead = house.sign_in_as("rina").await;
        let reply = house.post(&path, &lead, json!({ "how": "barge", "sdp": "v=0" })).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        until(&house, "the lead is there", |view| shown(view, call).is_some()).await;
        lead
    };
    let lead = listens().await;
    assert_eq!(house.delete("/api/session", &lead).await.status, 204);
    until(&house, "signed out", |view| shown(view, call).is_none()).await;
    listens().await;
    let patched = house.json(Method::PATCH, &format!("/api/users/{user}"), &admin, json!({ "disabled": true })).await;
    assert_eq!(patched.status, 200, "{}", patched.text());
    until(&house, "disabled", |view| shown(view, call).is_none()).await;
    assert_eq!(phase(&house.web.engine.desk().borrow(), call), "talking", "the call is untouched");
    let asked = house.voice.asked();
    assert_eq!(asked.iter().filter(|one| matches!(one, Command::EndSupervision { .. })).count(), 2);
    assert_eq!(asked.iter().filter(|one| matches!(one, Command::CloseStation { .. })).count(), 2, "and hears nothing");
}

#[tokio::test]
async fn a_lead_comes_speaks_and_goes_and_everybody_sees_it() {
    let house = House::new().await;
    let (siti, call) = talk(&house, Role::CallTaker).await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let path = format!("/api/calls/{call}/supervision");
    assert_eq!(
        house.json(Method::PUT, &path, &lead, json!({ "how": "whisper" })).await.json()["type"],
        "not_supervising"
    );
    let reply = house.post(&path, &lead, json!({ "how": "listen", "sdp": "v=0" })).await;
    assert_eq!((reply.status, reply.json()["sdp"].clone()), (200, "answer to v=0".into()), "{}", reply.text());
    until(&house, "the call-taker sees it", |view| shown(view, call) == Some(Supervision::Listen)).await;
    for how in ["whisper", "barge"] {
        assert_eq!(house.json(Method::PUT, &path, &lead, json!({ "how": how })).await.status, 204);
        until(&house, how, |view| shown(view, call).is_some_and(|is| is.key() == how)).await;
    }
    assert_eq!(house.json(Method::PUT, &path, &lead, json!({ "how": "shout" })).await.status, 422);
    assert_eq!(phase(&house.web.engine.desk().borrow(), call), "talking", "the call is untouched");
    for _ in 0..2 {
        assert_eq!(house.delete(&path, &lead).await.status, 204);
    }
    until(&house, "nobody is there", |view| shown(view, call).is_none()).await;
    let asked = house.voice.asked();
    let ways: Vec<_> = asked
        .iter()
        .filter_map(|one| if let Command::Supervise { how, .. } = one { Some(*how) } else { None })
        .collect();
    assert_eq!(ways, [Supervision::Listen, Supervision::Whisper, Supervision::Barge]);
    assert_eq!(asked.iter().filter(|one| matches!(one, Command::EndSupervision { .. })).count(), 1);
    assert!(!asked.iter().any(|one| matches!(one, Command::HangUp { .. } | Command::Detach { .. })));
    // The end of the call is the end of it.
    house.post(&path, &lead, json!({ "how": "listen", "sdp": "v=0" })).await;
    assert_eq!(house.post(&format!("/api/calls/{call}/end"), &siti, json!({})).await.status, 204);
    until(&house, "over", |view| phase(view, call) == "wrap" && shown(view, call).is_none()).await;
    assert_eq!(house.post(&path, &lead, json!({ "how": "listen", "sdp": "v=0" })).await.json()["type"], "call_gone");
    // Begin, two changes and end; begin and end: all of it is on the record.
    let recorded = async || {
        let kinds = ["CallSupervised", "CallSupervisionEnded"];
        while house
            .store
            .events_after(0, 1_000)
            .await
            .unwrap()
            .iter()
            .filter(|one| kinds.contains(&one.kind.as_str()))
            .count()
            < 6
        {
            tokio::task::yield_now().await
        }
    };
    tokio::time::timeout(WITHIN, recorded()).await.expect("six events");
}

#[tokio::test]
async fn who_may_not_is_told_why() {
    let house = House::new().await;
    let (siti, call) = talk(&house, Role::CallTaker).await;
    let path = format!("/api/calls/{call}/supervision");
    let body = json!({ "how": "listen", "sdp": "v=0" });
    assert_eq!(house.post(&path, &siti, body.clone()).await.status, 403, "a call-taker listens to nobody");
    let lead = house.sign_in(Role::ShiftLead).await;
    // The voice side takes no empty offer.
    assert_eq!(house.post(&path, &lead, json!({ "how": "listen", "sdp": "" })).await.status, 503);
    assert_eq!(house.post(&path, &lead, body.clone()).await.status, 200);
    house.account("eka", Role::ShiftLead).await;
    let second = house.sign_in_as("eka").await;
    assert_eq!(house.post(&path, &second, body.clone()).await.json()["type"], "already_supervised");
    // Why not is said before a sound path is asked for.
    let reply = house.post(&path, &second, json!({ "how": "listen", "sdp": "" })).await;
    assert_eq!(reply.json()["type"], "already_supervised");
    assert!(!house.voice.asked().iter().any(|one| matches!(one, Command::CloseStation { .. })), "no path to close");
    let (busy, _) = talk(&house, Role::ShiftLead).await;
    let reply = house.post(&path, &busy, body).await;
    assert_eq!((reply.status, reply.json()["type"].clone()), (409, "already_in_call".into()));
}
