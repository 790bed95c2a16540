//! A sheet, its incident, its calls; the rest stands in the modules below.

use super::*;
use crate::{Store, StoreError, on_both};
use serde_json::{Value, json};
use siaga_core::{
    city::{City, serang},
    ids::{AssignmentId, CallId, IncidentId},
    intake::MergeRefused,
    view::{
        incident::{
            AssignmentState as S, CloseIncident, DraftChange, IncidentOutcome, IncidentStatus, IncidentView,
            SendIncident, Step,
        },
        outbox::DeliveryState,
    },
};
use uuid::Uuid;

mod cards;
mod crews;
mod photos;
mod sharing;
mod states;
mod times;

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

on_both! {
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
}
