//! Attach and detach, split, merge and unmerge, link, reopen, major: nothing is lost, and the figures stay reconciled.

use super::*;
use crate::{
    calls::{ClassError, Corrector},
    testing::meddle,
};
use siaga_core::{
    call::correction::NoCorrection,
    call::live::{Fact, LiveFact},
    class::Class,
    ids::SeatId,
    incident::{ChangeRefused, CloseRefused},
    role::Role,
    view::{
        call::{CallOutcome, EndedBy},
        desk::{ClassChoice, Direction, Lane},
        incident::SplitCall,
    },
};
use std::collections::{BTreeMap, BTreeSet};

mod at_random;

impl Desk {
    /// An answered call that is over, and nobody classed.
    async fn call(&self) -> CallId {
        let call = CallId(Uuid::now_v7());
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
        let by = UserId(Uuid::from_u128(9));
        let facts = [
            offered,
            Fact::Answered { call, seat: SeatId(1), call_taker: by },
            Fact::Ended { call, outcome: CallOutcome::Answered, by: EndedBy::Caller },
        ]
        .map(|fact| LiveFact { id: Uuid::now_v7(), at: NOW, fact });
        self.store.write_live(&facts).await.unwrap();
        call
    }

    /// A sheet of its own, sent.
    async fn opened(&self, call: CallId, incident_type: &str) -> IncidentId {
        let fields = json!({"landmark": format!("pasar {incident_type}"), "incident_type": incident_type});
        let revision = self.save(call, 0, fields).await.unwrap();
        self.send(call, revision, None).await.unwrap()
    }

    async fn attach(&self, incident: IncidentId, call: CallId) -> Result<(), IncidentError> {
        self.store.incident_attach(incident, call, &self.showing(10), BY).await
    }

    async fn detach(&self, incident: IncidentId, call: CallId) -> Result<(), IncidentError> {
        self.store.incident_detach(incident, call, &self.showing(11), BY).await
    }

    async fn split(&self, incident: IncidentId, call: CallId) -> Result<IncidentId, IncidentError> {
        let split = SplitCall { agencies: None };
        let new = NewSplit { incident_id: IncidentId(Uuid::now_v7()), split: &split };
        self.store.incident_split(incident, call, new, &self.showing(12), BY).await
    }

    async fn merge(&self, incident: IncidentId, into: IncidentId) -> Result<(), IncidentError> {
        self.store.incident_merge(incident, into, &self.showing(20), BY).await
    }

    async fn unmerge(&self, incident: IncidentId) -> Result<IncidentId, IncidentError> {
        self.store.incident_unmerge(incident, BY, NOW.plus_ms(30_000)).await
    }

    async fn reconciled(&self) {
        let day = self.store.local_day(NOW);
        assert_eq!(self.store.rollup_check(day, day).await.unwrap(), []);
        let audit = self.store.audit(&[]).await.unwrap();
        assert_eq!((audit.chain.broken, audit.faults.told), (None, vec![]));
    }
}

fn refused(why: ChangeRefused) -> IncidentError {
    IncidentError::Change(why)
}

