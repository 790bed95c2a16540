//! Asking with a reason, hearing in ranges, and everybody who hears nothing.

use crate::{
    endpoints::calls::testing::{NUMBER, T0, write_call},
    testing::House,
};
use axum::{body::Body, http::Request};
use serde_json::json;
use siaga_core::{call::live::LiveFact, class::Class, ids::CallId, role::Role};
use siaga_voice::record::testing::record as record_tones;
use uuid::Uuid;

/// A house with one recorded call of two seconds.
async fn recorded() -> (House, CallId) {
    let house = House::new().await;
    let call = write_call(&house, 0, Some(NUMBER), Class::Ghost).await;
    let place = house.web.recordings.clone();
    let fact = record_tones(&place.folder, place.key, call, T0, 2).await;
    house.store.write_live(&[LiveFact { id: Uuid::now_v7(), at: T0, fact }]).await.unwrap();
    (house, call)
}

#[tokio::test]
async fn who_says_why_hears_the_call_and_is_on_the_record() {
    let (house, call) = recorded().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let path = format!("/api/calls/{call}/playbacks");
    let reply = house.post(&path, &lead, json!({ "reason": "uji mutu layanan" })).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let body = reply.json();
    assert_eq!((&body["duration_ms"], &body["intact"]), (&2_000.into(), &true.into()));
    assert_eq!(body["caller_peaks"].as_array().map(Vec::len), Some(20));
    let url = body["audio_url"].as_str().expect("a link").to_owned();

    let whole = house.get(&url, &lead).await;
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("audio/wav")));
    // 16 bit, two channels, 8,000 samples a second, 44 bytes of header.
    assert_eq!(whole.body.len(), 44 + 2 * 8_000 * 4);
    assert_eq!(&whole.body[..4], b"RIFF");
    let part = Request::get(&url).header("host", "siaga.test").header("cookie", &lead).header("range", "bytes=4-7");
    let part = house.send(part.body(Body::empty()).unwrap()).await;
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[4..8]));
    assert_eq!(part.header("content-range"), Some("bytes 4-7/64044"));

    let last = house.store.events_after(0, 1_000).await.unwrap().into_iter().rfind(|e| e.kind == "RecordingPlayback");
    let last = last.expect("the record says who heard what");
    assert_eq!(last.call_id, Some(call.0));
    assert!(last.body.is_some_and(|body| body.contains("uji mutu layanan")));

    let other = house.sign_in(Role::ShiftLead).await;
    assert_eq!(house.get(&url, &other).await.status, 404, "the link is another person's");
    assert_eq!(house.get("/api/recordings/x", &lead).await.status, 404);
}

#[tokio::test]
async fn what_happened_comes_with_the_sound_and_stands_in_it() {
    let (house, call) = recorded().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let taker = house.sign_in(Role::CallTaker).await;
    let body = json!({ "base_revision": 0, "fields": { "landmark": "pasar lama" } });
    let saved = house.json(axum::http::Method::PUT, &format!("/api/calls/{call}/draft"), &taker, body).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let path = format!("/api/calls/{call}/playbacks");
    let told = house.post(&path, &lead, json!({ "reason": "uji mutu layanan" })).await.json()["timeline"].clone();
    let kinds: Vec<_> = told.as_array().expect("lines").iter().map(|line| line["what"]["kind"].as_str()).collect();
    let expected = ["offered", "answered", "classed", "ended", "field"];
    assert_eq!(kinds, expected.map(Some), "{told}");
    // the tones begin with the call and last two seconds
    assert_eq!(
        (&told[0]["audio_ms"], &told[1]["audio_ms"], &told[4]["audio_ms"]),
        (&0.into(), &2_000.into(), &2_000.into())
    );
    assert_eq!((&told[4]["what"]["field"], &told[4]["what"]["value"]), (&"landmark".into(), &"pasar lama".into()));
    assert!(told[4]["by"].as_str().is_some_and(|name| name.starts_with("Nama ")), "{told}");
}

#[tokio::test]
async fn without_a_reason_or_a_recording_nothing_is_heard() {
    let (house, call) = recorded().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let silent = write_call(&house, 60, None, Class::Ghost).await;
    let rows = [
        (call.to_string(), "", 422),
        (call.to_string(), "  mutu  ", 422),
        (call.to_string(), &"x".repeat(501), 422),
        (silent.to_string(), "uji mutu", 404),
        (Uuid::now_v7().to_string(), "uji mutu", 404),
    ];
    for (id, reason, status) in rows {
        let reply = house.post(&format!("/api/calls/{id}/playbacks"), &lead, json!({ "reason": reason })).await;
        assert_eq!(reply.status, status, "{reason}: {}", reply.text());
    }
    let taker = house.sign_in(Role::CallTaker).await;
    let path = format!("/api/calls/{call}/playbacks");
    assert_eq!(house.post(&path, &taker, json!({ "reason": "ingin tahu" })).await.status, 403);
    std::fs::remove_dir_all(&house.web.recordings.folder).unwrap();
    let lost = house.post(&path, &lead, json!({ "reason": "uji mutu" })).await;
    assert_eq!((lost.status, lost.json()["type"].as_str()), (404, Some("not_found")));
    let events = house.store.events_after(0, 1_000).await.unwrap();
    assert!(events.iter().all(|event| event.kind != "RecordingPlayback"), "nothing was heard");
}
