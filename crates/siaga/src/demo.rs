//! The demo's accounts: names and passwords that everybody knows. Made only under `--demo`, in a folder marked demo.

use siaga_core::{ids::UserId, role::Role, view::session::DemoAccount};
use siaga_engine::clock;
use siaga_store::{Store, StoreError, accounts::NewAccount};
use siaga_web::accounts::password;
use uuid::Uuid;

/// One password for all of them.
const PASSWORD: &str = "siaga-demo-112";

const ACCOUNTS: [(&str, &str, Role); 9] = [
    ("petugas1", "Petugas 1", Role::CallTaker),
    ("petugas2", "Petugas 2", Role::CallTaker),
    ("petugas3", "Petugas 3", Role::CallTaker),
    ("petugas4", "Petugas 4", Role::CallTaker),
    ("petugas5", "Petugas 5", Role::CallTaker),
    ("dispatcher", "Dispatcher", Role::Dispatcher),
    ("koordinator", "Koordinator", Role::ShiftLead),
    ("pimpinan", "Pimpinan", Role::Viewer),
    ("admin", "Administrator", Role::Administrator),
];

/// What the sign-in page shows and `--ready-json` prints.
#[must_use]
pub fn accounts() -> Vec<DemoAccount> {
    let account =
        |&(user, _, role): &(&str, &str, Role)| DemoAccount { user: user.into(), password: PASSWORD.into(), role };
    ACCOUNTS.iter().map(account).collect()
}

/// Makes those that are missing. What a person changed stays changed.
pub async fn ensure(store: &Store) -> Result<(), StoreError> {
    let known: Vec<String> = store.accounts().await?.into_iter().map(|account| account.name).collect();
    let missing: Vec<_> = ACCOUNTS.iter().filter(|(user, _, _)| !known.iter().any(|name| name == user)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let hash = password::hash(PASSWORD.to_owned()).await;
    for (user, display_name, role) in missing {
        let new = NewAccount {
            user_id: UserId(Uuid::now_v7()),
            name: (*user).to_owned(),
            display_name: (*display_name).to_owned(),
            role: *role,
            password_hash: hash.clone(),
        };
        store.account_create(&new, None, clock::now()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::sqlite;

    #[tokio::test]
    async fn every_role_can_sign_in_and_a_second_start_changes_nothing() {
        let (store, _folder) = sqlite().await;
        ensure(&store).await.expect("made");
        ensure(&store).await.expect("there");
        let made = store.accounts().await.expect("listed");
        assert_eq!(made.len(), accounts().len());
        for role in Role::ALL {
            assert!(made.iter().any(|account| account.role == role), "{role:?}");
        }
        let first = made.into_iter().next().expect("an account");
        assert!(password::verify(PASSWORD.to_owned(), Some(first.password_hash)).await);
    }
}
