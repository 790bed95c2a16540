//! How often and how patiently a message that must leave the house is tried.

/// Tries until a person must act: with the waits below about 20 minutes, longer than a restart or a lost line.
pub const ATTEMPTS_MAX: u32 = 8;
/// Wait after the first failure, ms; doubles with each.
const FIRST_WAIT_MS: i64 = 5_000;
/// Longest wait, ms: a crew must not learn of a fire a quarter of an hour late because a line came back unseen.
const WAIT_MS_MAX: i64 = 300_000;

/// The same for a report by e-mail: about 26 hours, so that a mail server may be away for a night and a morning.
pub const MAIL_ATTEMPTS_MAX: u32 = 36;
/// Longest wait for a mail, ms.
const MAIL_WAIT_MS_MAX: i64 = 3_600_000;

/// Which messages go before which. A mail may take its time; a dispatch never waits behind one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Urgency {
    Dispatch,
    Mail,
}

impl Urgency {
    /// Of a channel as the outbox names it.
    #[must_use]
    pub fn of(channel: &str) -> Self {
        if channel == MAIL_CHANNEL { Self::Mail } else { Self::Dispatch }
    }
}

/// The outbox's word for e-mail.
pub const MAIL_CHANNEL: &str = "email";

/// Milliseconds until the next try after `attempts` failed ones; `None`: give up, a person must act.
#[must_use]
pub fn retry_after_ms(urgency: Urgency, attempts: u32) -> Option<i64> {
    let (attempts_max, wait_ms_max) = match urgency {
        Urgency::Dispatch => (ATTEMPTS_MAX, WAIT_MS_MAX),
        Urgency::Mail => (MAIL_ATTEMPTS_MAX, MAIL_WAIT_MS_MAX),
    };
    if attempts >= attempts_max {
        return None;
    }
    Some(FIRST_WAIT_MS.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(wait_ms_max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..=ATTEMPTS_MAX + 1).map(|tries| retry_after_ms(Urgency::Dispatch, tries)).collect();
        assert_eq!(waits[..3], [Some(5_000), Some(10_000), Some(20_000)]);
        assert_eq!(waits[6], Some(300_000));
        assert_eq!(waits[7..], [None, None]);
        let mail: Vec<_> = (1..=MAIL_ATTEMPTS_MAX).map(|tries| retry_after_ms(Urgency::of("email"), tries)).collect();
        assert_eq!((mail[0], mail[34], mail[35]), (Some(5_000), Some(3_600_000), None));
        let hours = mail.iter().flatten().sum::<i64>() / 3_600_000;
        assert!((24..30).contains(&hours), "{hours} h");
    }
}
