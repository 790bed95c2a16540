use super::*;
use crate::{on_both, outbox::Attempt};
use siaga_core::{city::serang, ids::UserId, outbox::Urgency, view::outbox::DeliveryState};

const NOW: Timestamp = Timestamp(1_795_478_400_000_000);

fn march() -> ReportPeriod {
    ReportPeriod::parse("2020-03-01", "2020-03-31").unwrap()
}

async fn make(store: &Store, recipients: &[String], reason: Reason, now: Timestamp) -> bool {
    let key = store.evidence_key([5; 32]).await.unwrap();
    let new = NewMailing { rhythm: Rhythm::Monthly, period: march(), recipients, reason };
    store.mailing_make(new, &serang(), &key, now).await.unwrap()
}

async fn sent(store: &Store) -> Vec<SentMail> {
    store.mailing_view(Rhythm::Monthly, &serang(), NOW).await.unwrap().sent
}

on_both! {
    async fn a_period_goes_once_to_each_recipient_and_a_trial_whenever_it_is_asked_for(store: Store) {
        let two = ["kepala@serang.example".to_owned(), "sekda@serang.example".to_owned()];
        assert!(make(&store, &two, Reason::Due, NOW).await);
        assert!(!make(&store, &two, Reason::Due, NOW.plus_ms(1_000)).await, "it was made");
        let more = [two[0].clone(), "lain@serang.example".to_owned()];
        assert!(!make(&store, &more, Reason::Due, NOW.plus_ms(2_000)).await, "also for other people");
        let by = UserId(Uuid::now_v7());
        assert!(make(&store, &two[..1], Reason::Trial(by), NOW.plus_ms(3_000)).await);
        assert!(make(&store, &two[..1], Reason::Trial(by), NOW.plus_ms(4_000)).await);
        let sent = sent(&store).await;
        let scheduled: Vec<&str> = sent.iter().filter(|one| !one.trial).map(|one| one.to.as_str()).collect();
        assert_eq!((sent.len(), scheduled.len()), (4, 2), "{sent:?}");
        assert!(two.iter().all(|one| scheduled.contains(&one.as_str())));
        assert!(sent.iter().all(|one| one.from_day == "2020-03-01" && one.to_day == "2020-03-31"));
    }

    async fn mails_wait_in_their_own_line_and_longer(store: Store) {
        assert!(make(&store, &["kepala@serang.example".to_owned()], Reason::Due, NOW).await);
        let lease = Uuid::now_v7();
        let lease_of = async |urgency, now| store.outbox_lease(lease, 1_000, 9, urgency, now).await.unwrap();
        assert!(lease_of(Urgency::Dispatch, NOW).await.is_empty(), "no dispatch waits behind a mail");
        let [mail] = lease_of(Urgency::Mail, NOW).await.try_into().expect("one");
        assert!(mail.text.contains("SHA-256") && mail.payload.contains("kepala@serang.example"), "{mail:?}");
        // Eight tries are the end of a dispatch, and not of a mail.
        let mut now = NOW;
        for _ in 0..9 {
            now = now.plus_ms(3_600_000);
            let [mail] = lease_of(Urgency::Mail, now).await.try_into().expect("due again");
            assert!(store.outbox_settle(OutboxId(mail.outbox_id), lease, &Attempt::Failed("x".into()), now).await.unwrap());
        }
        let one = sent(&store).await.remove(0);
        assert_eq!((one.state, one.attempts, one.error.as_deref()), (DeliveryState::Waiting, 9, Some("x")));
        let signed = store.mailing(serde_json::from_str::<serde_json::Value>(&mail.payload).unwrap()["mailing"].as_str().unwrap().parse().unwrap()).await.unwrap();
        assert!(crate::signed_reports::verify(crate::signed_reports::file(&signed).as_bytes()).faults.is_empty());
        assert_eq!(store.mailing_message(one.outbox_id).await, Ok(()));
        assert_eq!(store.mailing_message(OutboxId(Uuid::now_v7())).await, Err(StoreError::NotFound));
    }

    async fn a_schedule_counts_from_when_it_was_put(store: Store) {
        assert_eq!(store.schedule(Rhythm::Weekly).await, Ok(None));
        let by = UserId(Uuid::now_v7());
        let first = Schedule { active: true, day: 2, minute: 420, recipients: vec!["kepala@serang.example".into()] };
        store.schedule_put(Rhythm::Weekly, &first, by, NOW).await.unwrap();
        let second = Schedule { day: 3, ..first };
        store.schedule_put(Rhythm::Weekly, &second, by, NOW.plus_ms(5)).await.unwrap();
        let kept = store.schedule(Rhythm::Weekly).await.unwrap();
        assert_eq!(kept, Some(KeptSchedule { schedule: second, since: NOW.plus_ms(5) }));
        assert_eq!(store.schedule(Rhythm::Monthly).await, Ok(None));
        let view = store.mailing_view(Rhythm::Weekly, &serang(), NOW).await.unwrap();
        assert!(view.next_at.is_some_and(|at| at > NOW) && view.sent.is_empty(), "{view:?}");
    }
}
