//! Drawn by chance, coded by somebody else, counted by rank; on both databases.

use super::*;
use crate::{
    calls::tests::{DAY, T0, TAKER, at_s, live, past_call},
    on_both,
};
use siaga_core::{
    call::live::Fact,
    review::{CODINGS_OF_WEEK, Seed},
    time::LocalDay,
};

const SEED: Seed = Seed([3; 32]);
const REVIEWER: UserId = UserId(Uuid::from_u128(99));
/// T0 lies on a Sunday; its week is drawn whole on Tuesday.
const TUESDAY: Timestamp = Timestamp(T0.0 + 2 * 86_400_000_000);
const MONDAY: LocalDay = LocalDay(20_260_427);

async fn recorded(store: &Store, seconds: i64, class: Class) -> CallId {
    let call = past_call(store, seconds, class, None).await;
    let fact = Fact::Recorded { call, file: format!("{call}.rec"), duration_ms: 8_000, segments: 16, hash: [1; 32] };
    store.write_live(&[live(seconds + 11, fact)]).await.unwrap();
    call
}

async fn give(store: &Store, coding: CodingId, class: Class) -> Result<CodedCall, CodingError> {
    store.coding_give(coding, &SecondClass { class, sub: None }, REVIEWER, TUESDAY).await
}

on_both! {
    async fn fifty_of_a_week_are_drawn_once_and_the_running_week_begins_at_once(store: Store) {
        for n in 0..60 {
            recorded(&store, n * 30, if n % 2 == 0 { Class::Prank } else { Class::Ghost }).await;
        }
        recorded(&store, 3_000, Class::Emergency).await;
        past_call(&store, 3_100, Class::Prank, None).await;
        assert_eq!(store.codings_draw(&SEED, at_s(12)).await.unwrap(), 0, "just classed: it may still be taken back");
        let running = store.codings_draw(&SEED, at_s(4_000)).await.unwrap();
        assert!((1..=CODINGS_OF_WEEK).contains(&running), "{running}");
        let over = store.codings_draw(&SEED, TUESDAY).await.unwrap();
        assert_eq!(running + over, CODINGS_OF_WEEK);
        assert_eq!(store.codings_draw(&SEED, TUESDAY).await.unwrap(), 0, "looking again changes nothing");
        let figures = store.codings_figures(MONDAY, DAY).await.unwrap();
        assert_eq!((figures.all.calls, figures.all.unrecorded, figures.all.drawn, figures.all.coded), (60, 1, 50, 0));
        assert!(figures.weeks[0].closed);
        assert_eq!(store.codings_figures(DAY, DAY).await.unwrap().weeks, [], "its Monday lies before");
        assert!(store.chain_verify().await.unwrap().broken.is_none());
        let audit = store.audit(&[]).await.unwrap();
        assert_eq!(audit.faults.told, Vec::<String>::new());
    }

    async fn a_coding_is_given_once_by_somebody_else_and_a_real_call_waits_until_it_is_settled(store: Store) {
        let call = recorded(&store, 0, Class::Prank).await;
        recorded(&store, 60, Class::Ghost).await;
        store.codings_draw(&SEED, TUESDAY).await.unwrap();
        assert_eq!((store.codings_due(TAKER).await.unwrap().due.len(), store.codings_due(TAKER).await.unwrap().for_others), (0, 2));
        let due = store.codings_due(REVIEWER).await.unwrap().due;
        assert_eq!(due.len(), 2);
        let mut of_call = None;
        for one in &due {
            assert_eq!(store.coding_call(one.coding_id, TAKER).await, Err(CodingError::OwnCall));
            if store.coding_call(one.coding_id, REVIEWER).await.unwrap() == call {
                of_call = Some(one.coding_id);
            }
        }
        let coding = of_call.expect("the prank is due");
        let found = give(&store, coding, Class::Emergency).await.unwrap();
        assert_eq!(found, CodedCall { call, found_real: Some(Some(crate::calls::tests::NUMBER.into())) });
        assert_eq!(give(&store, coding, Class::Prank).await, Err(CodingError::Coded));
        let other = due.iter().map(|one| one.coding_id).find(|id| *id != coding).unwrap();
        assert_eq!(give(&store, other, Class::Ghost).await.unwrap().found_real, None);
        let all = store.codings_figures(MONDAY, DAY).await.unwrap().all;
        assert_eq!((all.coded, all.alike, all.real, all.few), (2, 1, 1, true));

        assert_eq!(store.codings_found().await.unwrap().len(), 1);
        let settled = SettleFound { real: false, words: "suara televisi".into() };
        assert_eq!(store.coding_settle(other, &settled, REVIEWER, TUESDAY).await, Err(CodingError::NothingToSettle));
        store.coding_settle(coding, &settled, REVIEWER, TUESDAY).await.unwrap();
        assert_eq!(store.coding_settle(coding, &settled, REVIEWER, TUESDAY).await, Err(CodingError::NothingToSettle));
        assert!(store.codings_found().await.unwrap().is_empty());
        assert_eq!(store.codings_figures(MONDAY, DAY).await.unwrap().all.real, 0);
        let kinds: Vec<String> = store.events_after(0, 100).await.unwrap().into_iter().map(|event| event.kind).collect();
        let told = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
        assert_eq!((told("CallDrawnForCoding"), told("CallCodedAgain"), told("FoundCallSettled"), told("CodingWeekClosed")), (2, 2, 1, 1));
        assert!(store.chain_verify().await.unwrap().broken.is_none());
    }

    async fn the_key_of_the_draw_is_made_once(store: Store) {
        let first = store.review_seed(SEED.0).await.unwrap();
        assert_eq!(first.0, store.review_seed([2; 32]).await.unwrap().0);
    }
}
