//! Slows down guessing: wrong passwords cost waiting, never a lock.
//!
//! A try takes its place before the password is looked at, so that two hundred at once are not two hundred free ones; a
//! right one gives the place back. Places are counted per name *and* address, and per address: whoever guesses from
//! elsewhere cannot keep the real person out.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Failures of one name from one address that cost nothing: a person mistypes.
const NAME_FREE: f64 = 5.0;
/// Then one try per this time: 2,880 guesses a day and address at most.
const NAME_PERIOD: Duration = Duration::from_secs(30);
/// Tries from one address that cost nothing: a centre behind one router has as many seats (`SEATS_MAX`), and all may
/// sign in at the same moment when the shift changes.
const ADDRESS_FREE: f64 = 64.0;
/// Then one try per this time and address.
const ADDRESS_PERIOD: Duration = Duration::from_secs(5);
/// Names and addresses remembered before those that are free again are forgotten.
const KEYS_MAX: usize = 10_000;

/// Tries under way and failed ones.
pub struct Throttle {
    names: Lane<(String, IpAddr)>,
    addresses: Lane<IpAddr>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { names: Lane::new(NAME_FREE, NAME_PERIOD), addresses: Lane::new(ADDRESS_FREE, ADDRESS_PERIOD) }
    }
}

impl Throttle {
    /// Begins a try of this name from this address; otherwise the seconds to wait, at least 1. What is begun counts as
    /// failed until [`Throttle::right`] says otherwise.
    pub fn begin(&self, name: &str, address: IpAddr) -> Result<(), u64> {
        let key = (name.to_lowercase(), address);
        let now = Instant::now();
        self.names.take(key.clone(), now).map_err(whole_seconds)?;
        self.addresses.take(address, now).map_err(|wait| {
            self.names.give_back(&key);
            whole_seconds(wait)
        })
    }

    /// The password, code or link was right.
    pub fn right(&self, name: &str, address: IpAddr) {
        self.names.give_back(&(name.to_lowercase(), address));
        self.addresses.give_back(&address);
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

/// Places that come back one per period.
struct Lane<K> {
    free: f64,
    period: Duration,
    taken: Mutex<HashMap<K, Taken>>,
}

#[derive(Clone, Copy)]
struct Taken {
    places: f64,
    at: Instant,
}

impl<K: Hash + Eq> Lane<K> {
    fn new(free: f64, period: Duration) -> Self {
        Self { free, period, taken: Mutex::default() }
    }

    fn left(&self, taken: Taken, now: Instant) -> f64 {
        let back = now.saturating_duration_since(taken.at).as_secs_f64() / self.period.as_secs_f64();
        (taken.places - back).max(0.0)
    }

    fn take(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEYS_MAX {
            all.retain(|_, taken| self.left(*taken, now) > 0.0);
        }
        let places = all.get(&key).map_or(0.0, |taken| self.left(*taken, now));
        if places + 1.0 > self.free + f64::EPSILON {
            return Err(self.period.mul_f64(places + 1.0 - self.free));
        }
        all.insert(key, Taken { places: places + 1.0, at: now });
        Ok(())
    }

    fn give_back(&self, key: &K) {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = all.get_mut(key) {
            taken.places = (taken.places - 1.0).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const AWAY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn a_name_waits_after_its_free_failures_and_only_where_they_came_from() {
        let throttle = Throttle::default();
        for name in ["Siti", "siti", "SITI", "siti", "siti"] {
            assert_eq!(throttle.begin(name, AWAY), Ok(()));
        }
        let seconds = throttle.begin("siti", AWAY).expect_err("the sixth waits");
        assert!((1..=31).contains(&seconds), "{seconds}");
        assert_eq!(throttle.begin("budi", AWAY), Ok(()), "another account is free");
        assert_eq!(throttle.begin("siti", HOME), Ok(()), "the real person is not kept out");
        for _ in 0..50 {
            let _ = throttle.begin("siti", AWAY);
        }
        assert!(throttle.begin("siti", AWAY).expect_err("still waits") <= 31, "the wait does not add up");
    }

    #[test]
    fn tries_at_once_share_the_free_ones() {
        let throttle = Throttle::default();
        let begun = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..50).map(|_| scope.spawn(|| throttle.begin("siti", HOME).is_ok())).collect();
            tries.into_iter().map(|one| one.join().unwrap()).filter(|begun| *begun).count()
        });
        assert_eq!(begun, 5);
    }

    #[test]
    fn who_is_right_never_waits() {
        let throttle = Throttle::default();
        for _ in 0..500 {
            assert_eq!(throttle.begin("siti", HOME), Ok(()));
            throttle.right("siti", HOME);
        }
    }

    #[test]
    fn an_address_waits_after_many_names() {
        let throttle = Throttle::default();
        for name in 0..64 {
            assert_eq!(throttle.begin(&format!("name{name}"), AWAY), Ok(()));
        }
        assert!(throttle.begin("new", AWAY).is_err());
        assert_eq!(throttle.begin("new", HOME), Ok(()));
    }
}
