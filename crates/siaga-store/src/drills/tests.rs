mod no_figure;

use super::*;
use crate::{
    Store,
    incidents::{Showing, TaskKey},
    on_both,
};
use siaga_core::{
    call::live::LiveFact,
    city::serang,
    drill::DrillMark,
    ids::{CallId, IncidentId, SeatId, UserId},
    time::LocalDay,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
        incident::{DraftChange, SendIncident},
    },
};

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
const NUMBER: &str = "+62899000001";

fn after(s: i64) -> Timestamp {
    NOW.plus_ms(s * 1_000)
}

fn lead() -> Actor<'static> {
    Actor { user: UserId(Uuid::from_u128(9)), name: "Dewi" }
}

fn storm() -> NewDrill {
    NewDrill { scenario: Scenario::FirstDay, calls: 3, minutes: 5 }
}

/// A whole call, of a drill or not, that a person classed.
async fn call(store: &Store, mark: Option<DrillMark>, class: Class) -> CallId {
    let (call, by) = (CallId(Uuid::now_v7()), UserId(Uuid::from_u128(3)));
    let direction = if mark.is_some() { Direction::Drill } else { Direction::Incoming };
    let offered = Fact::Offered {
        call,
        direction,
        number: Some(NUMBER.to_owned()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 50,
        reasons: Vec::new(),
        callback: None,
    };
    let choice = Some(ClassChoice { class, sub: None });
    let facts = [
        Some((0, offered)),
        mark.map(|mark| (0, Fact::Drilled { call, mark })),
        Some((4, Fact::Answered { call, seat: SeatId(1), call_taker: by })),
        Some((20, Fact::Classed { call, by, choice })),
        Some((30, Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller })),
    ];
    let facts: Vec<_> =
        facts.into_iter().flatten().map(|(s, fact)| LiveFact { id: Uuid::now_v7(), at: after(s), fact }).collect();
    store.write_live(&facts).await.unwrap();
    call
}

on_both! {
    async fn a_drill_is_in_no_figure_and_no_history(store: Store) {
        let drill = DrillId(Uuid::now_v7());
        store.drill_order(drill, &storm(), lead(), NOW).await.unwrap();
        assert!(matches!(store.drill_order(DrillId(Uuid::now_v7()), &storm(), lead(), NOW).await, Err(StoreError::Conflict(_))));
        call(&store, Some(DrillMark { drill, nth: 0 }), Class::Information).await;
        call(&store, Some(DrillMark { drill, nth: 1 }), Class::Emergency).await;
        let facts = store.number_facts(NUMBER, after(60)).await.unwrap();
        assert_eq!((facts.calls, facts.real), (0, None), "a simulated report is none");
        let real = call(&store, None, Class::Prank).await;
        let day = store.local_day(NOW);
        assert_eq!(store.rollup_check(LocalDay(day.0), LocalDay(day.0)).await.unwrap(), []);
        let page = store.drills().await.unwrap();
        let running = page.running.unwrap();
        let result = running.result;
        assert_eq!((running.calls, result.came, result.answered, result.classed_right), (3, 2, 2, 2));
        assert_eq!((result.real, result.real_sent, result.answer_median_ms), (1, 0, Some(4_000)));
        let facts = store.number_facts(NUMBER, after(60)).await.unwrap();
        assert_eq!((facts.calls, facts.count(Class::Prank)), (1, 1), "{real}");
        store.drill_end(drill, DrillEnd::RealCall, None, after(40)).await.unwrap();
        store.drill_end(drill, DrillEnd::Done, None, after(50)).await.unwrap();
        let past = store.drills().await.unwrap().past;
        assert_eq!(past.iter().map(|one| (one.ended, one.ended_at)).collect::<Vec<_>>(), [(Some(DrillEnd::RealCall), Some(after(40)))]);
        store.drill_order(DrillId(Uuid::now_v7()), &storm(), lead(), after(60)).await.unwrap();
        store.drill_broken_off(after(70)).await.unwrap();
        assert_eq!(store.drills().await.unwrap().past[0].ended, Some(DrillEnd::Broken));
        assert!(store.chain_verify().await.unwrap().broken.is_none());
    }

    async fn what_a_drill_sends_stays_in_the_house(store: Store) {
        let drill = DrillId(Uuid::now_v7());
        store.drill_order(drill, &storm(), lead(), NOW).await.unwrap();
        let (city, key) = (serang(), store.task_key([7; 32]).await.unwrap());
        let showing = showing(&city, &key);
        let simulated = call(&store, Some(DrillMark { drill, nth: 1 }), Class::Emergency).await;
        let real = call(&store, None, Class::Emergency).await;
        let of_drill = sent(&store, simulated, &showing).await;
        let of_city = sent(&store, real, &showing).await;
        let view = store.incident(of_drill, &showing).await.unwrap();
        assert!(view.drill && view.number > 900_000, "{}", view.number);
        assert_eq!(store.incident(of_city, &showing).await.unwrap().number, 1, "the year's own numbers have no gap");
        let outbox = store.outbox_list().await.unwrap();
        for one in &outbox {
            let drilled = one.text.starts_with("LATIHAN.");
            assert_eq!(one.channel == "drill", drilled, "{one:?}");
        }
        assert!(outbox.iter().any(|one| one.channel == "drill") && outbox.iter().any(|one| one.channel != "drill"));
        let other = call(&store, None, Class::Emergency).await;
        let mixed = store.incident_attach(of_drill, other, &showing, lead()).await;
        assert_eq!(mixed, Err(crate::incidents::IncidentError::DrillMixed));
        let merged = store.incident_merge(of_city, of_drill, &showing, lead()).await;
        assert_eq!(merged, Err(crate::incidents::IncidentError::DrillMixed));
        let similar = store.incidents_similar(simulated, &showing).await.unwrap();
        assert!(similar.iter().all(|one| one.incident_id != of_city), "what is real is not like what is simulated");
        let world = store.world(after(3_600)).await.unwrap();
        assert_eq!(world.overdue_count as usize, store.incident(of_city, &showing).await.unwrap().assignments.len());
        // a call that is not written down yet, while a drill runs, is sent to nobody
        let unknown = CallId(Uuid::now_v7());
        draft(&store, unknown, &showing).await;
        let send = SendIncident { call_id: unknown, draft_revision: 1, agencies: None };
        let new = crate::incidents::NewIncident { incident_id: IncidentId(Uuid::now_v7()), send: &send };
        let refused = store.incident_send(new, &showing, lead(), None).await;
        assert!(matches!(refused, Err(crate::incidents::IncidentError::Store(StoreError::Gone(_)))), "{refused:?}");
    }
}

fn showing<'a>(city: &'a siaga_core::city::City, key: &'a TaskKey) -> Showing<'a> {
    Showing { city, key, base_url: "", now: after(50) }
}

async fn draft(store: &Store, call: CallId, showing: &Showing<'_>) {
    let fields = [("landmark", "depan Masjid Agung"), ("incident_type", "fire")];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    store.draft_save(call, &DraftChange { base_revision: 0, fields }, showing, lead()).await.unwrap();
}

async fn sent(store: &Store, call: CallId, showing: &Showing<'_>) -> IncidentId {
    draft(store, call, showing).await;
    let send = SendIncident { call_id: call, draft_revision: 1, agencies: None };
    let new = crate::incidents::NewIncident { incident_id: IncidentId(Uuid::now_v7()), send: &send };
    store.incident_send(new, showing, lead(), None).await.unwrap()
}
