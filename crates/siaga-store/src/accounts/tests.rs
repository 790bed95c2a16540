//! Accounts and sessions on both databases.

use super::*;
use crate::on_both;

const NOW: Timestamp = Timestamp(1_800_000_000_000_000);
const MINUTE_MS: i64 = 60_000;

fn new(name: &str, role: Role) -> NewAccount {
    NewAccount {
        user_id: UserId(Uuid::now_v7()),
        name: name.to_owned(),
        display_name: format!("Nama {name}"),
        role,
        password_hash: "$argon2id$fake".to_owned(),
    }
}

async fn made(store: &Store, name: &str, role: Role) -> UserId {
    let new = new(name, role);
    store.account_create(&new, None, NOW).await.unwrap();
    new.user_id
}

async fn change(store: &Store, user: UserId, change: Change) -> Option<Account> {
    match store.account_change(user, &change, None, NOW).await.unwrap() {
        Changed::Done(account) => Some(*account),
        Changed::LastAdministrator => None,
    }
}

on_both! {
    async fn a_name_is_one_account_in_any_case(store: Store) {
        assert!(store.accounts_empty().await.unwrap());
        let siti = made(&store, " Siti ", Role::CallTaker).await;
        assert!(!store.accounts_empty().await.unwrap());
        let again = store.account_create(&new("SITI", Role::Viewer), None, NOW).await.unwrap_err();
        assert!(matches!(again, StoreError::Conflict(_)), "{again}");
        let found = store.account_by_name("sItI").await.unwrap().expect("found");
        assert_eq!((found.user_id, found.role, found.disabled), (siti, Role::CallTaker, false));
        assert!(store.account_by_name("sit").await.unwrap().is_none());
        assert_eq!(store.accounts().await.unwrap().len(), 1);
        assert!(store.chain_verify().await.unwrap().broken.is_none());
    }

    async fn the_first_account_is_made_once(store: Store) {
        store.account_create_first(&new("kepala", Role::Administrator), Some("a"), NOW).await.unwrap();
        let second = store.account_create_first(&new("lain", Role::Administrator), Some("b"), NOW).await.unwrap_err();
        assert!(matches!(second, StoreError::Conflict(_)), "{second}");
        assert_eq!(store.accounts().await.unwrap().len(), 1);
    }

    async fn the_last_administrator_stays(store: Store) {
        let first = made(&store, "satu", Role::Administrator).await;
        made(&store, "petugas", Role::CallTaker).await;
        let disable = || Change { disabled: Some(true), ..Change::default() };
        let demote = || Change { role: Some(Role::Viewer), ..Change::default() };
        assert!(change(&store, first, disable()).await.is_none());
        assert!(change(&store, first, demote()).await.is_none());
        let second = made(&store, "dua", Role::Administrator).await;
        assert!(change(&store, first, disable()).await.is_some_and(|account| account.disabled));
        assert!(change(&store, second, demote()).await.is_none(), "a disabled one does not count");
        let renamed = change(&store, second, Change { display_name: Some("Baru".into()), ..Change::default() }).await;
        assert_eq!(renamed.expect("a name may change").display_name, "Baru");
    }

    async fn a_session_ends_in_time(store: Store) {
        let user = made(&store, "siti", Role::Dispatcher).await;
        let person = async |at: Timestamp| store.session_person(&[1; 32], at).await.unwrap();
        assert!(person(NOW).await.is_none());
        assert!(store.session_create(&[1; 32], user, None, NOW).await.unwrap());
        assert_eq!(person(NOW).await.expect("signed in").role, Role::Dispatcher);
        assert!(store.session_person(&[2; 32], NOW).await.unwrap().is_none(), "another token");
        assert!(person(NOW.plus_ms(SESSION_IDLE_MS + 1)).await.is_none(), "idle");
        // Used every half hour it lives on, and ends all the same.
        let mut at = NOW;
        while at.plus_ms(30 * MINUTE_MS).ms_since(NOW) <= SESSION_ABSOLUTE_MS {
            at = at.plus_ms(30 * MINUTE_MS);
            assert!(person(at).await.is_some());
        }
        assert!(person(NOW.plus_ms(SESSION_ABSOLUTE_MS + 1)).await.is_none(), "too old");
    }

    async fn rights_taken_end_the_sessions(store: Store) {
        let rows: [(Change, bool); 5] = [
            (Change { disabled: Some(true), ..Change::default() }, false),
            (Change { role: Some(Role::Viewer), ..Change::default() }, false),
            (Change { password_hash: Some("new".into()), ..Change::default() }, false),
            (Change { password_hash: Some("new".into()), keep_session: Some([7; 32]), ..Change::default() }, true),
            (Change { display_name: Some("Lain".into()), ..Change::default() }, true),
        ];
        for (n, (what, stays)) in rows.into_iter().enumerate() {
            let user = made(&store, &format!("nama{n}"), Role::CallTaker).await;
            store.session_create(&[7; 32], user, None, NOW).await.unwrap();
            store.session_create(&[8; 32], user, None, NOW).await.unwrap();
            let other_stays = stays && what.keep_session.is_none();
            change(&store, user, what).await.expect("changed");
            assert_eq!(store.session_person(&[7; 32], NOW).await.unwrap().is_some(), stays, "row {n}");
            assert_eq!(store.session_person(&[8; 32], NOW).await.unwrap().is_some(), other_stays, "row {n}, other");
            store.session_end(&[7; 32], user, NOW).await.unwrap();
            store.session_end(&[8; 32], user, NOW).await.unwrap();
            store.session_end(&[8; 32], user, NOW).await.unwrap();
        }
    }

    async fn a_code_signs_in_once(store: Store) {
        let user = made(&store, "siti", Role::ShiftLead).await;
        store.totp_offer(user, b"first").await.unwrap();
        store.totp_offer(user, b"secret").await.unwrap();
        assert!(store.totp_confirm(user, b"first", 9, NOW).await.is_err(), "replaced by the second offer");
        store.totp_confirm(user, b"secret", 10, NOW).await.unwrap();
        assert_eq!(store.account(user).await.unwrap().totp_secret.as_deref(), Some(b"secret".as_slice()));
        let sign_in = async |token: u8, step: i64| store.session_create(&[token; 32], user, Some(step), NOW).await.unwrap();
        assert!(!sign_in(1, 10).await, "used to confirm");
        assert!(sign_in(2, 11).await);
        assert!(!sign_in(3, 11).await);
        assert!(store.session_person(&[3; 32], NOW).await.unwrap().is_none());
        assert!(store.session_person(&[2; 32], NOW).await.unwrap().expect("signed in").totp);
        change(&store, user, Change { remove_totp: true, ..Change::default() }).await.expect("changed");
        assert!(store.account(user).await.unwrap().totp_secret.is_none());
    }
}
