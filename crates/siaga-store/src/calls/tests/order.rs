//! Facts in any order, twice, and with text no table likes.

use super::*;
use crate::on_both;
use siaga_core::{
    call::Prompt,
    ids::CallbackId,
    view::{callback::CallbackResult, desk::CallbackReason},
};

/// A call that moves from a seat to another and is classed twice; what a restart assumed comes with it.
fn life(call: CallId) -> Vec<LiveFact> {
    vec![
        live(0, offered(call)),
        live(3, answered(call)),
        live(5, Fact::Moved { call, seat: SeatId(2), call_taker: UserId(Uuid::from_u128(8)), reason: None }),
        live(6, classed(call, Class::Prank, Some("child"))),
        live(7, classed(call, Class::Ghost, None)),
        live(9, ended(call, CallOutcome::Answered)),
        live(60, Fact::Ended { call, outcome: CallOutcome::Failed, by: EndedBy::Interrupted }),
    ]
}

fn permutations(items: &[LiveFact]) -> Vec<Vec<LiveFact>> {
    if items.len() <= 1 {
        return vec![items.to_vec()];
    }
    let mut all = Vec::new();
    for index in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(index);
        for mut tail in permutations(&rest) {
            tail.insert(0, first.clone());
            all.push(tail);
        }
    }
    all
}

fn row_of(call: CallId, facts: &[LiveFact]) -> CallRecord {
    let mut record = CallRecord::unknown(call, facts[0].at);
    for fact in facts {
        record.apply(fact.at, &fact.fact);
    }
    record
}

#[test]
fn every_order_of_facts_gives_the_same_row() {
    let call = call();
    let facts = life(call);
    let expected = row_of(call, &facts);
    assert_eq!((expected.class.as_deref(), expected.sub.as_deref()), (Some("ghost"), None));
    assert_eq!(expected.ended_by.as_deref(), Some("caller"), "what was seen stands, not what a restart assumed");
    assert_eq!((expected.seat, expected.answered_at), (Some(2), Some(at_s(3).0)));
    let orders = permutations(&facts);
    assert_eq!(orders.len(), 5_040);
    for order in orders {
        assert_eq!(row_of(call, &order), expected, "{order:?}");
    }
}

/// A caller whom the machine greeted, of whom it thought otherwise twice, and who was gone before a person came.
#[test]
fn every_order_of_what_the_machine_heard_gives_the_same_row() {
    let call = call();
    let judged = |lane, suspicion| Fact::Judged { call, lane, suspicion, reasons: vec!["ada suara".into()] };
    let facts = [
        live(0, offered(call)),
        live(3, Fact::Greeted { call, prompt: Prompt::Greeting }),
        live(8, judged(Lane::B, 90)),
        live(9, judged(Lane::A, 40)),
        live(20, ended(call, CallOutcome::Abandoned)),
    ];
    let expected = row_of(call, &facts);
    assert_eq!((expected.class.as_deref(), expected.sub.as_deref()), (Some("abandoned"), Some("before_human")));
    assert_eq!((expected.lane.as_str(), expected.suspicion), ("a", 40), "the last word of screening");
    for order in permutations(&facts) {
        assert_eq!(row_of(call, &order), expected, "{order:?}");
    }
}

