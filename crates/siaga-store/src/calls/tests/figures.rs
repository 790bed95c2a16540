//! Every change of a call moves the figures, and a figure that was moved by hand is found.

use super::*;
use crate::{
    StoreError,
    calls::{CallIncident, NewClass},
    on_both,
    tx::{execute, fetch_all},
};
use siaga_core::ids::{CallbackId, IncidentId};

const ALL: (LocalDay, LocalDay) = (LocalDay(0), LocalDay(99_991_231));

/// All cells with calls in them, as one line each.
async fn cells(store: &Store) -> Vec<String> {
    assert_eq!(store.rollup_check(ALL.0, ALL.1).await.unwrap(), [], "figures and calls agree");
    let mut tx = store.read().await.unwrap();
    let rows = fetch_all!(
        tx,
        (i64, String, String, String, String, String, String, i64),
        "SELECT local_day, outcome, class, sub, incident_type, agency, village_code, calls
         FROM call_day WHERE calls <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7"
    )
    .unwrap();
    let line = |(day, outcome, class, sub, kind, agency, village, calls): (
        i64,
        String,
        String,
        String,
        String,
        String,
        String,
        i64,
    )| { format!("{day} {outcome}/{class}/{sub}/{kind}/{agency}/{village} {calls}") };
    rows.into_iter().map(line).collect()
}

