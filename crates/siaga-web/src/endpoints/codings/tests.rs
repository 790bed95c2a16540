//! Blind, by somebody else, once; and a real call is loud.

use crate::{
    endpoints::calls::testing::{NUMBER, T0, write_call, write_call_by},
    testing::House,
};
use serde_json::json;
use siaga_core::{call::live::LiveFact, class::Class, ids::CallId, review::Seed, role::Role};
use siaga_voice::record::testing::record as record_tones;
use std::time::Duration;
use uuid::Uuid;

const SEED: Seed = Seed([5; 32]);
/// Ten times what is seen.
const WITHIN: Duration = Duration::from_secs(10);

async fn record(house: &House, call: CallId) {
    let place = house.web.recordings.clone();
    let fact = record_tones(&place.folder, place.key, call, T0, 2).await;
    house.store.write_live(&[LiveFact { id: Uuid::now_v7(), at: T0, fact }]).await.unwrap();
    house.store.codings_draw(&SEED, T0.plus_ms(60_000)).await.unwrap();
}

#[tokio::test]
async fn a_second_person_hears_and_codes_a_call_of_which_they_are_told_nothing() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let call = write_call(&house, 0, Some(NUMBER), Class::Prank).await;
    record(&house, call).await;

    let queue = house.get("/api/codings", &lead).await;
    let body = queue.json();
    assert_eq!((body["due"].as_array().map(Vec::len), &body["for_others"]), (Some(1), &0.into()), "{body}");
    let coding = body["due"][0]["coding_id"].as_str().unwrap().to_owned();
    let played = house.post(&format!("/api/codings/{coding}/playbacks"), &lead, json!({})).await;
    assert_eq!(played.status, 200, "{}", played.text());
    assert_eq!((&played.json()["timeline"], &played.json()["duration_ms"]), (&json!(null), &2_000.into()));
    for told in [queue.text(), played.text()] {
        for secret in [call.to_string().as_str(), "81234567890", "prank", "Nama"] {
            assert!(!told.contains(secret), "{secret} stands in {told}");
        }
    }
    let sound = house.get(played.json()["audio_url"].as_str().unwrap(), &lead).await;
    assert_eq!(sound.body.len(), 44 + 2 * 8_000 * 4);
    let events = house.store.events_after(0, 1_000).await.unwrap();
    let heard = events.iter().rfind(|event| event.kind == "RecordingPlayback").expect("hearing is on the record");
    assert!(heard.call_id == Some(call.0) && heard.body.as_ref().is_some_and(|body| body.contains("penilaian ganda")));

    let path = format!("/api/codings/{coding}");
    for (class, sub, status) in
        [("abandoned", None, 409), ("ghost", Some("child"), 409), ("ghost", Some("silent"), 204)]
    {
        let reply = house.post(&path, &lead, json!({ "class": class, "sub": sub })).await;
        assert!(reply.status == status || (status == 409 && reply.status >= 400), "{class}: {}", reply.text());
    }
    let again = house.post(&path, &lead, json!({ "class": "prank", "sub": null })).await;
    assert_eq!((again.status, again.json()["type"].as_str()), (409, Some("conflict")), "once");
    assert_eq!(house.post(&format!("{path}/playbacks"), &lead, json!({})).await.status, 409);
    assert_eq!(house.get("/api/codings", &lead).await.json()["due"], json!([]));
    assert_eq!(house.get("/api/codings/found", &lead).await.json(), json!([]), "a ghost is no real call");

    let viewer = house.sign_in(Role::Viewer).await;
    let figures = house.get("/api/codings/figures?from=2026-04-27&to=2026-05-03", &viewer).await.json();
    assert_eq!(
        (&figures["weeks"][0]["count"]["coded"], &figures["weeks"][0]["count"]["alike"]),
        (&1.into(), &0.into())
    );
    assert_eq!(house.get("/api/codings/figures?from=x&to=2026-05-03", &viewer).await.status, 422);
}

#[tokio::test]
async fn a_real_call_stands_on_the_call_back_list_and_waits_for_a_shift_lead() {
    let house = House::new().await;
    let lead = house.sign_in(Role::ShiftLead).await;
    let call = write_call(&house, 0, Some(NUMBER), Class::Ghost).await;
    record(&house, call).await;
    let coding = house.get("/api/codings", &lead).await.json()["due"][0]["coding_id"].as_str().unwrap().to_owned();
    let path = format!("/api/codings/{coding}");
    assert_eq!(
        house.post(&format!("{path}/settle"), &lead, json!({ "real": true, "words": "belum ada" })).await.status,
        409
    );
    assert_eq!(house.post(&path, &lead, json!({ "class": "emergency", "sub": null })).await.status, 204);

    let mut desk = house.web.engine.desk();
    let listed = desk.wait_for(|view| view.callbacks.iter().any(|one| one.call_id == call));
    let view = tokio::time::timeout(WITHIN, listed).await.expect("in time").expect("the desk lives");
    assert_eq!(serde_json::to_value(&view.callbacks).unwrap()[0]["reason"], "found_real");
    drop(view);
    let found = house.get("/api/codings/found", &lead).await.json();
    assert_eq!((&found[0]["call_id"], &found[0]["number"]), (&call.to_string().into(), &NUMBER.into()));
    let settle = async |words: &str| {
        house.post(&format!("{path}/settle"), &lead, json!({ "real": true, "words": words })).await.status
    };
    assert_eq!((settle(" ok ").await, settle("ditelepon, sudah tertolong").await), (422, 204));
    assert_eq!(settle("ditelepon, sudah tertolong").await, 409, "once");
    assert_eq!(house.get("/api/codings/found", &lead).await.json(), json!([]));
    assert!(house.store.chain_verify().await.unwrap().broken.is_none());
}

#[tokio::test]
async fn who_took_the_call_hears_nothing_of_it_here() {
    let house = House::new().await;
    let own = house.account("pimpinan-regu", Role::ShiftLead).await;
    let lead = house.sign_in_as("pimpinan-regu").await;
    let call = write_call_by(&house, 0, None, Class::Prank, own).await;
    record(&house, call).await;
    let body = house.get("/api/codings", &lead).await.json();
    assert_eq!((&body["due"], &body["for_others"]), (&json!([]), &1.into()));
    let other = house.sign_in(Role::ShiftLead).await;
    let coding = house.get("/api/codings", &other).await.json()["due"][0]["coding_id"].as_str().unwrap().to_owned();
    for path in [format!("/api/codings/{coding}/playbacks"), format!("/api/codings/{coding}")] {
        let reply = house.post(&path, &lead, json!({ "class": "ghost", "sub": null })).await;
        assert_eq!(reply.status, 403, "{path}: {}", reply.text());
    }
    assert!(house.store.events_after(0, 1_000).await.unwrap().iter().all(|event| event.kind != "RecordingPlayback"));
}
