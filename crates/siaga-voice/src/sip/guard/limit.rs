//! Token buckets. One per source address for strangers: the trunk is never limited (see `gate`).

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// Messages a second from one stranger: a telephone that registers, asks and tries again stays far below.
const RATE_PER_S: f64 = 20.0;
/// Messages at once from one stranger, so that a burst of retransmissions passes.
const BURST: f64 = 100.0;
/// Strangers remembered at once; more forget the quiet ones.
const SOURCES_MAX: usize = 4_096;

pub struct Bucket {
    tokens: f64,
    at: Instant,
}

impl Bucket {
    pub fn full(burst: f64, now: Instant) -> Self {
        Self { tokens: burst, at: now }
    }

    /// Takes one token; false when there is none.
    pub fn take(&mut self, rate_per_s: f64, burst: f64, now: Instant) -> bool {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + elapsed * rate_per_s).min(burst);
        self.at = now;
        if self.tokens < 1.0 {
            return false;
        }
        self.tokens -= 1.0;
        true
    }
}

/// The quiet ones are looked for at most this often: a flood from many addresses must not make it expensive.
const FORGET_EVERY: Duration = Duration::from_secs(1);

/// All strangers' buckets.
#[derive(Default)]
pub struct Limiter {
    sources: HashMap<IpAddr, Bucket>,
    forgot_at: Option<Instant>,
}

impl Limiter {
    /// Takes one token of this source; false when it has none left.
    pub fn take(&mut self, source: IpAddr, now: Instant) -> bool {
        if self.sources.len() >= SOURCES_MAX && !self.sources.contains_key(&source) {
            if self.forgot_at.is_none_or(|at| now.saturating_duration_since(at) >= FORGET_EVERY) {
                self.forgot_at = Some(now);
                let quiet = Duration::from_secs_f64(BURST / RATE_PER_S);
                self.sources.retain(|_, bucket| now.saturating_duration_since(bucket.at) < quiet);
            }
            if self.sources.len() >= SOURCES_MAX {
                return false;
            }
        }
        self.sources.entry(source).or_insert_with(|| Bucket::full(BURST, now)).take(RATE_PER_S, BURST, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_has_a_burst_then_a_rate_and_others_are_not_touched() {
        let now = Instant::now();
        let (loud, quiet) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let mut limiter = Limiter::default();
        let passed = (0..1_000).filter(|_| limiter.take(loud, now)).count();
        assert_eq!(passed, BURST as usize);
        assert!(limiter.take(quiet, now));
        let passed = (0..1_000).filter(|_| limiter.take(loud, now + Duration::from_secs(1))).count();
        assert_eq!(passed, RATE_PER_S as usize);
    }

    #[test]
    fn the_memory_is_bounded() {
        let now = Instant::now();
        let mut limiter = Limiter::default();
        for number in 0..20_000u32 {
            limiter.take(IpAddr::from(number.to_be_bytes()), now);
        }
        assert!(limiter.sources.len() <= SOURCES_MAX);
        assert!(limiter.take(IpAddr::from([203, 0, 113, 9]), now + Duration::from_secs(60)));
    }
}
