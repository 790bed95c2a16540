//! How often and how patiently a message that must leave the house is tried.

/// Tries until a person must act: with the waits below about 20 minutes, longer than a restart or a lost line.
pub const ATTEMPTS_MAX: u32 = 8;
/// Wait after the first failure, ms; doubles with each.
const FIRST_WAIT_MS: i64 = 5_000;
/// Longest wait, ms: a crew must not learn of a fire a quarter of an hour late because a line came back unseen.
const WAIT_MS_MAX: i64 = 300_000;

/// Milliseconds until the next try after `attempts` failed ones; `None`: give up, a person must act.
#[must_use]
pub fn retry_after_ms(attempts: u32) -> Option<i64> {
    if attempts >= ATTEMPTS_MAX {
        return None;
    }
    Some(FIRST_WAIT_MS.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(WAIT_MS_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..=ATTEMPTS_MAX + 1).map(retry_after_ms).collect();
        assert_eq!(waits[..3], [Some(5_000), Some(10_000), Some(20_000)]);
        assert_eq!(waits[6], Some(300_000));
        assert_eq!(waits[7..], [None, None]);
    }
}
