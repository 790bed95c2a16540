//! Lists, a number's history, the call-back list, recordings.

use super::*;
use crate::{
    StoreError,
    calls::{CallFilter, ClassFilter},
    on_both,
    recordings::NewPlayback,
};
use siaga_core::{
    ids::CallbackId,
    screening::facts::RealReport,
    view::{
        callback::{CallbackResult, CallbackRow},
        desk::CallbackReason,
    },
};

on_both! {
    async fn a_list_shows_what_is_asked_for(store: Store) {
        let ghost = past_call(&store, 0, Class::Ghost, None).await;
        let prank = past_call(&store, 60, Class::Prank, Some("child")).await;
        let next_day = past_call(&store, 86_400, Class::Ghost, None).await;
        let unclassed = call();
        store.write_live(&[live(120, offered(unclassed)), live(130, ended(unclassed, CallOutcome::Answered))]).await.unwrap();
        let open = call();
        store.write_live(&[live(90_000, offered(open))]).await.unwrap();

        let is = |class| Some(ClassFilter::Is(class));
        let all = CallFilter { limit: 100, ..CallFilter::default() };
        let number = || Some(NUMBER.to_owned());
        let rows = [
            (all.clone(), vec![open, next_day, unclassed, prank, ghost]),
            (CallFilter { limit: 2, ..all.clone() }, vec![open, next_day]),
            (CallFilter { limit: 0, ..all.clone() }, vec![open]),
            (CallFilter { day: Some(DAY), ..all.clone() }, vec![unclassed, prank, ghost]),
            (CallFilter { day: Some(DAY), class: is(Class::Ghost), ..all.clone() }, vec![ghost]),
            (CallFilter { day: Some(DAY), class: Some(ClassFilter::Missing), ..all.clone() }, vec![unclassed]),
            (CallFilter { class: is(Class::Ghost), ..all.clone() }, vec![next_day, ghost]),
            (CallFilter { class: is(Class::Test), ..all.clone() }, vec![]),
            (CallFilter { class: Some(ClassFilter::Missing), ..all.clone() }, vec![unclassed]),
            (CallFilter { before: Some(at_s(60)), ..all.clone() }, vec![ghost]),
            (CallFilter { number: number(), class: is(Class::Prank), ..all.clone() }, vec![prank]),
            (CallFilter { number: number(), day: Some(LocalDay(20_260_504)), ..all.clone() }, vec![open, next_day]),
            (CallFilter { number: Some("+62811".into()), ..all.clone() }, vec![]),
        ];
        for (filter, expected) in rows {
            let found = store.calls_list(&filter).await.unwrap();
            assert_eq!(found.iter().map(|row| row.call_id).collect::<Vec<_>>(), expected, "{filter:?}");
        }
        let row = store.call_row(prank).await.unwrap();
        assert_eq!((row.class, row.sub.as_deref(), row.lane, row.suspicion), (Some(Class::Prank), Some("child"), Lane::B, 60));
        assert_eq!((row.answered_at, row.ended_at), (Some(at_s(62)), Some(at_s(70))));
        assert_eq!(row.call_taker, None, "the account is gone or was never there");
        assert_eq!((row.recorded, row.imported), (false, false));
        assert_eq!(store.call_row(call()).await, Err(StoreError::NotFound));
        let open_calls = store.open_calls().await.unwrap();
        assert_eq!(open_calls.iter().map(|row| row.call).collect::<Vec<_>>(), [open]);
    }

    async fn a_number_is_known_by_what_it_did_before(store: Store) {
        let facts = store.number_facts(NUMBER, at_s(0)).await.unwrap();
        assert_eq!(facts.calls, 0);
        for n in 0..3 {
            past_call(&store, n * 60, Class::Ghost, Some("silent")).await;
        }
        past_call(&store, 600, Class::Emergency, None).await;
        let unclassed = call();
        store.write_live(&[live(900, offered(unclassed))]).await.unwrap();

        let facts = store.number_facts(NUMBER, at_s(1_000)).await.unwrap();
        assert_eq!((facts.calls, facts.count(Class::Ghost), facts.count(Class::Emergency)), (5, 3, 1));
        assert_eq!(facts.real, Some(RealReport { at: at_s(600), incident_type: None }));
        assert_eq!((facts.last_at(), facts.newest.len()), (Some(at_s(900)), 5));
        assert_eq!(facts.newest[4].sub.as_deref(), Some("silent"));

        assert_eq!(facts.short_calls, 0, "eight seconds are not short");

        // What we called ourselves is no call of theirs, unless it was a real report; a hang-up in their face is short.
        let (out, real_out, short) = (call(), call(), call());
        let to = |call| match offered(call) {
            Fact::Offered { call, number, number_raw, display_name, sip_call_id, lane, suspicion, reasons, callback, .. } => {
                let direction = Direction::CallBack;
                let callback = callback.or(Some(CallbackId(Uuid::from_u128(1))));
                Fact::Offered { call, direction, number, number_raw, display_name, sip_call_id, lane, suspicion, reasons, callback }
            }
            other => other,
        };
        store
            .write_live(&[
                live(910, to(out)),
                live(912, answered(out)),
                live(915, classed(out, Class::Ghost, None)),
                live(916, ended(out, CallOutcome::Answered)),
                live(920, to(real_out)),
                live(922, answered(real_out)),
                live(925, classed(real_out, Class::Emergency, None)),
                live(926, ended(real_out, CallOutcome::Answered)),
                live(930, offered(short)),
                live(932, answered(short)),
                live(934, ended(short, CallOutcome::Answered)),
            ])
            .await
            .unwrap();
        let facts = store.number_facts(NUMBER, at_s(1_000)).await.unwrap();
        assert_eq!((facts.calls, facts.count(Class::Ghost), facts.count(Class::Emergency)), (7, 3, 2));
        assert_eq!((facts.short_calls, facts.newest.len()), (1, 7));
        assert_eq!(facts.real.map(|real| real.at), Some(at_s(920)));

        // The call itself and what came later are no history of it.
        let earlier = store.number_facts(NUMBER, at_s(600)).await.unwrap();
        assert_eq!((earlier.calls, earlier.real), (3, None));
        let history = store.call_history(NUMBER, at_s(600), 2).await.unwrap();
        assert_eq!(history.iter().map(|row| row.offered_at).collect::<Vec<_>>(), [at_s(120), at_s(60)]);
        assert_eq!(store.number_facts("+62811", at_s(1_000)).await.unwrap().calls, 0);
    }

    async fn who_cannot_speak_freely_is_known_until_the_mark_is_taken_back(store: Store) {
        let (first, second) = (call(), call());
        let mark = |call, seconds, on| live(seconds, Fact::Duress { call, by: TAKER, on });
        store.write_live(&[live(0, offered(first)), mark(first, 5, true)]).await.unwrap();
        assert_eq!(store.threatened_since(at_s(0)).await.unwrap(), [(NUMBER.to_owned(), at_s(5))]);
        assert!(store.threatened_since(at_s(1)).await.unwrap().is_empty(), "the call is older");
        store.write_live(&[live(10, offered(second)), mark(second, 12, false)]).await.unwrap();
        assert!(store.threatened_since(at_s(0)).await.unwrap().is_empty(), "a later call took it back");
    }

    async fn whom_a_ring_may_betray_stands_last_on_the_list(store: Store) {
        let (victim, number) = (call(), "+6281200000001".to_owned());
        let due = |n: u128, call, number, reason| {
            Fact::CallbackDue { callback: CallbackId(Uuid::from_u128(n)), call, number, reason }
        };
        let facts = [
            live(0, offered(victim)),
            live(5, Fact::Duress { call: victim, by: TAKER, on: true }),
            live(20, due(1, victim, NUMBER.to_owned(), CallbackReason::Interrupted)),
            live(10, due(2, call(), number.clone(), CallbackReason::Abandoned)),
            live(9, due(3, call(), number, CallbackReason::Abandoned)),
            live(30, Fact::CallbackDropped { callback: CallbackId(Uuid::from_u128(3)), by: TAKER }),
        ];
        store.write_live(&facts).await.unwrap();
        let rows = store.callbacks_since(at_s(0)).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| (row.callback_id.0.as_u128(), row.duress, row.closed_at.is_some())).collect();
        assert_eq!(rows, [(2, false, false), (1, true, false), (3, false, true)]);
    }

    async fn interrupted_callers_are_called_back_first(store: Store) {
        let due = |n: u128, seconds, reason| {
            let (callback, number) = (CallbackId(Uuid::from_u128(n)), NUMBER.to_owned());
            live(seconds, Fact::CallbackDue { callback, call: call(), number, reason })
        };
        let tried = |n: u128, seconds, reached| {
            let result = if reached { CallbackResult::ReachedHelp } else { CallbackResult::NoAnswer };
            live(seconds, Fact::CallbackTried { callback: CallbackId(Uuid::from_u128(n)), call: call(), result, by: None })
        };
        let dropped = |n: u128| live(99, Fact::CallbackDropped { callback: CallbackId(Uuid::from_u128(n)), by: TAKER });
        let facts = [
            due(1, 10, CallbackReason::Abandoned),
            due(2, 5, CallbackReason::Deferred),
            due(3, 20, CallbackReason::Interrupted),
            due(4, 1, CallbackReason::Abandoned),
            due(5, 2, CallbackReason::Abandoned),
            tried(1, 30, false),
            tried(4, 30, true),
            dropped(5),
            // These come before the fact that opens the entry.
            tried(6, 40, true),
            tried(7, 41, false),
            dropped(8),
        ];
        store.write_live(&facts).await.unwrap();
        let late = [6, 7, 8].map(|n| due(n, 30 + i64::try_from(n).unwrap(), CallbackReason::Abandoned));
        let numbers = |open: Vec<crate::callbacks::OpenCallback>| {
            open.iter().map(|entry| (entry.callback.0.as_u128(), entry.attempts)).collect::<Vec<_>>()
        };
        assert_eq!(numbers(store.callbacks_open().await.unwrap()), [(3, 0), (2, 0), (1, 1)]);
        store.write_live(&late).await.unwrap();
        assert_eq!(numbers(store.callbacks_open().await.unwrap()), [(3, 0), (2, 0), (1, 1), (7, 1)]);
        let machine: Vec<_> =
            store.callbacks_open().await.unwrap().into_iter().map(|entry| entry.machine_attempts).collect();
        assert_eq!(machine, [0, 0, 1, 1]);

        // The page: open ones first, interrupted before all, then closed ones; each with its tries.
        let by = Fact::CallbackTried {
            callback: CallbackId(Uuid::from_u128(1)),
            call: call(),
            result: CallbackResult::ReachedHelp,
            by: Some(TAKER),
        };
        store.write_live(&[live(200, by)]).await.unwrap();
        let rows = store.callbacks_since(at_s(0)).await.unwrap();
        let ids: Vec<_> = rows.iter().map(|row| (row.callback_id.0.as_u128(), row.closed_at.is_some())).collect();
        assert_eq!(
            ids,
            [(3, false), (7, false), (2, false), (8, true), (6, true), (1, true), (5, true), (4, true)]
        );
        let results = |row: &CallbackRow| row.attempts.iter().map(|one| (one.result, one.by.is_some())).collect::<Vec<_>>();
        assert_eq!(results(&rows[5]), [(CallbackResult::NoAnswer, false), (CallbackResult::ReachedHelp, true)]);
        assert_eq!((rows[5].closed_at, rows[5].crossed_off_by.as_deref()), (Some(at_s(200)), None));
        assert_eq!(rows[3].crossed_off_by.as_deref(), Some(""), "the account is gone or was never there");
        assert_eq!(rows[0].number, "0812-3456-7890");
        let late: Vec<_> = store.callbacks_since(at_s(30)).await.unwrap();
        assert_eq!(late.len(), 5, "open ones always, closed ones since then");
    }

    async fn nobody_hears_a_call_without_a_record_of_it(store: Store) {
        let call = past_call(&store, 0, Class::Ghost, None).await;
        let (at, expires_at) = (at_s(100), at_s(700));
        let playback = |token: u8, call| NewPlayback { token_hash: [token; 32], call, by: TAKER, reason: "mutu", at, expires_at };
        let none = store.playback_create(Uuid::now_v7(), &playback(1, call)).await;
        assert_eq!(none, Err(StoreError::NotFound), "nothing was recorded");

        let recorded = Fact::Recorded { call, file: "2026/a.rec".into(), duration_ms: 9_000, segments: 9, hash: [3; 32] };
        store.write_live(&[live(20, recorded)]).await.unwrap();
        assert!(store.call_row(call).await.unwrap().recorded);
        let vouched = store.recordings_on_record(0, 10).await.unwrap();
        assert_eq!((vouched.len(), vouched[0].file.as_str(), vouched[0].hash), (1, "2026/a.rec", [3; 32]));
        assert!(store.recordings_on_record(vouched[0].seq, 10).await.unwrap().is_empty());
        assert!(store.recording_is_known("2026/a.rec").await.unwrap());
        assert!(!store.recording_is_known("2026/b.rec").await.unwrap());

        store.playback_create(Uuid::now_v7(), &playback(1, call)).await.unwrap();
        let rows = [
            (1, TAKER, 101, Ok(call)),
            (1, TAKER, 699, Ok(call)),
            (1, TAKER, 700, Err(StoreError::NotFound)),
            (1, UserId(Uuid::from_u128(8)), 101, Err(StoreError::NotFound)),
            (2, TAKER, 101, Err(StoreError::NotFound)),
        ];
        for (token, by, seconds, expected) in rows {
            assert_eq!(store.playback_open([token; 32], by, at_s(seconds)).await, expected, "{token} {by} {seconds}");
        }
        let last = store.events_after(0, 99).await.unwrap().pop().unwrap();
        assert_eq!((last.kind.as_str(), last.actor, last.call_id), ("RecordingPlayback", Some(TAKER.0), Some(call.0)));
        assert!(last.body.unwrap().contains("mutu"));
    }
}