on_both! {
    async fn the_figures_follow_the_class(store: Store) {
        let call = call();
        let untaken = |by| Fact::Classed { call, by, choice: None };
        let steps = [
            (live(0, offered(call)), ""),
            (live(2, answered(call)), ""),
            (live(4, classed(call, Class::Prank, Some("child"))), ""),
            (live(5, ended(call, CallOutcome::Answered)), "20260503 answered/prank/child/// 1"),
            (live(6, untaken(TAKER)), "20260503 answered///// 1"),
            (live(7, classed(call, Class::Emergency, None)), "20260503 answered/emergency//// 1"),
        ];
        for (fact, expected) in steps {
            let name = format!("{:?}", fact.fact);
            store.write_live(&[fact]).await.unwrap();
            assert_eq!(cells(&store).await.join(";"), expected, "after {name}");
        }
    }

    async fn the_outcome_alone_classes_only_the_abandoned(store: Store) {
        let rows = [
            (CallOutcome::Answered, "answered/////"),
            (CallOutcome::Abandoned, "abandoned/abandoned/before_answer///"),
            (CallOutcome::Deferred, "deferred/////"),
            (CallOutcome::Failed, "failed/////"),
        ];
        for (outcome, _) in rows {
            let call = call();
            store.write_live(&[live(0, offered(call)), live(9, ended(call, outcome))]).await.unwrap();
        }
        let mut expected = rows.map(|(_, cell)| format!("20260503 {cell} 1"));
        expected.sort();
        assert_eq!(cells(&store).await, expected);
    }

    async fn a_call_to_a_person_is_no_call_to_112(store: Store) {
        let call = call();
        let Fact::Offered { lane, .. } = offered(call) else { unreachable!() };
        let fact = Fact::Offered {
            call, direction: Direction::CallBack, number: Some(NUMBER.into()), number_raw: None, display_name: None,
            sip_call_id: None, lane, suspicion: 0, reasons: vec![], callback: Some(CallbackId(Uuid::now_v7())),
        };
        // Its end is known first: for a moment it counts, then it does not.
        store.write_live(&[live(5, ended(call, CallOutcome::Answered))]).await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 answered///// 1"]);
        store.write_live(&[live(0, fact)]).await.unwrap();
        assert_eq!(cells(&store).await, [] as [String; 0]);
    }

    async fn a_call_counts_on_the_day_it_began(store: Store) {
        let call = call();
        let midnight = 16 * 3_600;
        store.write_live(&[live(midnight + 30, ended(call, CallOutcome::Answered))]).await.unwrap();
        assert_eq!(cells(&store).await, ["20260504 answered///// 1"]);
        store.write_live(&[live(midnight - 30, offered(call))]).await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 answered///// 1"]);
    }

    async fn an_incident_gives_type_agency_and_place(store: Store) {
        let call = past_call(&store, 0, Class::Emergency, None).await;
        let incident = CallIncident {
            incident_id: IncidentId(Uuid::now_v7()),
            incident_type: Some("fire".into()),
            agency: Some("damkar".into()),
            village_code: Some("3673011001".into()),
        };
        let mut tx = store.begin().await.unwrap();
        store.call_attach(&mut tx, call, &incident, at_s(30)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 answered/emergency//fire/damkar/3673011001 1"]);
        assert_eq!(store.call_row(call).await.unwrap().incident_id, Some(incident.incident_id));

        // What is no emergency any more counts under no type.
        let mut tx = store.begin().await.unwrap();
        let prank = choice(Class::Prank, Some("false_report"));
        store.call_reclass(&mut tx, call, &prank, TAKER, Uuid::now_v7(), at_s(99)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 answered/prank/false_report/// 1"]);
    }

    async fn an_incident_may_come_before_the_row_of_its_call(store: Store) {
        let call = call();
        let incident = CallIncident {
            incident_id: IncidentId(Uuid::now_v7()), incident_type: Some("fire".into()), agency: None, village_code: None,
        };
        let mut tx = store.begin().await.unwrap();
        store.call_attach(&mut tx, call, &incident, at_s(30)).await.unwrap();
        tx.commit().await.unwrap();
        let facts =
            [live(0, offered(call)), live(9, classed(call, Class::Emergency, None)), live(40, ended(call, CallOutcome::Answered))];
        store.write_live(&facts).await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 answered/emergency//fire// 1"]);
        assert_eq!(record(&store, call).await.offered_at, T0.0);
    }

    async fn a_class_is_corrected_only_after_the_end(store: Store) {
        let open = call();
        store.write_live(&[live(0, offered(open))]).await.unwrap();
        let prank = choice(Class::Prank, None);
        let mut tx = store.begin().await.unwrap();
        let early = store.call_reclass(&mut tx, open, &prank, TAKER, Uuid::now_v7(), at_s(1)).await;
        assert!(matches!(early, Err(StoreError::Conflict(_))), "{early:?}");
        let unknown = store.call_reclass(&mut tx, call(), &prank, TAKER, Uuid::now_v7(), at_s(1)).await;
        assert_eq!(unknown, Err(StoreError::NotFound));
        drop(tx);

        store.write_live(&[live(5, ended(open, CallOutcome::Abandoned))]).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let heard = NewClass { choice: &prank, reason: Some("didengar ulang") };
        store.call_reclass(&mut tx, open, heard, TAKER, Uuid::now_v7(), at_s(9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(cells(&store).await, ["20260503 abandoned/prank//// 1"]);
        let last = store.events_after(0, 9).await.unwrap().pop().unwrap();
        assert_eq!((last.kind.as_str(), last.actor), ("CallReclassed", Some(TAKER.0)));
        let body = last.body.unwrap();
        assert!(body.contains("before_answer") && body.contains("prank"), "the old and the new: {body}");
        assert!(body.contains("didengar ulang"), "and why: {body}");
    }

    async fn a_figure_moved_by_hand_is_found(store: Store) {
        past_call(&store, 0, Class::Ghost, None).await;
        past_call(&store, 60, Class::Prank, None).await;
        let mut tx = store.begin().await.unwrap();
        execute!(tx, "UPDATE call_day SET calls = 5 WHERE class = 'ghost'").unwrap();
        execute!(tx, "UPDATE call SET class = 'test' WHERE class = 'prank'").unwrap();
        tx.commit().await.unwrap();
        let found = store.rollup_check(DAY, DAY).await.unwrap();
        let day = found.iter().filter(|d| d.table == crate::rollup::Table::Day);
        let lines: Vec<_> = day.map(|d| (d.cell[1].as_str(), d.written.0, d.counted.0)).collect();
        assert_eq!(lines, [("ghost", 5, 1), ("prank", 1, 0), ("test", 0, 1)]);
        // The class of the prank also stands in the other three tables, each time as one too many and one too few; the four
        // tables by month have one ghost where its days now say five.
        assert_eq!(found.len(), 3 + 3 * 2 + 4);
        assert_eq!(store.rollup_check(LocalDay(20_260_601), ALL.1).await.unwrap(), [], "other months are right");
    }
}
