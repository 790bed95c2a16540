//! Slows down guessing: wrong passwords per account and per address cost waiting, never a lock for good.
//!
//! Only failures count. Who is told to wait and waits may try again: an attacker can slow a person down by at most
//! the account's period, and cannot lock anybody out.

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Failures of one account that cost nothing: a person mistypes.
const ACCOUNT_FREE: NonZeroU32 = NonZeroU32::new(5).expect("because 5 is not 0");
/// Then one try per this time and account: 2,880 guesses a day at most.
const ACCOUNT_PERIOD: Duration = Duration::from_secs(30);
/// Failures from one address that cost nothing: an office behind one router.
const ADDRESS_FREE: NonZeroU32 = NonZeroU32::new(20).expect("because 20 is not 0");
/// Then one try per this time and address.
const ADDRESS_PERIOD: Duration = Duration::from_secs(5);
/// Names and addresses remembered before those that are free again are forgotten.
const KEYS_MAX: usize = 10_000;

/// Failures seen, by account name and by address.
pub struct Throttle {
    accounts: Lane<String>,
    addresses: Lane<IpAddr>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { accounts: Lane::new(ACCOUNT_FREE, ACCOUNT_PERIOD), addresses: Lane::new(ADDRESS_FREE, ADDRESS_PERIOD) }
    }
}

impl Throttle {
    /// Whether this name from this address may try now; otherwise the seconds to wait, at least 1.
    pub fn may_try(&self, name: &str, address: IpAddr) -> Result<(), u64> {
        let wait = self.accounts.wait(&name.to_lowercase()).max(self.addresses.wait(&address));
        if wait.is_zero() { Ok(()) } else { Err(wait.as_secs() + 1) }
    }

    /// A wrong password or code.
    pub fn failed(&self, name: &str, address: IpAddr) {
        self.accounts.failed(name.to_lowercase());
        self.addresses.failed(address);
    }
}

/// One limiter and who must wait until when.
struct Lane<K: Clone + Hash + Eq> {
    limiter: DefaultKeyedRateLimiter<K>,
    until: Mutex<HashMap<K, Instant>>,
    period: Duration,
}

impl<K: Clone + Hash + Eq> Lane<K> {
    fn new(free: NonZeroU32, period: Duration) -> Self {
        let quota = Quota::with_period(period).expect("because the period is not 0").allow_burst(free);
        Self { limiter: RateLimiter::keyed(quota), until: Mutex::default(), period }
    }

    fn wait(&self, key: &K) -> Duration {
        let until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        until.get(key).map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    fn failed(&self, key: K) {
        let wait = match self.limiter.check_key(&key) {
            Ok(()) => return,
            Err(not_until) => not_until.wait_time_from(DefaultClock::default().now()).min(self.period),
        };
        let now = Instant::now();
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        if until.len() >= KEYS_MAX || self.limiter.len() >= KEYS_MAX {
            until.retain(|_, until| *until > now);
            self.limiter.retain_recent();
        }
        until.insert(key, now + wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const AWAY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn an_account_waits_after_its_free_failures_wherever_they_come_from() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.may_try("Siti", HOME), Ok(()));
            throttle.failed("siti", HOME);
        }
        assert_eq!(throttle.may_try("siti", HOME), Ok(()));
        throttle.failed("SITI", AWAY);
        let seconds = throttle.may_try("siti", HOME).expect_err("the sixth failure costs");
        assert!((1..=31).contains(&seconds), "{seconds}");
        assert!(throttle.may_try("siti", AWAY).is_err());
        assert_eq!(throttle.may_try("budi", HOME), Ok(()), "another account is free");
        for _ in 0..50 {
            throttle.failed("siti", AWAY);
        }
        assert!(throttle.may_try("siti", HOME).expect_err("still waits") <= 31, "the wait does not add up");
    }

    #[test]
    fn an_address_waits_after_many_names() {
        let throttle = Throttle::default();
        for name in 0..21 {
            throttle.failed(&format!("name{name}"), AWAY);
        }
        assert!(throttle.may_try("new", AWAY).is_err());
        assert_eq!(throttle.may_try("new", HOME), Ok(()));
    }
}
