//! Whatever is changed behind the events' back is named.

use crate::{
    Store,
    accounts::{Change, NewAccount},
    audit::AuditReport,
    ledger::LedgerImport,
    on_both,
    testing::meddle,
};
use siaga_core::{
    call::live::{Fact, LiveFact},
    city::serang,
    class::Class,
    ids::{CallId, CallbackId, ImportId, SeatId, UserId},
    ledger,
    role::Role,
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
        desk::{CallbackReason, ClassChoice, Direction, Lane},
    },
};
use uuid::Uuid;

const T0: Timestamp = Timestamp(1_777_770_000_000_000);
const NUMBER: &str = "+6281234567890";
const LEDGER: &str =
    "started_at,number,answered_at,ended_at,class,sub,incident_type,agency,village_code,call_taker,note
2020-03-01 08:00:00,081234567890,2020-03-01 08:00:05,2020-03-01 08:02:00,prank,child,,,,Budi,anak
2020-03-01 09:00:00,081234567891,2020-03-01 09:00:05,2020-03-01 09:02:00,information,,,,,Budi,
2020-03-01 23:30:00,,,2020-03-01 23:30:09,abandoned,,,,,,
";

fn choice(class: Class) -> ClassChoice {
    ClassChoice { class, sub: None }
}

async fn calls(store: &Store, taker: UserId) {
    let mut at = T0;
    for (outcome, lost) in [(CallOutcome::Answered, false), (CallOutcome::Failed, true), (CallOutcome::Abandoned, true)]
    {
        let (call, callback) = (CallId(Uuid::now_v7()), CallbackId(Uuid::now_v7()));
        let mut facts = vec![Fact::Offered {
            call,
            direction: Direction::Incoming,
            number: Some(NUMBER.into()),
            number_raw: Some("0812\0".into()),
            display_name: None,
            sip_call_id: None,
            lane: Lane::A,
            suspicion: 0,
            reasons: vec!["a\0b".into()],
            callback: None,
        }];
        if !lost {
            facts.push(Fact::Answered { call, seat: SeatId(1), call_taker: taker });
            facts.push(Fact::Classed { call, by: taker, choice: Some(choice(Class::Ghost)) });
        }
        facts.push(Fact::Ended { call, outcome, by: EndedBy::Caller });
        if lost {
            let (number, reason) = (NUMBER.to_owned(), CallbackReason::Abandoned);
            facts.push(Fact::CallbackDue { callback, call, number, reason });
            let result = CallbackResult::NoAnswer;
            facts.push(Fact::CallbackTried { callback, call: CallId(Uuid::now_v7()), result, by: None });
        }
        if outcome == CallOutcome::Abandoned {
            facts.push(Fact::CallbackDropped { callback, by: taker });
        }
        let live = facts.into_iter().map(|fact| {
            at = at.plus_ms(1_000);
            LiveFact { id: Uuid::now_v7(), at, fact }
        });
        store.write_live(&live.collect::<Vec<_>>()).await.unwrap();
        if !lost {
            let mut tx = store.begin().await.unwrap();
            let (to, later) = (choice(Class::Prank), at.plus_ms(9));
            store.call_reclass(&mut tx, call, &to, taker, Uuid::now_v7(), later).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}

/// Accounts, three calls, two call-backs, one import.
async fn city(store: &Store) {
    let taker = UserId(Uuid::now_v7());
    for (user, name, role) in
        [(UserId(Uuid::now_v7()), "kepala", Role::Administrator), (taker, "rina", Role::CallTaker)]
    {
        let (name, password_hash) = (name.to_owned(), "-".to_owned());
        let account = NewAccount { user_id: user, display_name: name.clone(), name, role, password_hash };
        store.account_create(&account, None, T0).await.unwrap();
    }
    let change = Change { role: Some(Role::ShiftLead), ..Change::default() };
    store.account_change(taker, &change, None, T0).await.unwrap();
    calls(store, taker).await;
    let rows = ledger::read(LEDGER.as_bytes(), &serang(), T0).unwrap();
    let import = LedgerImport::of(LEDGER.as_bytes(), ImportId(Uuid::now_v7()), T0);
    store.ledger_import(&rows, &import).await.unwrap();
}

async fn audit(store: &Store) -> AuditReport {
    store.audit(&[]).await.unwrap()
}

on_both! {
    async fn an_untouched_city_holds_and_knows_its_old_heads(store: Store) {
        assert_eq!(audit(&store).await.faults.told, [] as [String; 0], "an empty one too");
        city(&store).await;
        let head = store.chain_head().await.unwrap();
        calls(&store, UserId(Uuid::now_v7())).await;
        let other = "0".repeat(64);
        let found = store.audit(&[head.clone(), other.clone()]).await.unwrap();
        assert_eq!((found.chain.broken, found.faults.told), (None, Vec::new()));
        assert_eq!((found.calls, found.calls_unread, found.accounts), (9, 0, 2));
        assert_eq!(found.heads_missing, [other]);
        assert_eq!(found.chain.head, store.chain_head().await.unwrap());
        assert_ne!(found.chain.head, head);
    }

    async fn what_is_changed_behind_the_events_is_named(store: Store) {
        city(&store).await;
        let mut told = 0;
        // Each change stays and adds its own fault.
        let rows = [
            ("UPDATE call SET class = 'emergency' WHERE class = 'prank' AND import_id IS NULL", "class"),
            ("UPDATE call SET number = '+6281299990000' WHERE outcome = 'abandoned' AND import_id IS NULL", "number"),
            ("UPDATE account SET role = 'administrator' WHERE role = 'shift_lead'", "its role is administrator"),
            ("UPDATE callback SET closed_at = 5 WHERE closed_at IS NULL", "call-back"),
            ("DELETE FROM callback WHERE closed_at > 5", "not on the list"),
            ("DELETE FROM call WHERE outcome = 'failed'", "has no row"),
            ("UPDATE call SET class = 'emergency' WHERE class = 'information'", "not those of the file"),
            ("UPDATE event SET body = NULL WHERE kind = 'SignedIn' OR seq = 1", "its content is gone"),
        ];
        for (change, expected) in rows {
            meddle(&store, change).await;
            let found = audit(&store).await;
            assert_eq!(found.chain.broken, None, "{change}");
            assert!(found.faults.told.iter().any(|fault| fault.contains(expected)), "{change}: {:?}", found.faults);
            assert!(found.faults.told.len() > told, "{change} adds a fault: {:?}", found.faults);
            told = found.faults.told.len();
        }
        let text = format!("{:?}", audit(&store).await);
        assert!(!text.contains("81234567890") && !text.contains("81299990000"), "a fault holds no number");
    }

    async fn rows_from_nowhere_and_imports_cut_short_are_named(store: Store) {
        city(&store).await;
        meddle(&store, "DELETE FROM call WHERE import_id IS NOT NULL AND class = 'prank'").await;
        meddle(&store, "UPDATE call SET import_id = NULL WHERE class = 'information'").await;
        let found = audit(&store).await.faults.told;
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.iter().any(|fault| fault.contains("no event knows it")), "{found:?}");
        assert!(found.iter().any(|fault| fault.contains("1 calls are there, 3 were taken in")), "{found:?}");
    }

    async fn what_retention_took_is_no_fault(store: Store) {
        use crate::events::{self, NewEvent};
        city(&store).await;
        meddle(&store, "UPDATE event SET body = NULL WHERE seq <= 1").await;
        let mut tx = store.begin().await.unwrap();
        let body = serde_json::json!({ "through": 1 });
        let event = NewEvent { body, ..NewEvent::new(Uuid::now_v7(), T0, crate::audit::BODIES_REMOVED) };
        events::append(&mut tx, event).await.unwrap();
        tx.commit().await.unwrap();
        let found = audit(&store).await.faults.told;
        assert!(!found.iter().any(|fault| fault.contains("content")), "{found:?}");
    }
}
