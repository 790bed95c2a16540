//! A whole drill, from its call to the crew that comes back and a class corrected later, moves no figure and no list that
//! anybody counts, prints or sends.

use super::*;
use crate::{
    calls::{CallFilter, Drills},
    incidents::StepBy,
    reports::{Compare, Part},
};
use siaga_core::{
    city::City,
    report::ReportPeriod,
    screening::facts::NumberFacts,
    view::{
        call::CallRow,
        callback::CallbackRow,
        incident::{AssignmentState, CloseIncident, IncidentOutcome, Step},
    },
};

/// Everything that is counted. The ministry's sums, the documents, the mails and the wall are made of the report.
#[derive(Debug, PartialEq)]
struct Counted {
    report: serde_json::Value,
    scans: Vec<String>,
    calls: Vec<CallRow>,
    call_backs: Vec<CallbackRow>,
    number: NumberFacts,
    world: String,
    judged: Vec<String>,
    replayed: u32,
    links_due: usize,
}

async fn counted(store: &Store, city: &City) -> Counted {
    let today = store.local_day(NOW).0;
    let day = format!("{}-{:02}-{:02}", today / 10_000, today / 100 % 100, today % 100);
    let period = ReportPeriod::parse(&day, &day).unwrap();
    let mut scans = Vec::new();
    for part in Part::ALL {
        scans.push(format!("{:?}", store.report_scan(&period, part, city).await.unwrap()));
    }
    let (end, start) = (after(7_200), after(-7_200));
    Counted {
        report: serde_json::to_value(store.report(&period, Compare::PreviousYear, city).await.unwrap()).unwrap(),
        scans,
        calls: store.calls_list(&CallFilter { limit: 100, ..CallFilter::default() }).await.unwrap(),
        call_backs: store.callbacks_since(start).await.unwrap(),
        number: store.number_facts(NUMBER, end).await.unwrap(),
        world: format!("{:?}", store.world(end).await.unwrap()),
        judged: store.numbers_to_judge(end, start, 1, 100).await.unwrap(),
        replayed: store.replay_count(start).await.unwrap(),
        links_due: store.links_due(end).await.unwrap().len(),
    }
}

/// Sent, gone to, found nothing, closed.
async fn handled(store: &Store, call: CallId, showing: &Showing<'_>) {
    let incident = sent(store, call, showing).await;
    let view = store.incident(incident, showing).await.unwrap();
    let task = view.assignments.first().expect("the routing table knows a fire").assignment_id;
    for (state, s) in
        [(AssignmentState::Acknowledged, 60), (AssignmentState::EnRoute, 90), (AssignmentState::OnScene, 400)]
    {
        let step = Step { state, at: None, clock: None, note: None };
        store.assignment_step(task, &step, StepBy::Desk(lead()), None, after(s)).await.unwrap();
    }
    let close = CloseIncident { outcome: IncidentOutcome::NothingFound, note: Some("nihil".into()) };
    let showing = Showing { now: after(500), ..*showing };
    store.incident_close(incident, &close, &showing, lead()).await.unwrap();
}

on_both! {
    async fn a_drill_is_in_no_figure(store: Store) {
        let (city, key) = (serang(), store.task_key([7; 32]).await.unwrap());
        let showing = showing(&city, &key);
        let real = call(&store, None, Class::Emergency).await;
        handled(&store, real, &showing).await;
        call(&store, None, Class::Prank).await;
        let before = counted(&store, &city).await;

        let drill = DrillId(Uuid::now_v7());
        store.drill_order(drill, &storm(), lead(), NOW).await.unwrap();
        let fire = call(&store, Some(DrillMark { drill, nth: 0 }), Class::Emergency).await;
        let prank = call(&store, Some(DrillMark { drill, nth: 1 }), Class::Prank).await;
        handled(&store, fire, &showing).await;
        let mut tx = store.begin().await.unwrap();
        let choice = ClassChoice { class: Class::Emergency, sub: None };
        store.call_reclass(&mut tx, prank, &choice, UserId(Uuid::from_u128(9)), Uuid::now_v7(), after(600)).await.unwrap();
        tx.commit().await.unwrap();
        store.drill_end(drill, DrillEnd::Done, None, after(900)).await.unwrap();

        let listed = async |drills| store.calls_list(&CallFilter { drills, limit: 100, ..CallFilter::default() }).await.unwrap().len();
        assert_eq!((listed(Drills::Only).await, listed(Drills::Beside).await), (2, 4), "they are there for who asks");
        assert_eq!(counted(&store, &city).await, before);
        let day = LocalDay(store.local_day(NOW).0);
        assert_eq!(store.rollup_check(day, day).await.unwrap(), []);
        // The same day with a real call more: what is compared does see a call.
        call(&store, None, Class::Ghost).await;
        assert_ne!(counted(&store, &city).await.report, before.report);
    }

    async fn a_drill_and_the_real_thing_are_never_linked(store: Store) {
        let drill = DrillId(Uuid::now_v7());
        store.drill_order(drill, &storm(), lead(), NOW).await.unwrap();
        let (city, key) = (serang(), store.task_key([7; 32]).await.unwrap());
        let showing = showing(&city, &key);
        let simulated = call(&store, Some(DrillMark { drill, nth: 1 }), Class::Emergency).await;
        let of_drill = sent(&store, simulated, &showing).await;
        let real = call(&store, None, Class::Emergency).await;
        let of_city = sent(&store, real, &showing).await;
        let linked = store.incident_link(of_city, of_drill, lead(), after(60)).await;
        assert_eq!(linked, Err(crate::incidents::IncidentError::DrillMixed));
    }
}
