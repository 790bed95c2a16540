//! Who was signed in a moment ago, for the time when the database is away: a call-taker must be able to answer then.
//!
//! Nobody signs in by this; it only bridges. While the database answers, its word alone counts.

use super::token::TokenHash;
use siaga_core::{ids::UserId, time::Timestamp};
use siaga_store::accounts::SignedIn;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How long the last word of the database holds: a shift's worst hour, not a shift.
const REMEMBER_MS: i64 = 60 * 60_000;
/// Sessions kept: more than a province has consoles.
const SESSIONS_MAX: usize = 2_000;

#[derive(Default)]
pub struct Remembered(Mutex<HashMap<TokenHash, (SignedIn, Timestamp)>>);

impl Remembered {
    /// The database just said so.
    pub fn keep(&self, session: TokenHash, person: &SignedIn, now: Timestamp) {
        let mut known = self.lock();
        if known.len() >= SESSIONS_MAX {
            known.retain(|_, (_, at)| now.ms_since(*at) < REMEMBER_MS);
        }
        if known.len() < SESSIONS_MAX {
            known.insert(session, (person.clone(), now));
        }
    }

    /// Signed out, or the database no longer knows it.
    pub fn forget(&self, session: TokenHash) {
        self.lock().remove(&session);
    }

    /// The account's rights changed.
    pub fn forget_account(&self, user: UserId) {
        self.lock().retain(|_, (person, _)| person.user_id != user);
    }

    /// Who held this session when the database was last heard, if that is not long ago.
    #[must_use]
    pub fn person(&self, session: TokenHash, now: Timestamp) -> Option<SignedIn> {
        let known = self.lock();
        known.get(&session).filter(|(_, at)| now.ms_since(*at) < REMEMBER_MS).map(|(person, _)| person.clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TokenHash, (SignedIn, Timestamp)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_core::role::Role;
    use uuid::Uuid;

    #[test]
    fn a_session_is_remembered_for_its_time_and_not_after_it_ended() {
        let (one, two, now) = (TokenHash([1; 32]), TokenHash([2; 32]), Timestamp(0));
        let user_id = UserId(Uuid::nil());
        let person =
            SignedIn { user_id, name: "siti".into(), display_name: "Siti".into(), role: Role::CallTaker, totp: false };
        let known = Remembered::default();
        assert!(known.person(one, now).is_none());
        known.keep(one, &person, now);
        known.keep(two, &person, now);
        assert!(known.person(one, now.plus_ms(REMEMBER_MS - 1)).is_some());
        assert!(known.person(one, now.plus_ms(REMEMBER_MS)).is_none());
        known.forget(one);
        assert!(known.person(one, now).is_none() && known.person(two, now).is_some());
        known.forget_account(user_id);
        assert!(known.person(two, now).is_none());
    }
}
