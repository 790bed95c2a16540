//! What was changed afterwards is named.

use super::*;
use crate::copy::{backup::backup, manifest::Manifest, restore::restore};
use siaga_core::{
    call::live::{Fact, LiveFact},
    ids::{CallId, SeatId, UserId},
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{Direction, Lane},
    },
};
use siaga_store::{
    StoreConfig,
    testing::{self, TestFolder, sqlite},
};
use siaga_voice::record::testing::record as record_tones;
use uuid::Uuid;

const T0: Timestamp = Timestamp(1_777_770_000_000_000);

/// A data folder with one recorded call; gives the recording's file.
async fn house() -> (Store, TestFolder, String) {
    let (store, data) = sqlite().await;
    let key = crate::recording_key::take(data.path(), &store).await.unwrap();
    let call = CallId(Uuid::now_v7());
    let recorded = record_tones(&data.path().join(RECORDINGS), key, call, T0, 3).await;
    let Fact::Recorded { file, .. } = recorded.clone() else { panic!("a recording") };
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: None,
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 0,
        reasons: vec![],
        callback: None,
    };
    let facts = [
        offered,
        Fact::Answered { call, seat: SeatId(1), call_taker: UserId(Uuid::nil()) },
        Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller },
        recorded,
    ];
    let live = |(n, fact)| LiveFact { id: Uuid::now_v7(), at: T0.plus_ms(n), fact };
    store.write_live(&(0..).zip(facts).map(live).collect::<Vec<_>>()).await.unwrap();
    (store, data, file)
}

#[tokio::test]
async fn a_whole_house_holds_also_after_a_restore() {
    let (store, data, _) = house().await;
    let found = verify(&store, data.path(), &[]).await.unwrap();
    assert_eq!(found.faults, [] as [String; 0]);
    assert!(found.holds[0].starts_with("events: 4 hold"), "{:?}", found.holds);
    let rest = [
        "calls: 1 are as their events say",
        "accounts: 0 have the role that their events say",
        "recordings: 1 hold",
        "figures: agree with the calls",
    ];
    assert_eq!(found.holds[1..], rest);

    let place = TestFolder::new();
    let (copy, back) = (place.path().join("copy"), place.path().join("back"));
    backup(&store, data.path(), &copy).await.unwrap();
    restore(&copy, &back).unwrap();
    let restored = Store::open(&StoreConfig::Sqlite { path: back.join("siaga.db") }).await.unwrap();
    assert_eq!(verify(&restored, &back, &[]).await.unwrap(), found);

    // The backup's manifest holds the end of the chain, and a longer chain still holds it.
    let head = Manifest::read(&copy).unwrap().chain_head;
    let later = Fact::SeatTaken { seat: SeatId(1), user: UserId(Uuid::now_v7()) };
    store.write_live(&[LiveFact { id: Uuid::now_v7(), at: T0, fact: later }]).await.unwrap();
    let kept = verify(&store, data.path(), std::slice::from_ref(&head)).await.unwrap();
    assert_eq!(kept.faults, [] as [String; 0]);
    let other = verify(&store, data.path(), &["0".repeat(64)]).await.unwrap();
    assert!(other.faults[0].starts_with("the chain does not hold 000"), "{:?}", other.faults);
}

#[tokio::test]
async fn a_recording_whose_events_were_cut_off_is_named() {
    let (store, data, file) = house().await;
    testing::meddle(&store, "DELETE FROM event").await;
    testing::meddle(&store, "UPDATE chain SET seq = 0, hash = NULL").await;
    testing::meddle(&store, "DELETE FROM call").await;
    for table in ["DELETE FROM call_day", "DELETE FROM call_hour", "DELETE FROM call_wait", "DELETE FROM taker_day"] {
        testing::meddle(&store, table).await;
    }
    let found = verify(&store, data.path(), &[]).await.unwrap();
    let expected = format!("recording {file}: no event knows its call; the end of the chain was cut off");
    assert_eq!(found.faults, [expected]);
    // A call whose facts still wait for the database is no such thing.
    let call = Path::new(&file).file_stem().unwrap().to_str().unwrap().to_owned();
    std::fs::write(data.path().join(SPOOL), format!("{{\"call\":\"{call}\"}}\n")).unwrap();
    assert_eq!(verify(&store, data.path(), &[]).await.unwrap().faults, [] as [String; 0]);
}

