use super::*;
use crate::on_both;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
const LEASE_MS: i64 = 30_000;

async fn message(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    let message = NewMessage {
        about: About::Assignment { incident: Uuid::now_v7(), assignment: Uuid::now_v7() },
        kind: "dispatch",
        agency: "damkar".into(),
        target: "Damkar".into(),
        channel: "page",
        text: "SIAGA".into(),
        task_url: None,
        payload: "{}".into(),
    };
    put(&mut tx, &message, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn lease(store: &Store, after_ms: i64) -> (Uuid, Vec<LeasedMessage>) {
    let lease = Uuid::now_v7();
    (
        lease,
        store
            .outbox_lease(lease, LEASE_MS, 10, siaga_core::outbox::Urgency::Dispatch, NOW.plus_ms(after_ms))
            .await
            .unwrap(),
    )
}

on_both! {
    async fn a_message_is_leased_to_one_sender(store: Store) {
        message(&store).await;
        let (dead_sender, leased) = lease(&store, 0).await;
        assert_eq!(leased.len(), 1);
        assert!(lease(&store, 1_000).await.1.is_empty(), "nobody else sends it now");
        // the first sender died: its lease runs out, and its late word decides nothing
        let (sender, leased) = lease(&store, LEASE_MS + 1).await;
        assert_eq!(leased.len(), 1);
        let id = OutboxId(leased[0].outbox_id);
        assert!(!store.outbox_settle(id, dead_sender, &Attempt::Failed("late".into()), NOW).await.unwrap());
        assert!(store.outbox_settle(id, sender, &Attempt::Delivered, NOW).await.unwrap());
        assert!(!store.outbox_settle(id, sender, &Attempt::Delivered, NOW).await.unwrap(), "once");
        let [view] = store.outbox_list().await.unwrap().try_into().expect("one");
        assert_eq!((view.state, view.attempts, view.next_at), (DeliveryState::Delivered, 1, None));
        assert!(lease(&store, 10 * LEASE_MS).await.1.is_empty());
        assert!(matches!(store.outbox_retry(id, UserId(Uuid::nil()), NOW).await, Err(StoreError::Conflict(_))));
    }

    async fn failures_wait_longer_and_end_with_a_person(store: Store) {
        message(&store).await;
        let mut at_ms = 0;
        for attempt in 1..=ATTEMPTS_MAX {
            let (sender, leased) = lease(&store, at_ms).await;
            let [one] = leased.as_slice() else { panic!("due for try {attempt}") };
            let failed = Attempt::Failed("x".repeat(1000));
            store.outbox_settle(OutboxId(one.outbox_id), sender, &failed, NOW.plus_ms(at_ms)).await.unwrap();
            let wait_ms = retry_after_ms(Urgency::Dispatch, attempt).unwrap_or(10 * LEASE_MS);
            assert!(lease(&store, at_ms + wait_ms - 1).await.1.is_empty(), "too early for try {}", attempt + 1);
            at_ms += wait_ms;
        }
        let [view] = store.outbox_list().await.unwrap().try_into().expect("one");
        assert_eq!((view.state, view.attempts, view.error.map(|text| text.len())), (DeliveryState::Dead, ATTEMPTS_MAX, Some(ERROR_CHARS_MAX)));
        assert!(lease(&store, at_ms + 1).await.1.is_empty());
        store.outbox_retry(view.outbox_id, UserId(Uuid::nil()), NOW.plus_ms(at_ms)).await.unwrap();
        let (sender, leased) = lease(&store, at_ms + 1).await;
        assert_eq!(leased.len(), 1);
        let refused = Attempt::Refused("410".into());
        store.outbox_settle(view.outbox_id, sender, &refused, NOW.plus_ms(at_ms + 1)).await.unwrap();
        assert_eq!(store.outbox_list().await.unwrap()[0].state, DeliveryState::Dead);
        let kinds: Vec<_> = store.events_after(0, 10).await.unwrap().into_iter().map(|one| one.kind).collect();
        assert_eq!(kinds, ["MessageDead", "MessageRetried", "MessageDead"]);
    }

    async fn an_unknown_message_is_not_found(store: Store) {
        let id = OutboxId(Uuid::now_v7());
        assert_eq!(store.outbox_retry(id, UserId(Uuid::nil()), NOW).await, Err(StoreError::NotFound));
        assert!(!store.outbox_settle(id, Uuid::nil(), &Attempt::Delivered, NOW).await.unwrap());
    }
}
