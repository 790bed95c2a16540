use super::*;
use crate::clock;
use serde_json::json;
use siaga_core::{
    call::live::{Fact, LiveFact},
    city::{City, SERANG_TOML},
    ids::{CallId, CallbackId, IncidentId, UserId},
    policy::Policy,
    view::{
        callback::CallbackResult,
        desk::{CallbackReason, Direction, Lane, Topic},
        incident::{DraftChange, SendIncident},
        outbox::{DeliveryState, OutboxView},
    },
};
use siaga_store::{
    incidents::{Actor, NewIncident, Showing},
    on_both,
};
use uuid::Uuid;

/// Ten times what is seen on a slow machine.
const DEADLINE: Duration = Duration::from_secs(20);

async fn context(store: Store, city: City) -> JobContext {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let key = store.task_key([9; 32]).await.unwrap();
    let notifier = Notifier::new().unwrap();
    JobContext {
        store,
        city: LiveCity::new(city),
        changes: Changes::default(),
        key,
        base_url: String::new(),
        notifier,
        policy: LivePolicy::new(Policy::default()),
    }
}

async fn send_fire(context: &JobContext) -> IncidentId {
    let (call, by) = (CallId(Uuid::now_v7()), Actor { user: UserId(Uuid::now_v7()), name: "Sari" });
    let fields = json!({"landmark": "pasar", "incident_type": "fire"});
    let change = DraftChange { base_revision: 0, fields: serde_json::from_value(fields).unwrap() };
    let city = context.city.now();
    let showing = Showing { city: &city, key: &context.key, base_url: "", now: clock::now() };
    context.store.draft_save(call, &change, &showing, by).await.unwrap();
    let send = SendIncident { call_id: call, draft_revision: 1, agencies: None };
    let new = NewIncident { incident_id: IncidentId(Uuid::now_v7()), send: &send };
    let showing = Showing { city: &city, key: &context.key, base_url: "", now: clock::now() };
    context.store.incident_send(new, &showing, by, None).await.unwrap()
}

/// Somebody who was lost and called back twice in vain.
async fn twice_in_vain(context: &JobContext) {
    let (call, callback) = (CallId(Uuid::now_v7()), CallbackId(Uuid::now_v7()));
    let number = "+6281234567801".to_owned();
    let tried =
        || Fact::CallbackTried { callback, call: CallId(Uuid::now_v7()), result: CallbackResult::NoAnswer, by: None };
    let offered = Fact::Offered {
        call,
        direction: Direction::Incoming,
        number: Some(number.clone()),
        number_raw: None,
        display_name: None,
        sip_call_id: None,
        lane: Lane::A,
        suspicion: 50,
        reasons: Vec::new(),
        callback: None,
    };
    let due = Fact::CallbackDue { callback, call, number, reason: CallbackReason::Abandoned };
    let facts = [offered, due, tried(), tried()].map(|fact| LiveFact { id: Uuid::now_v7(), at: clock::now(), fact });
    context.store.write_live(&facts).await.unwrap();
}

async fn messages(context: &JobContext) -> Vec<OutboxView> {
    context.store.outbox_list().await.unwrap()
}

on_both! {
    async fn who_was_called_back_twice_in_vain_gets_one_link(store: Store) {
        let context = context(store, siaga_core::city::serang()).await;
        assert_eq!(links::look(&context, clock::now()).await, Ok(0));
        twice_in_vain(&context).await;
        assert_eq!(links::look(&context, clock::now()).await, Ok(1));
        assert_eq!(links::look(&context, clock::now()).await, Ok(0), "one");
        let [message] = messages(&context).await.try_into().expect("one message");
        assert!(message.text.contains("/lokasi/"), "{}", message.text);
        assert_eq!(outbox::send_batch(&context, Urgency::Dispatch).await, Ok(1));
        assert_eq!(messages(&context).await[0].state, DeliveryState::Delivered);
    }

    async fn a_signal_sends_and_stopping_stops(store: Store) {
        let context = context(store, siaga_core::city::serang()).await;
        let mut changes = context.changes.listen();
        let stop = CancellationToken::new();
        let mut jobs = start(&context, &stop);
        let incident = send_fire(&context).await;
        context.changes.tell(Topic::Outbox, None);
        let told = async {
            loop {
                let change = changes.recv().await.unwrap();
                if change.topic == Topic::Incidents {
                    return change.id;
                }
            }
        };
        let told = tokio::time::timeout(DEADLINE, told).await.expect("the consoles are told");
        assert_eq!(told, Some(incident.to_string()));
        let [message] = messages(&context).await.try_into().expect("one message");
        assert_eq!((message.state, message.attempts), (DeliveryState::Delivered, 1));
        stop.cancel();
        let ended = async { while jobs.join_next().await.is_some() {} };
        tokio::time::timeout(DEADLINE, ended).await.expect("the jobs end");
    }

    async fn what_waits_from_before_a_restart_is_sent_without_a_signal(store: Store) {
        let context = context(store, siaga_core::city::serang()).await;
        send_fire(&context).await;
        let mut changes = context.changes.listen();
        let stop = CancellationToken::new();
        let _jobs = start(&context, &stop);
        tokio::time::timeout(DEADLINE, changes.recv()).await.expect("sent on the timer").unwrap();
        assert_eq!(messages(&context).await[0].state, DeliveryState::Delivered);
        stop.cancel();
    }

    async fn a_receiver_that_is_away_is_tried_later(store: Store) {
        let with = "{ key = \"damkar\", webhook = { url = \"http://127.0.0.1:1/\", secret = \"rahasia-yang-panjang\" },";
        let city = City::from_toml(&SERANG_TOML.replace("{ key = \"damkar\",", with)).expect("one webhook more");
        let context = context(store, city).await;
        send_fire(&context).await;
        assert_eq!(outbox::send_batch(&context, Urgency::Dispatch).await, Ok(1));
        assert_eq!(outbox::send_batch(&context, Urgency::Dispatch).await, Ok(0), "not at once again");
        let [message] = messages(&context).await.try_into().expect("one message");
        assert_eq!((message.state, message.attempts, message.channel.as_str()), (DeliveryState::Waiting, 1, "webhook"));
        assert!(message.next_at.is_some() && message.error.is_some());
    }

    async fn silence_is_told_once_per_level(store: Store) {
        let context = context(store, siaga_core::city::serang()).await;
        let incident = send_fire(&context).await;
        let mut changes = context.changes.listen();
        let now = clock::now();
        for (after_ms, fresh) in [(30_000, 0), (61_000, 1), (62_000, 0), (121_000, 1)] {
            assert_eq!(overdue::look(&context, now.plus_ms(after_ms)).await, Ok(fresh), "after {after_ms} ms");
        }
        let change = changes.try_recv().expect("the consoles are told");
        assert_eq!((change.topic, change.id), (Topic::Incidents, Some(incident.to_string())));
        let reminders = messages(&context).await.into_iter().filter(|one| one.text.starts_with("PENGINGAT")).count();
        assert_eq!(reminders, 2);
    }
}

on_both! {
    async fn a_job_without_work_changes_nothing(store: Store) {
        let context = context(store, siaga_core::city::serang()).await;
        let mut changes = context.changes.listen();
        assert_eq!(sanctions::look(&context, None, clock::now()).await, Ok(0));
        assert!(changes.try_recv().is_err());
    }
}