#[tokio::test]
async fn the_first_broken_thing_is_named() {
    type Damage = fn(&Path, &str);
    let rows: [(&str, Damage); 5] = [
        ("recording FILE: segment 2 is broken", |folder, file| {
            let path = folder.join(RECORDINGS).join(file);
            let mut bytes = std::fs::read(&path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(&path, bytes).unwrap();
        }),
        ("recording FILE: 5 segments, 6 were written: cut off or rewritten", |folder, file| {
            let path = folder.join(RECORDINGS).join(file);
            let bytes = std::fs::read(&path).unwrap();
            std::fs::write(&path, &bytes[..bytes.len() - 100]).unwrap();
        }),
        ("recording FILE: the file is missing", |folder, file| {
            std::fs::remove_file(folder.join(RECORDINGS).join(file)).unwrap();
        }),
        ("recording.key: missing; no recording can be opened", |folder, _| {
            std::fs::remove_file(folder.join(KEY)).unwrap();
        }),
        (
            "recording.key: is not the key of this city; no recording can be opened with it. Put back the one of a backup",
            |folder, _| std::fs::write(folder.join(KEY), [9; 32]).unwrap(),
        ),
    ];
    for (expected, damage) in rows {
        let (store, data, file) = house().await;
        damage(data.path(), &file);
        let found = verify(&store, data.path(), &[]).await.unwrap();
        assert_eq!(found.faults, [expected.replace("FILE", &file)]);
        assert!(
            expected.contains("missing; no") != data.path().join(KEY).exists(),
            "a lost key is not replaced by another"
        );
    }
}

#[tokio::test]
async fn a_changed_event_and_a_changed_figure_are_named() {
    let (store, data, _) = house().await;
    testing::meddle(&store, "UPDATE event SET at = at + 1 WHERE seq = 2").await;
    testing::meddle(&store, "UPDATE call_day SET calls = 7").await;
    let found = verify(&store, data.path(), &[]).await.unwrap();
    let expected = [
        "event 2: its hash does not follow from the event before it",
        "figure 20260503 answered/-/-/-/-/-: 7 written, 1 counted",
        "figure class_month 202605 answered/-: 1 written, 7 counted",
        "figure type_month 202605 answered/-/-: 1 written, 7 counted",
        "figure agency_month 202605 answered/-/-: 1 written, 7 counted",
        "figure village_month 202605 answered/-/-: 1 written, 7 counted",
    ];
    assert_eq!(found.faults, expected);
}

#[tokio::test]
async fn an_empty_recording_of_a_full_disk_is_no_cut_chain() {
    let (store, data, file) = house().await;
    let folder = data.path().join(RECORDINGS);
    let path = folder.join(&file);
    let name = |call: Uuid| path.with_file_name(format!("{call}.{ENDING}"));
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(name(Uuid::now_v7()), "").unwrap();
    std::fs::write(name(Uuid::now_v7()), &bytes[..200.min(bytes.len())]).unwrap();
    let found = verify(&store, data.path(), &[]).await.unwrap();
    assert_eq!(found.faults, [] as [String; 0]);
    assert!(found.holds.iter().any(|line| line.starts_with("recordings: 2 are empty files")), "{:?}", found.holds);
    std::fs::write(name(Uuid::now_v7()), &bytes).unwrap();
    let found = verify(&store, data.path(), &[]).await.unwrap();
    assert!(found.faults.len() == 1 && found.faults[0].contains("no event knows its call"), "{:?}", found.faults);
}

#[tokio::test]
async fn a_key_that_opens_nothing_is_told_from_recordings_that_were_changed() {
    let (store, data, _) = house().await;
    // An older program put this key in the place of a lost one, and its fingerprint was kept.
    std::fs::write(data.path().join(KEY), [9; 32]).unwrap();
    store.recording_key_note(&record::fingerprint(&[9; 32])).await.unwrap();
    let found = verify(&store, data.path(), &[]).await.unwrap();
    assert!(
        found.faults.len() == 1 && found.faults[0].ends_with(FIRST_BROKEN),
        "one may be either: {:?}",
        found.faults
    );
    let second = record_tones(&data.path().join(RECORDINGS), [7; 32], CallId(Uuid::now_v7()), T0, 1).await;
    store.write_live(&[LiveFact { id: Uuid::now_v7(), at: T0, fact: second }]).await.unwrap();
    let found = verify(&store, data.path(), &[]).await.unwrap();
    let told = "recording.key: opens none of 2 recordings";
    assert!(found.faults.len() == 1 && found.faults[0].starts_with(told), "{:?}", found.faults);
}
