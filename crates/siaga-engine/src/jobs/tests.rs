use super::*;
use crate::clock;
use serde_json::json;
use siaga_core::{
    call::live::{Fact, LiveFact},
    city::{City, SERANG_TOML},
    ids::{CallId, CallbackId, IncidentId, UserId},
    policy::Policy,
    time::Timestamp,
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
    let review_seed = store.review_seed([7; 32]).await.unwrap();
    JobContext {
        store,
        city: LiveCity::new(city),
        changes: Changes::default(),
        key,
        base_url: String::new(),
        notifier,
        policy: LivePolicy::new(Policy::default()),
        review_seed,
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

/// 2026-11-03 03:00 in Serang.
const THREE_AT_NIGHT: Timestamp = Timestamp(1_793_649_600_000_000);

on_both! {
    async fn random_days_are_counted_again_once_a_night(store: Store) {
        let context = context(store.clone(), City::from_toml(SERANG_TOML).unwrap()).await;
        let look = async |now| figures::look(&context, now).await.unwrap();
        assert_eq!(look(THREE_AT_NIGHT).await, None, "there is nothing to count");
        let sample = siaga_core::ledger::sample::Sample {
            from: jiff::civil::date(2026, 10, 29),
            to: jiff::civil::date(2026, 11, 2),
            seed: 1,
            emergencies: &[("kebakaran", 20)],
            information: 0,
            prank: 100,
            ghost: 100,
            abandoned: 10,
            test: 0,
        };
        let text = sample.to_csv();
        let ledger = siaga_core::ledger::read(text.as_bytes(), &context.city.now(), THREE_AT_NIGHT).unwrap();
        let import = siaga_core::ids::ImportId(Uuid::now_v7());
        let import = siaga_store::ledger::LedgerImport::of(text.as_bytes(), import, THREE_AT_NIGHT);
        assert_eq!(store.ledger_import(&ledger, &import).await.unwrap().added, 230);
        assert_eq!(look(THREE_AT_NIGHT.plus_ms(-4 * 3_600_000)).await, None, "it is not night yet");
        assert_eq!(look(THREE_AT_NIGHT).await, Some(0), "five days, all of them as their calls say");
        assert_eq!(look(THREE_AT_NIGHT.plus_ms(60_000)).await, None, "once a night");
        assert_eq!(store.figures_state().await.unwrap().days.len(), 5);
        siaga_store::testing::meddle(&store, "UPDATE call_hour SET calls = calls + 1 WHERE local_day = 20261101").await;
        let differ = look(THREE_AT_NIGHT.plus_ms(86_400_000)).await;
        assert!(differ.is_some_and(|found| found > 0), "{differ:?}");
        let state = store.figures_state().await.unwrap();
        let wrong: Vec<_> = state.days.iter().filter(|day| day.differences > 0).map(|day| day.day).collect();
        // The other day of November only because its month is no longer the sum of its days.
        assert_eq!(wrong, [20_261_101, 20_261_102]);
        // Told, and left as it is.
        assert!(!store.day_check(siaga_core::time::LocalDay(20_261_101)).await.unwrap().differences.is_empty());
    }
}
