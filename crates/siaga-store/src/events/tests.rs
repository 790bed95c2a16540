//! The chain holds under many writers, and any change of the past is named.

use super::*;
use crate::on_both;
use serde_json::json;

async fn append_one(store: &Store, n: i64) {
    let mut tx = store.begin().await.unwrap();
    let event = NewEvent { body: json!({ "n": n }), ..NewEvent::new(Uuid::now_v7(), Timestamp(n), "CallStart") };
    append(&mut tx, event).await.unwrap();
    tx.commit().await.unwrap();
}

async fn damage(store: &Store, sql: &'static str) {
    let mut tx = store.begin().await.unwrap();
    assert_ne!(execute!(tx, sql).unwrap(), 0, "the damage is done");
    tx.commit().await.unwrap();
}

on_both! {
    async fn writers_at_once_make_one_chain(store: Store) {
        let writers = (0..8).map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..10 {
                    append_one(&store, writer * 100 + n).await;
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let report = store.chain_verify().await.unwrap();
        assert_eq!((report.events, report.broken), (80, None));
        let last = store.events_after(79, 10).await.unwrap();
        assert_eq!(last.len(), 1);
        assert_eq!(hex::encode(&last[0].hash), report.head);
    }

    async fn nothing_is_left_of_a_transaction_that_was_dropped(store: Store) {
        append_one(&store, 1).await;
        let mut tx = store.begin().await.unwrap();
        append(&mut tx, NewEvent::new(Uuid::now_v7(), Timestamp(2), "CallEnd")).await.unwrap();
        drop(tx);
        assert_eq!(store.events_after(0, 10).await.unwrap().len(), 1);
        append_one(&store, 3).await;
        let report = store.chain_verify().await.unwrap();
        assert_eq!((report.events, report.broken), (2, None));
    }

    async fn the_same_id_twice_is_a_conflict(store: Store) {
        let event = NewEvent::new(Uuid::now_v7(), Timestamp(1), "CallStart");
        let mut tx = store.begin().await.unwrap();
        append(&mut tx, event.clone()).await.unwrap();
        let again = append(&mut tx, event).await.unwrap_err();
        assert!(matches!(again, StoreError::Conflict(_)), "{again}");
    }

    async fn a_reader_cannot_write(store: Store) {
        let mut tx = store.read().await.unwrap();
        assert!(append(&mut tx, NewEvent::new(Uuid::now_v7(), Timestamp(1), "CallStart")).await.is_err());
    }

    async fn a_changed_past_is_named(store: Store) {
        let rows = [
            ("UPDATE event SET body = '{\"n\":9}' WHERE seq = 2", "its content was changed"),
            ("UPDATE event SET body = '{\"n\":2}' WHERE seq = 2", ""),
            ("UPDATE event SET at = 7 WHERE seq = 2", "its hash does not follow from the event before it"),
            ("UPDATE event SET at = 2 WHERE seq = 2", ""),
            // Retention takes a body and leaves its hash.
            ("UPDATE event SET body = NULL WHERE seq = 2", ""),
            ("DELETE FROM event WHERE seq = 3", "the last events are missing"),
            ("DELETE FROM event WHERE seq = 1", "events before it are missing"),
        ];
        for n in 1..=3 {
            append_one(&store, n).await;
        }
        for (sql, why) in rows {
            damage(&store, sql).await;
            let broken = store.chain_verify().await.unwrap().broken;
            assert_eq!(broken.map(|link| link.why).unwrap_or_default(), why, "after {sql}");
        }
    }
}