on_both! {
    async fn a_report_at_whose_place_nothing_was_found_is_none_of_the_real_ones(store: Store) {
        const NUMBER: &str = "+6281234567801";
        let desk = Desk::new(store).await;
        let reported = async || {
            let call = CallId(Uuid::now_v7());
            let offered = Fact::Offered {
                call,
                direction: Direction::Incoming,
                number: Some(NUMBER.into()),
                number_raw: None,
                display_name: None,
                sip_call_id: None,
                lane: Lane::A,
                suspicion: 0,
                reasons: vec![],
                callback: None,
            };
            desk.store.write_live(&[LiveFact { id: Uuid::now_v7(), at: NOW, fact: offered }]).await.unwrap();
            let revision = desk.save(call, 0, json!({"landmark": "pasar", "incident_type": "fire"})).await.unwrap();
            desk.send(call, revision, Some(vec!["damkar".into()])).await.unwrap()
        };
        let known = async || {
            let facts = desk.store.number_facts(NUMBER, NOW.plus_ms(1)).await.unwrap();
            (facts.count(Class::Emergency), facts.nothing_found, facts.real.is_some())
        };
        let first = reported().await;
        assert_eq!(known().await, (1, 0, true), "while it is open it counts as real");
        let close = CloseIncident { outcome: IncidentOutcome::NothingFound, note: Some("tidak ada apa-apa".into()) };
        desk.store.incident_close(first, &close, &desk.showing(900), BY).await.unwrap();
        assert_eq!(known().await, (1, 1, false));
        let second = reported().await;
        desk.close(second, Some("padam")).await.unwrap();
        assert_eq!(known().await, (2, 1, true), "another one was real");
    }

    async fn a_call_leaves_as_it_came(store: Store) {
        let desk = Desk::new(store).await;
        let (first, second) = (desk.call().await, desk.call().await);
        let incident = desk.opened(first, "fire").await;
        let before = desk.store.call_row(second).await.unwrap();
        desk.attach(incident, second).await.unwrap();
        assert_eq!(desk.store.call_row(second).await.unwrap().class, Some(Class::Emergency));
        for _ in 0..2 { desk.detach(incident, second).await.unwrap(); }
        let after = desk.store.call_row(second).await.unwrap();
        assert_eq!((after.class, after.incident_id, after.incident_type), (before.class, None, None), "the class went with it");
        assert_eq!(desk.view(incident, 20).await.calls, [first]);
        assert_eq!(desk.detach(incident, first).await, Err(refused(ChangeRefused::FirstCall)));
        // what a person said stays
        desk.attach(incident, second).await.unwrap();
        let choice = siaga_core::view::desk::ClassChoice { class: Class::Information, sub: None };
        let mut tx = desk.store.begin().await.unwrap();
        desk.store.call_reclass(&mut tx, second, &choice, BY.user, Uuid::now_v7(), NOW.plus_ms(10_500)).await.unwrap();
        tx.commit().await.unwrap();
        desk.detach(incident, second).await.unwrap();
        assert_eq!(desk.store.call_row(second).await.unwrap().class, Some(Class::Information));
        desk.reconciled().await;
    }

    async fn a_call_that_reported_something_is_no_prank_while_that_stands(store: Store) {
        let desk = Desk::new(store).await;
        let (first, second) = (desk.call().await, desk.call().await);
        let incident = desk.opened(first, "fire").await;
        desk.attach(incident, second).await.unwrap();
        let prank = ClassChoice { class: Class::Prank, sub: None };
        let lead = Corrector { user: BY.user, role: Role::ShiftLead };
        let correct = async |call| desk.store.call_correct(call, &prank, lead, Uuid::now_v7(), NOW.plus_ms(20_000)).await;
        let real = Err(ClassError::Refused(NoCorrection::RealIncident));
        assert_eq!(correct(first).await, real);
        assert_eq!(desk.store.call_may_deny(first, &prank).await, real, "nor while it is on the desk");
        desk.detach(incident, second).await.unwrap();
        assert_eq!(correct(second).await, Ok(()), "it left the incident");
        meddle(&desk.store, "UPDATE incident SET outcome = 'false_report', closed_at = 1").await;
        assert_eq!(correct(first).await, Ok(()), "nothing was there");
        let day = desk.store.local_day(NOW);
        assert_eq!(desk.store.rollup_check(day, day).await.unwrap(), []);
    }

    async fn a_call_becomes_an_incident_of_its_own(store: Store) {
        let desk = Desk::new(store).await;
        let (first, second) = (desk.call().await, desk.call().await);
        let incident = desk.opened(first, "fire").await;
        desk.attach(incident, second).await.unwrap();
        desk.save(second, 0, json!({"victims": 1})).await.unwrap();
        let own = desk.split(incident, second).await.unwrap();
        assert_eq!(desk.split(incident, second).await, Ok(own), "twice is once");
        let view = desk.view(own, 20).await;
        assert_eq!((view.number, view.incident_type.as_str(), view.fields.landmark.as_deref(), view.fields.victims), (2, "fire", Some("pasar fire"), Some(1)));
        assert_eq!((view.calls.as_slice(), view.assignments.len()), ([second].as_slice(), 1));
        // its sheet is the incident's from now on
        desk.save(second, 2, json!({"victims": 4})).await.unwrap();
        assert_eq!(desk.view(own, 21).await.fields.landmark.as_deref(), Some("pasar fire"));
        assert_eq!(desk.view(incident, 21).await.calls, [first]);
        assert_eq!(desk.split(own, desk.call().await).await, Err(refused(ChangeRefused::OtherCall)));
        assert!(desk.kinds().await.contains(&"IncidentSplit".to_owned()));
        desk.reconciled().await;
    }

    async fn merging_shows_everything_there_and_taking_it_back_restores(store: Store) {
        let desk = Desk::new(store).await;
        let calls = [desk.call().await, desk.call().await, desk.call().await];
        let (kept, given) = (desk.opened(calls[0], "fire").await, desk.opened(calls[1], "electrical").await);
        desk.attach(given, calls[2]).await.unwrap();
        desk.store.note_add(NotedOn::Incident(given), "dari gardu", BY, None, NOW).await.unwrap();
        let before = (desk.view(kept, 15).await, desk.view(given, 15).await);
        for _ in 0..2 { desk.merge(given, kept).await.unwrap(); }
        let (there, here) = (desk.view(kept, 25).await, desk.view(given, 25).await);
        assert_eq!((there.calls.len(), there.assignments.len(), there.notes.len()), (3, before.0.assignments.len() + before.1.assignments.len(), 1));
        assert_eq!((here.status, here.outcome), (IncidentStatus::Closed, Some(IncidentOutcome::Duplicate)));
        assert_eq!((here.merged_into.map(|one| one.incident_id), there.merged[0].incident_id), (Some(kept), given));
        for call in calls {
            let row = desk.store.call_row(call).await.unwrap();
            assert_eq!((row.incident_id, row.incident_type.as_deref()), (Some(kept), Some("fire")));
        }
        assert_eq!(desk.store.incidents(IncidentFilter::Open, &desk.showing(25)).await.unwrap().len(), 1);
        // its crew goes on, by its own link, and is loud at the one that stands
        let crew = before.1.assignments[0].assignment_id;
        assert!(desk.store.assignments_silent(&desk.showing(400)).await.unwrap().iter().any(|one| one.assignment == crew));
        assert!(!desk.store.task(crew, &desk.showing(25)).await.unwrap().closed);
        desk.step(crew, S::Acknowledged, 26).await.unwrap();
        assert_eq!(desk.close(kept, None).await, Err(IncidentError::Close(CloseRefused::OpenAssignments { count: there.assignments.len() })));
        assert_eq!(desk.attach(given, desk.call().await).await, Err(refused(ChangeRefused::Merged)));
        assert_eq!(desk.merge(kept, given).await, Err(refused(ChangeRefused::Merged)));
        desk.reconciled().await;

        assert_eq!(desk.unmerge(given).await, Ok(kept));
        let mut after = (desk.view(kept, 15).await, desk.view(given, 15).await);
        assert_eq!(after.1.assignments[0].state, S::Acknowledged, "what happened meanwhile stays");
        after.1.assignments[0] = before.1.assignments[0].clone();
        (after.0.revision, after.1.revision) = (before.0.revision, before.1.revision);
        assert_eq!(after, before);
        assert_eq!(desk.store.call_row(calls[2]).await.unwrap().incident_type.as_deref(), Some("electrical"));
        assert_eq!(desk.unmerge(given).await, Err(refused(ChangeRefused::NotMerged)));
        desk.reconciled().await;
    }

    async fn what_gave_way_twice_stands_at_the_last(store: Store) {
        let desk = Desk::new(store).await;
        let mut ids = Vec::new();
        for _ in 0..3 { let call = desk.call().await; ids.push((call, desk.opened(call, "flood").await)); }
        let [(one, a), (_, b), (_, c)] = ids[..] else { panic!("three") };
        desk.merge(a, b).await.unwrap();
        desk.merge(b, c).await.unwrap();
        assert_eq!(desk.view(c, 25).await.calls.len(), 3);
        assert_eq!(desk.store.call_row(one).await.unwrap().incident_id, Some(c));
        desk.unmerge(b).await.unwrap();
        assert_eq!((desk.view(b, 25).await.calls.len(), desk.view(c, 25).await.calls.len()), (2, 1));
        assert_eq!(desk.store.call_row(one).await.unwrap().incident_id, Some(b));
        desk.reconciled().await;
    }

    async fn two_people_at_once_lose_nothing(store: Store) {
        let desk = std::sync::Arc::new(Desk::new(store).await);
        let mut ids = Vec::new();
        for _ in 0..3 { let call = desk.call().await; ids.push(desk.opened(call, "flood").await); }
        let [a, b, c] = ids[..] else { panic!("three") };
        // one gives way to two: one of them wins, the other is told
        let tries = [b, c].map(|into| { let desk = desk.clone(); tokio::spawn(async move { desk.merge(a, into).await }) });
        let mut told = Vec::new();
        for one in tries { told.push(one.await.unwrap()); }
        assert_eq!(told.iter().filter(|one| one.is_ok()).count(), 1, "{told:?}");
        assert!(told.contains(&Err(refused(ChangeRefused::MergedElsewhere))), "{told:?}");
        // each into the other: never a ring
        let tries = [(b, c), (c, b)].map(|(from, into)| { let desk = desk.clone(); tokio::spawn(async move { desk.merge(from, into).await }) });
        let mut told = Vec::new();
        for one in tries { told.push(one.await.unwrap()); }
        assert_eq!(told.iter().filter(|one| one.is_ok()).count(), 1, "{told:?}");
        let open = desk.store.incidents(IncidentFilter::Open, &desk.showing(25)).await.unwrap();
        assert_eq!((open.len(), open[0].calls.len()), (1, 3));
        desk.reconciled().await;
    }

    async fn links_and_marks_are_seen_from_both_and_taken_back(store: Store) {
        let desk = Desk::new(store).await;
        let (a, b) = (desk.opened(desk.call().await, "flood").await, desk.opened(desk.call().await, "disaster").await);
        let now = NOW.plus_ms(40_000);
        for _ in 0..2 { desk.store.incident_link(b, a, BY, now).await.unwrap(); }
        assert_eq!((desk.view(a, 50).await.links[0].incident_id, desk.view(b, 50).await.links[0].incident_id), (b, a));
        assert_eq!(desk.store.incident_link(a, a, BY, now).await, Err(refused(ChangeRefused::Itself)));
        for _ in 0..2 { desk.store.incident_unlink(a, b, BY, now).await.unwrap(); }
        assert!(desk.view(b, 50).await.links.is_empty());
        assert_eq!(desk.store.incident_major(a, " ", BY, now).await, Err(refused(ChangeRefused::NoReason)));
        for why in ["tanggul jebol", "sekali lagi"] { desk.store.incident_major(a, why, BY, now).await.unwrap(); }
        let mark = desk.view(a, 50).await.major.unwrap();
        assert_eq!((mark.by.as_str(), mark.reason.as_str(), mark.at), ("Sari", "tanggul jebol", now));
        assert_eq!(desk.merge(a, b).await, Err(refused(ChangeRefused::Major)));
        for _ in 0..2 { desk.store.incident_stand_down(a, "surut", BY, now).await.unwrap(); }
        assert_eq!(desk.view(a, 50).await.major, None);
        let kinds = desk.kinds().await;
        for kind in ["IncidentLink", "IncidentUnLink", "IncidentMajor", "IncidentMajorEnded"] {
            assert_eq!(kinds.iter().filter(|one| *one == kind).count(), 1, "{kind}");
        }
    }

    async fn a_closed_incident_goes_on_with_a_reason(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, assignment) = desk.fire().await;
        desk.step(assignment, S::Done, 20).await.unwrap();
        let reopen = async |why: &str| desk.store.incident_reopen(incident, why, BY, NOW.plus_ms(950_000)).await;
        assert_eq!(reopen("api menyala lagi").await, Err(refused(ChangeRefused::NotClosed)));
        desk.close(incident, None).await.unwrap();
        assert_eq!(desk.store.incident_major(incident, "x", BY, NOW).await, Err(refused(ChangeRefused::Closed)));
        reopen("api menyala lagi").await.unwrap();
        let view = desk.view(incident, 960).await;
        assert_eq!((view.status, view.outcome, view.closed_at), (IncidentStatus::Open, None, None));
        assert_eq!(view.notes.last().map(|line| line.text.as_str()), Some("Dibuka kembali: api menyala lagi"));
        desk.store.assignment_add(incident, "damkar", &desk.showing(961), BY, None).await.unwrap();
    }

    async fn a_neighbour_takes_it_over_only_when_they_say_so(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, crew) = desk.fire().await;
        desk.step(crew, S::Done, 20).await.unwrap();
        let close = async |outcome| {
            let close = CloseIncident { outcome, note: Some("bukan wilayah kota".into()) };
            desk.store.incident_close(incident, &close, &desk.showing(900), BY).await
        };
        assert_eq!(close(IncidentOutcome::HandedOver).await, Err(IncidentError::Close(CloseRefused::NotAccepted)));
        let asked = desk.store.assignment_add(incident, "kab_serang", &desk.showing(30), BY, None).await.unwrap();
        assert!(desk.view(incident, 31).await.assignments[1].hand_over);
        for outcome in [IncidentOutcome::HandedOver, IncidentOutcome::Resolved] {
            assert_eq!(close(outcome).await, Err(IncidentError::Close(CloseRefused::HandOverPending)));
        }
        assert!(desk.store.assignments_silent(&desk.showing(3600)).await.unwrap().iter().any(|one| one.assignment == asked), "loud until they answer");
        desk.step(asked, S::Acknowledged, 3700).await.unwrap();
        close(IncidentOutcome::HandedOver).await.unwrap();
        let view = desk.view(incident, 3800).await;
        assert_eq!((view.outcome, view.assignments[1].state), (Some(IncidentOutcome::HandedOver), S::Done));
    }
}