on_both! {
    async fn backwards_one_by_one_is_forwards_at_once(store: Store) {
        let (forwards, backwards) = (call(), call());
        store.write_live(&life(forwards)).await.unwrap();
        for fact in life(backwards).into_iter().rev() {
            store.write_live(&[fact]).await.unwrap();
            assert_eq!(store.rollup_check(DAY, DAY).await.unwrap(), [], "the figures follow each step");
        }
        let there = record(&store, backwards).await;
        assert_eq!(CallRecord { call_id: forwards.0, ..there }, record(&store, forwards).await);
        assert_eq!(store.chain_verify().await.unwrap().events, 14);
    }

    async fn a_batch_written_twice_changes_nothing(store: Store) {
        let call = call();
        let callback = CallbackId(Uuid::now_v7());
        let mut facts = life(call);
        let (number, reason) = (NUMBER.to_owned(), CallbackReason::Abandoned);
        facts.push(live(10, Fact::CallbackDue { callback, call, number, reason }));
        facts.push(live(11, Fact::CallbackTried { callback, call, result: CallbackResult::NoAnswer, by: None }));
        facts.push(live(12, Fact::Recorded { call, file: "a.rec".into(), duration_ms: 9, segments: 1, hash: [1; 32] }));
        store.write_live(&facts).await.unwrap();
        let before = (record(&store, call).await, store.callbacks_open().await.unwrap());
        store.write_live(&facts[3..]).await.unwrap();
        store.write_live(&facts).await.unwrap();
        assert_eq!((record(&store, call).await, store.callbacks_open().await.unwrap()), before);
        assert_eq!(before.1[0].attempts, 1);
        assert_eq!(store.recordings_of(call).await.unwrap().len(), 1);
        let report = store.chain_verify().await.unwrap();
        assert_eq!((report.events, report.broken), (10, None));
        assert_eq!(store.rollup_check(DAY, DAY).await.unwrap(), []);
    }

    async fn a_batch_is_written_whole_or_not_at_all(store: Store) {
        let call = call();
        let first = live(0, offered(call));
        // The same id for another fact cannot come from the engine; in one batch the second is left out.
        let twin = LiveFact { id: first.id, ..live(1, answered(call)) };
        store.write_live(&[first, twin]).await.unwrap();
        assert_eq!(record(&store, call).await.answered_at, None);

        let mut tx = store.begin().await.unwrap();
        crate::tx::execute!(tx, "DROP TABLE call_day").unwrap();
        tx.commit().await.unwrap();
        let broken = store.write_live(&[live(2, answered(call)), live(3, ended(call, CallOutcome::Answered))]).await;
        assert!(broken.is_err());
        assert_eq!(record(&store, call).await.answered_at, None, "nothing of the batch is there");
        assert_eq!(store.chain_verify().await.unwrap().events, 1);
    }

    async fn no_text_of_a_telephone_stops_the_writing(store: Store) {
        for text in ["nul\0nul", "", "'; DROP TABLE call; --", "\u{fffd}\u{202e}\\u0000", &"x".repeat(100_000)] {
            let call = call();
            let Fact::Offered { direction, lane, .. } = offered(call) else { unreachable!() };
            let some = || Some(text.to_owned());
            let (number, number_raw, display_name, sip_call_id) = (some(), some(), some(), some());
            let (suspicion, reasons, callback) = (0, vec![text.to_owned()], None);
            let fact = Fact::Offered {
                call, direction, number, number_raw, display_name, sip_call_id, lane, suspicion, reasons, callback,
            };
            store.write_live(&[live(0, fact)]).await.unwrap();
            assert_eq!(record(&store, call).await.display_name, Some(text.replace('\0', "")));
        }
        assert_eq!(store.chain_verify().await.unwrap().broken, None);
    }
}

/// The machine is cut off: what is on the disk at that moment holds every fact that was reported as written.
#[test]
fn a_copy_of_the_file_in_mid_work_holds_all_that_was_committed() {
    crate::testing::on_sqlite(|store| async move {
        let (source, folder) = crate::testing::sqlite().await;
        drop(store);
        let mut calls = Vec::new();
        for n in 0..30 {
            calls.push(past_call(&source, n * 20, Class::Ghost, None).await);
        }
        // An open transaction stands for the work in progress.
        let mut half_done = source.begin().await.unwrap();
        crate::tx::execute!(half_done, "UPDATE call SET class = 'test'").unwrap();

        let copy = crate::testing::TestFolder::new();
        for file in ["siaga.db", "siaga.db-wal"] {
            std::fs::copy(folder.path().join(file), copy.path().join(file)).unwrap();
        }
        let config = crate::StoreConfig::Sqlite { path: copy.path().join("siaga.db") };
        let reopened = Store::open(&config).await.unwrap();
        for call in calls {
            assert_eq!(record(&reopened, call).await.class.as_deref(), Some("ghost"));
        }
        let report = reopened.chain_verify().await.unwrap();
        assert_eq!((report.events, report.broken), (120, None));
        assert_eq!(reopened.rollup_check(DAY, DAY).await.unwrap(), []);
    });
}
