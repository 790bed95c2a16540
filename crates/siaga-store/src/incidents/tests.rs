use super::*;
use crate::{Store, StoreError, on_both, outbox::Attempt};
use serde_json::{Value, json};
use siaga_core::{
    city::{City, serang},
    desk::World,
    ids::{AssignmentId, CallId, IncidentId, OutboxId},
    incident::{CloseRefused, StepRefused},
    intake::MergeRefused,
    view::{
        card::{CardChoice, NewCardAnswer},
        incident::{
            AssignmentState as S, CloseIncident, DraftChange, IncidentOutcome, IncidentStatus, IncidentView,
            SendIncident, Step,
        },
        outbox::DeliveryState,
    },
};
use uuid::Uuid;

mod photos;
mod sharing;
mod states;

/// 2027-01-15 15:00 in Serang.
const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
const BY: Actor<'_> = Actor { user: UserId(Uuid::from_u128(7)), name: "Sari" };

struct Desk {
    store: Store,
    city: City,
    key: TaskKey,
}

impl Desk {
    async fn new(store: Store) -> Self {
        let key = store.task_key([3; 32]).await.unwrap();
        Self { store, city: serang(), key }
    }

    fn showing(&self, after_s: i64) -> Showing<'_> {
        Showing { city: &self.city, key: &self.key, base_url: "https://siaga.test/", now: NOW.plus_ms(after_s * 1000) }
    }

    async fn save(&self, call: CallId, base: u32, fields: Value) -> Result<u32, IncidentError> {
        let change = DraftChange { base_revision: base, fields: serde_json::from_value(fields).unwrap() };
        Ok(self.store.draft_save(call, &change, &self.showing(0), BY).await?.revision)
    }

    async fn send(
        &self,
        call: CallId,
        revision: u32,
        agencies: Option<Vec<String>>,
    ) -> Result<IncidentId, IncidentError> {
        let send = SendIncident { call_id: call, draft_revision: revision, agencies };
        let new = NewIncident { incident_id: IncidentId(Uuid::now_v7()), send: &send };
        self.store.incident_send(new, &self.showing(0), BY, None).await
    }

    /// A fire in Cipare, sent to Damkar.
    async fn fire(&self) -> (CallId, IncidentId, AssignmentId) {
        let call = CallId(Uuid::now_v7());
        let fields = json!({"landmark": "depan Masjid Agung", "village_code": "36.73.01.1002", "incident_type": "fire",
                            "reporter_name": "Budi", "reporter_number": "0812", "victims": 2});
        let revision = self.save(call, 0, fields).await.unwrap();
        let incident = self.send(call, revision, None).await.unwrap();
        (call, incident, self.view(incident, 0).await.assignments[0].assignment_id)
    }

    async fn view(&self, incident: IncidentId, after_s: i64) -> IncidentView {
        self.store.incident(incident, &self.showing(after_s)).await.unwrap()
    }

    async fn step(&self, assignment: AssignmentId, state: S, after_s: i64) -> Result<IncidentId, IncidentError> {
        let step = Step { state, at: None, clock: None, note: None };
        self.store.assignment_step(assignment, &step, StepBy::Responder, None, NOW.plus_ms(after_s * 1000)).await
    }

    async fn close(&self, incident: IncidentId, note: Option<&str>) -> Result<(), IncidentError> {
        let close = CloseIncident { outcome: IncidentOutcome::Resolved, note: note.map(str::to_owned) };
        self.store.incident_close(incident, &close, &self.showing(900), BY).await
    }

    async fn kinds(&self) -> Vec<String> {
        self.store.events_after(0, 1000).await.unwrap().into_iter().map(|one| one.kind).collect()
    }
}

/// An answer to a step of the medical card.
fn answer(id: u128, step: &str, digit: u8) -> NewCardAnswer {
    let city = serang();
    let card = city.cards.card("medical").unwrap();
    NewCardAnswer {
        answer_id: Uuid::from_u128(id),
        card: card.key.clone(),
        title: card.title.clone(),
        fingerprint: card.fingerprint.clone(),
        step: step.into(),
        asked: String::new(),
        choice: CardChoice::Answered { digit, say: String::new() },
    }
}

