//! Crews from the first message to the last: their steps, what is corrected under them, their silence, their end.

use super::*;
use crate::outbox::Attempt;
use siaga_core::{
    desk::World,
    ids::OutboxId,
    incident::{CloseRefused, StepRefused},
};

on_both! {
    async fn steps_keep_their_true_times(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, assignment) = desk.fire().await;
        desk.step(assignment, S::Acknowledged, 20).await.unwrap();
        desk.step(assignment, S::Acknowledged, 25).await.unwrap();
        // tapped at 120 s where there is no signal, sent at 300 s
        let step = Step { state: S::OnScene, at: Some(NOW.plus_ms(120_000)), clock: None, note: Some("satu rumah".into()) };
        desk.store.assignment_step(assignment, &step, StepBy::Responder, None, NOW.plus_ms(300_000)).await.unwrap();
        assert_eq!(desk.step(assignment, S::EnRoute, 301).await, Err(IncidentError::Step(StepRefused::Backward)));
        assert_eq!(desk.step(assignment, S::Cancelled, 301).await, Err(IncidentError::Step(StepRefused::Backward)), "not by a link");
        let one = desk.view(incident, 301).await.assignments.remove(0);
        assert_eq!((one.state, one.acknowledged_at, one.en_route_at, one.on_scene_at), (S::OnScene, Some(NOW.plus_ms(20_000)), None, Some(NOW.plus_ms(120_000))));
        assert_eq!((one.notes[0].by.as_str(), one.notes[0].text.as_str()), ("Damkar", "satu rumah"));
        let cancel = Step { state: S::Cancelled, at: None, clock: None, note: None };
        desk.store.assignment_step(assignment, &cancel, StepBy::Desk(BY), None, NOW.plus_ms(302_000)).await.unwrap();
        assert_eq!(desk.step(assignment, S::Done, 303).await, Err(IncidentError::Step(StepRefused::Ended)));
        let steps = desk.kinds().await.into_iter().filter(|kind| kind == "AssignmentStateChange").count();
        assert_eq!(steps, 3, "the tap that came twice is on the record once");
    }

    async fn a_corrected_sheet_reaches_the_crews_once_it_is_quiet(store: Store) {
        let desk = Desk::new(store).await;
        let (call, incident, assignment) = desk.fire().await;
        desk.save(call, 1, json!({"rt_rw": "03/05"})).await.unwrap();
        desk.save(call, 2, json!({"situation": "tiga rumah"})).await.unwrap();
        let messages = desk.store.outbox_list().await.unwrap();
        let changed: Vec<_> = messages.iter().filter(|one| one.text.starts_with("PERUBAHAN: SIAGA 112 #1 KEBAKARAN")).collect();
        let [one] = changed.as_slice() else { panic!("two corrections are one message: {messages:?}") };
        assert!(one.text.contains("03/05") && one.text.contains("tiga rumah"), "{}", one.text);
        assert!(one.next_at.is_some_and(|at| at > NOW), "it waits for the next correction: {one:?}");
        assert_eq!(desk.view(incident, 0).await.fields.situation.as_deref(), Some("tiga rumah"));
        // a crew that is done is left alone
        desk.step(assignment, S::Done, 60).await.unwrap();
        desk.save(call, 3, json!({"victims": 5})).await.unwrap();
        assert_eq!(desk.store.outbox_list().await.unwrap().len(), messages.len());
    }

    async fn a_crew_that_was_chosen_by_mistake_is_told(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, assignment) = desk.fire().await;
        desk.step(assignment, S::Acknowledged, 20).await.unwrap();
        let lease = Uuid::now_v7();
        let [sent] = desk.store.outbox_lease(lease, 1000, 9, siaga_core::outbox::Urgency::Dispatch, NOW).await.unwrap().try_into().expect("the dispatch");
        desk.store.outbox_settle(siaga_core::ids::OutboxId(sent.outbox_id), lease, &crate::outbox::Attempt::Delivered, NOW).await.unwrap();
        for _ in 0..2 {
            assert_eq!(desk.store.assignment_cancel(assignment, Some("salah pilih"), &desk.showing(30), BY).await, Ok(incident));
        }
        let one = desk.view(incident, 31).await.assignments.remove(0);
        assert_eq!((one.state, one.notes.len()), (S::Cancelled, 1));
        let told = desk.store.outbox_list().await.unwrap().into_iter().filter(|one| one.text.starts_with("DIBATALKAN")).count();
        assert_eq!(told, 1);
    }

    async fn silence_is_written_down_once_per_level(store: Store) {
        let desk = Desk::new(store).await;
        assert_eq!(desk.store.world(NOW).await, Ok(World::default()));
        let (_, incident, assignment) = desk.fire().await;
        for (after_s, overdue_count) in [(59, 0), (61, 1)] {
            let world = World { overdue_count, last_emergency_at: Some(NOW), ..World::default() };
            assert_eq!(desk.store.world(NOW.plus_ms(after_s * 1000)).await, Ok(world), "after {after_s} s");
        }
        for (after_s, level, fresh) in [(61, 1, true), (62, 1, false), (185, 3, true), (400, 3, false)] {
            let silent = desk.store.assignments_silent(&desk.showing(after_s)).await.unwrap();
            assert_eq!(silent, [Silent { assignment, incident, level, fresh }], "after {after_s} s");
            assert_eq!(desk.view(incident, after_s).await.assignments[0].overdue_level, level);
        }
        assert!(desk.store.assignments_silent(&desk.showing(30)).await.unwrap().is_empty());
        let reminders = desk.store.outbox_list().await.unwrap().into_iter().filter(|one| one.text.starts_with("PENGINGAT")).count();
        assert_eq!(reminders, 2);
        desk.step(assignment, S::Acknowledged, 401).await.unwrap();
        assert!(desk.store.assignments_silent(&desk.showing(500)).await.unwrap().is_empty());
        assert_eq!(desk.view(incident, 500).await.assignments[0].overdue_level, 0);
    }

    async fn closing_forgets_no_crew(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, assignment) = desk.fire().await;
        assert_eq!(desk.close(incident, None).await, Err(IncidentError::Close(CloseRefused::OpenAssignments { count: 1 })));
        // the message went out, so the crew must hear of the end
        let lease = Uuid::now_v7();
        let sent = desk.store.outbox_lease(lease, 30_000, 10, siaga_core::outbox::Urgency::Dispatch, NOW).await.unwrap();
        desk.store.outbox_settle(OutboxId(sent[0].outbox_id), lease, &Attempt::Delivered, NOW).await.unwrap();
        desk.close(incident, Some("laporan ganda")).await.unwrap();
        let view = desk.view(incident, 900).await;
        assert_eq!((view.status, view.outcome, view.assignments[0].state), (IncidentStatus::Closed, Some(IncidentOutcome::Resolved), S::Cancelled));
        assert_eq!(view.notes.last().map(|line| line.text.as_str()), Some("laporan ganda"));
        assert!(desk.store.outbox_list().await.unwrap()[0].text.starts_with("DIBATALKAN"));
        assert_eq!(desk.close(incident, None).await, Err(IncidentError::Close(CloseRefused::Closed)));
        assert_eq!(desk.step(assignment, S::EnRoute, 901).await, Err(IncidentError::Closed));
        assert_eq!(desk.store.assignment_add(incident, "pmi", &desk.showing(901), BY, None).await, Err(IncidentError::Closed));
        assert!(desk.store.incidents(IncidentFilter::Open, &desk.showing(901)).await.unwrap().is_empty());
        assert_eq!(desk.store.incidents(IncidentFilter::Closed, &desk.showing(901)).await.unwrap().len(), 1);
    }

    async fn a_crew_that_was_never_asked_is_not_called_off(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, _) = desk.fire().await;
        desk.close(incident, Some("salah tekan")).await.unwrap();
        let [message] = desk.store.outbox_list().await.unwrap().try_into().expect("no second message");
        assert_eq!(message.state, DeliveryState::Dead);
        assert!(desk.store.outbox_lease(Uuid::now_v7(), 30_000, 10, siaga_core::outbox::Urgency::Dispatch, NOW.plus_ms(901_000)).await.unwrap().is_empty());
    }

    async fn the_crews_page_says_less_after_closing_and_then_nothing(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, assignment) = desk.fire().await;
        let open = desk.store.task(assignment, &desk.showing(5)).await.unwrap();
        assert_eq!((open.closed, open.reporter_number.as_deref(), open.next.len()), (false, Some("0812"), 5));
        desk.step(assignment, S::Done, 600).await.unwrap();
        desk.close(incident, None).await.unwrap();
        let closed = desk.store.task(assignment, &desk.showing(1000)).await.unwrap();
        assert_eq!((closed.closed, closed.reporter_name, closed.reporter_number, closed.next.len()), (true, None, None, 0));
        let week_later = 900 + TASK_LINK_AFTER_CLOSING_MS / 1000 + 1;
        assert_eq!(desk.store.task(assignment, &desk.showing(week_later)).await, Err(StoreError::NotFound));
        assert_eq!(desk.store.task(AssignmentId(Uuid::now_v7()), &desk.showing(5)).await, Err(StoreError::NotFound));
    }
}
