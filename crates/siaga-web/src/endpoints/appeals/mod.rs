//! `/api/appeals`: the number's user disagrees, by the code of the notice. No account, no script.

pub mod post;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{net::IpAddr, num::NonZeroU32};

/// Forms a minute from one address: a mobile network hides many people behind one. Against guessing stand 75 bits.
const FORMS_PER_MINUTE: NonZeroU32 = NonZeroU32::new(10).expect("because 10 is not 0");
const FORMS_BURST: NonZeroU32 = NonZeroU32::new(10).expect("because 10 is not 0");
/// Addresses remembered before those that are free again are forgotten.
const ADDRESSES_MAX: usize = 10_000;

/// The open door's own limiter.
pub struct AppealLimit(DefaultKeyedRateLimiter<IpAddr>);

impl Default for AppealLimit {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(FORMS_PER_MINUTE).allow_burst(FORMS_BURST)))
    }
}

impl AppealLimit {
    fn admits(&self, address: IpAddr) -> bool {
        if self.0.len() >= ADDRESSES_MAX {
            self.0.retain_recent();
        }
        self.0.check_key(&address).is_ok()
    }
}