on_both! {
    async fn answers_are_only_added_and_go_with_the_call(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        let add = async |new: &NewCardAnswer, by: Actor<'static>| desk.store.card_answer_add(call, new, &desk.showing(0), by).await;
        const OTHER: Actor<'_> = Actor { user: UserId(Uuid::from_u128(8)), name: "Budi" };
        add(&answer(1, "awake", 1), BY).await.unwrap();
        // the same answer sent again is one line
        add(&answer(1, "awake", 1), BY).await.unwrap();
        // another seat corrects it, and goes on
        add(&answer(2, "awake", 2), OTHER).await.unwrap();
        let skipped = NewCardAnswer { choice: CardChoice::Skipped, ..answer(3, "breathing", 1) };
        let held = add(&skipped, BY).await.unwrap();
        let told: Vec<_> = held.lines.iter().map(|one| (one.by.as_str(), one.corrected, one.choice.clone())).collect();
        let answered = |digit, say: &str| CardChoice::Answered { digit, say: say.into() };
        assert_eq!(told, [("Sari", true, answered(1, "Ya")), ("Budi", false, answered(2, "Tidak")), ("Sari", false, CardChoice::Skipped)]);
        assert_eq!(held.open.iter().map(|one| one.asked.as_str()).collect::<Vec<_>>(), ["Lihat dadanya sepuluh detik: naik turun dengan teratur?"]);
        assert!(matches!(add(&answer(4, "awake", 9), BY).await, Err(IncidentError::Field(_))));
        let other_call = desk.store.card_answer_add(CallId(Uuid::now_v7()), &answer(1, "awake", 1), &desk.showing(0), BY).await;
        assert_eq!(other_call, Err(IncidentError::OtherCommand), "an id belongs to one call");
        assert_eq!(desk.kinds().await, ["CardAnswered", "CardAnswered", "CardAnswered"]);
        assert_eq!(desk.store.chain_verify().await.unwrap().broken, None);

        let revision = desk.save(call, 0, json!({"landmark": "pasar", "incident_type": "ambulance"})).await.unwrap();
        let incident = desk.send(call, revision, None).await.unwrap();
        assert_eq!(desk.store.incident_card_answers(incident, &desk.showing(0)).await.unwrap(), held);
        let crew = desk.view(incident, 0).await.assignments[0].assignment_id;
        let task = desk.store.task(crew, &desk.showing(0)).await.unwrap();
        assert_eq!(task.answers.iter().map(|one| one.choice.clone()).collect::<Vec<_>>(), [answered(2, "Tidak")]);
        // what is asked after sending belongs to it too
        add(&answer(5, "look", 2), BY).await.unwrap();
        let after = desk.store.incident_card_answers(incident, &desk.showing(0)).await.unwrap();
        assert_eq!((after.lines.len(), after.open[0].title.as_str()), (4, "RJP dewasa"));
        let events = desk.store.events_after(0, 100).await.unwrap();
        assert_eq!(events.last().unwrap().incident_id, Some(incident.0));
        let unknown = desk.store.incident_card_answers(IncidentId(Uuid::now_v7()), &desk.showing(0)).await;
        assert_eq!(unknown, Err(StoreError::NotFound));
    }

    async fn answers_of_two_seats_at_once_are_all_kept(store: Store) {
        let desk = std::sync::Arc::new(Desk::new(store).await);
        let call = CallId(Uuid::now_v7());
        let seats = (0..8_u128).map(|n| {
            let desk = desk.clone();
            tokio::spawn(async move {
                desk.store.card_answer_add(call, &answer(10 + n, "awake", 1), &desk.showing(0), BY).await.unwrap();
            })
        });
        for seat in seats.collect::<Vec<_>>() {
            seat.await.unwrap();
        }
        let held = desk.store.card_answers(call, &desk.showing(0)).await.unwrap();
        assert_eq!((held.lines.len(), held.lines.iter().filter(|one| !one.corrected).count()), (8, 1));
    }

    async fn a_sheet_is_kept_field_by_field(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        assert_eq!(desk.store.draft(call).await.unwrap().revision, 0);
        assert_eq!(desk.save(call, 0, json!({"landmark": "pasar"})).await, Ok(1));
        assert_eq!(desk.save(call, 0, json!({"victims": 3})).await, Ok(2));
        let refused = desk.save(call, 0, json!({"victims": 4, "rt_rw": "1/2"})).await;
        assert_eq!(refused, Err(IncidentError::Merge(MergeRefused::Conflict(vec![("victims".into(), json!(3))]))));
        assert_eq!(desk.save(call, 2, json!({"victims": 3})).await, Ok(2), "nothing new is no revision");
        desk.store.note_add(NotedOn::Call(call), " api membesar ", BY, None, NOW).await.unwrap();
        let held = desk.store.draft(call).await.unwrap();
        assert_eq!((held.fields.landmark.as_deref(), held.fields.victims, held.fields.rt_rw), (Some("pasar"), Some(3), None));
        assert_eq!((held.notes[0].text.as_str(), held.notes[0].by.as_str()), ("api membesar", "Sari"));
        assert_eq!(desk.kinds().await, ["DraftSaved", "DraftSaved", "NoteAdded"]);
        assert_eq!(desk.store.chain_verify().await.unwrap().broken, None);
    }

    async fn sending_makes_incident_assignment_and_message_together(store: Store) {
        let desk = Desk::new(store).await;
        let (call, incident, assignment) = desk.fire().await;
        let view = desk.view(incident, 0).await;
        assert_eq!((view.number, view.status, view.place.as_str()), (1, IncidentStatus::Open, "depan Masjid Agung, Kel. Cipare, Kec. Serang"));
        assert_eq!((view.calls.as_slice(), view.opened_by.as_str(), view.type_label.as_str()), ([call].as_slice(), "Sari", "Kebakaran"));
        let [one] = view.assignments.as_slice() else { panic!("one agency: {:?}", view.assignments) };
        assert_eq!((one.agency.as_str(), one.state, one.delivered, one.overdue_level), ("damkar", S::Sent, false, 0));
        assert_eq!(one.acknowledge_by, NOW.plus_ms(60_000));
        assert!(one.task_url.starts_with("https://siaga.test/tugas/"), "{}", one.task_url);
        assert_eq!(desk.key.read(one.task_url.rsplit('/').next().unwrap()), Some(assignment));

        let [message] = desk.store.outbox_list().await.unwrap().try_into().expect("one message");
        assert_eq!((message.target.as_str(), message.channel.as_str(), message.state), ("Damkar", "page", DeliveryState::Waiting));
        assert!(message.text.contains("#1 KEBAKARAN") && message.text.contains("Cipare") && message.text.contains("Budi, 0812"), "{}", message.text);
        assert_eq!(message.task_url.as_deref(), Some(one.task_url.as_str()));

        // the call counts as what it was
        let row = desk.store.call_row(call).await.unwrap();
        assert_eq!((row.incident_id, row.incident_type.as_deref(), row.agency.as_deref()), (Some(incident), Some("fire"), Some("damkar")));
        assert_eq!(row.class, Some(siaga_core::class::Class::Emergency));
        let kinds = desk.kinds().await;
        assert_eq!(kinds, ["DraftSaved", "IncidentOpened", "CallClassed", "AssignmentSent"]);

        // the key pressed again makes nothing new
        assert_eq!(desk.send(call, 99, None).await, Ok(incident));
        assert_eq!(desk.kinds().await.len(), kinds.len());
    }

    async fn what_was_not_seen_or_not_filled_is_not_sent(store: Store) {
        let desk = Desk::new(store).await;
        let call = CallId(Uuid::now_v7());
        assert!(matches!(desk.send(call, 0, None).await, Err(IncidentError::NotReady(missing)) if missing.len() == 2));
        let revision = desk.save(call, 0, json!({"landmark": "pasar", "incident_type": "fire"})).await.unwrap();
        assert_eq!(desk.send(call, revision - 1, None).await, Err(IncidentError::DraftMoved { current: revision }));
        assert!(matches!(desk.send(call, revision, Some(vec!["damkat".into()])).await, Err(IncidentError::Agency(_))));
        assert_eq!(desk.send(call, revision, Some(vec![])).await, Err(IncidentError::NoAgency));
        assert!(desk.store.incidents(IncidentFilter::Open, &desk.showing(0)).await.unwrap().is_empty());
        assert!(desk.store.outbox_list().await.unwrap().is_empty());
        let incident = desk.send(call, revision, Some(vec!["PMI".into(), "damkar".into()])).await.unwrap();
        let agencies: Vec<_> = desk.view(incident, 0).await.assignments.into_iter().map(|one| one.agency).collect();
        assert_eq!(agencies, ["pmi", "damkar"]);
    }

    async fn sending_at_once_from_two_screens_makes_one(store: Store) {
        let desk = std::sync::Arc::new(Desk::new(store).await);
        let call = CallId(Uuid::now_v7());
        let revision = desk.save(call, 0, json!({"landmark": "pasar", "incident_type": "fire"})).await.unwrap();
        let tries: Vec<_> = (0..4).map(|_| { let desk = desk.clone(); tokio::spawn(async move { desk.send(call, revision, None).await.unwrap() }) }).collect();
        let mut made = std::collections::BTreeSet::new();
        for one in tries { made.insert(one.await.unwrap()); }
        assert_eq!(made.len(), 1);
        assert_eq!(desk.store.outbox_list().await.unwrap().len(), 1);
        // numbers run on
        let (_, second, _) = desk.fire().await;
        assert_eq!(desk.view(second, 0).await.number, 2);
    }

    async fn a_command_with_a_key_is_done_once(store: Store) {
        let desk = Desk::new(store).await;
        let (_, incident, _) = desk.fire().await;
        let once = Once { scope: "7/assignments", key: "k", command: b"pmi" };
        let first = desk.store.assignment_add(incident, "pmi", &desk.showing(5), BY, Some(once)).await.unwrap();
        let again = desk.store.assignment_add(incident, "pmi", &desk.showing(6), BY, Some(once)).await.unwrap();
        assert_eq!(first, again);
        let other = Once { command: b"bpbd", ..once };
        assert_eq!(desk.store.assignment_add(incident, "bpbd", &desk.showing(6), BY, Some(other)).await, Err(IncidentError::OtherCommand));
        assert_eq!(desk.store.assignment_add(incident, "pmi", &desk.showing(6), BY, None).await, Err(IncidentError::AlreadyAssigned));
        for _ in 0..2 {
            let note = Once { scope: "7/notes", key: "n", command: b"x" };
            desk.store.note_add(NotedOn::Incident(incident), "x", BY, Some(note), NOW).await.unwrap();
        }
        let view = desk.view(incident, 6).await;
        assert_eq!((view.assignments.len(), view.notes.len()), (2, 1));
    }

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

    async fn one_incident_takes_many_calls(store: Store) {
        let desk = Desk::new(store).await;
        let (first, incident, _) = desk.fire().await;
        let second = CallId(Uuid::now_v7());
        desk.store.note_add(NotedOn::Call(second), "dari seberang jalan", BY, None, NOW).await.unwrap();
        for _ in 0..2 {
            desk.store.incident_attach(incident, second, &desk.showing(30), BY).await.unwrap();
        }
        let view = desk.view(incident, 30).await;
        assert_eq!(view.calls, [first, second]);
        assert_eq!(view.notes[0].text, "dari seberang jalan");
        assert_eq!(desk.store.draft(second).await.unwrap().incident_id, Some(incident));
        assert_eq!(desk.store.call_row(second).await.unwrap().incident_type.as_deref(), Some("fire"));
        let (_, other, _) = desk.fire().await;
        assert_eq!(desk.store.incident_attach(other, second, &desk.showing(31), BY).await, Err(IncidentError::OtherIncident));
        assert_eq!(desk.store.incident_attach(IncidentId(Uuid::now_v7()), second, &desk.showing(31), BY).await, Err(StoreError::NotFound.into()));
    }

    async fn what_is_asked_after_sending_reaches_the_incident(store: Store) {
        let desk = Desk::new(store).await;
        let (call, incident, assignment) = desk.fire().await;
        desk.save(call, 1, json!({"victims": 5, "incident_type": "gas_leak", "village_code": "36.73.04.1007"})).await.unwrap();
        let view = desk.view(incident, 10).await;
        assert_eq!((view.fields.victims, view.incident_type.as_str(), view.revision), (Some(5), "gas_leak", 2));
        let row = desk.store.call_row(call).await.unwrap();
        assert_eq!((row.incident_type.as_deref(), row.village_code.as_deref()), (Some("gas_leak"), Some("36.73.04.1007")));
        assert_eq!(desk.store.task(assignment, &desk.showing(10)).await.unwrap().victims, Some(5));
        // an emptied type leaves the incident what it was
        desk.save(call, 2, json!({"incident_type": null})).await.unwrap();
        assert_eq!(desk.view(incident, 10).await.incident_type, "gas_leak");
        // a closed incident stays as it was closed
        desk.step(assignment, S::Done, 20).await.unwrap();
        desk.close(incident, None).await.unwrap();
        desk.save(call, 3, json!({"victims": 9})).await.unwrap();
        assert_eq!(desk.view(incident, 901).await.fields.victims, Some(5));
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
