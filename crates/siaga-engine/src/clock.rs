//! The clock: the one place of the program that reads the time of day. Everything else is told the time.

use siaga_core::time::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in microseconds of UTC.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}
