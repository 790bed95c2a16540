//! Session timers (RFC 4028): how long a call stands without a sign of life, and who gives it. Pure.

use super::guard::lexis;
use std::time::Duration;

/// Longest interval we keep; a larger one is treated as this.
pub const SE_S_MAX: u32 = 24 * 60 * 60;

/// Who refreshes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresher {
    Us,
    Them,
}

/// What was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimer {
    pub interval_s: u32,
    pub refresher: Refresher,
}

/// The other side's interval is below ours: 422 with Min-SE.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSmall;

impl SessionTimer {
    /// From a request we answer. `supports_timer`: the caller said so in Supported. `min_s`: the shortest we accept.
    pub fn of_request(
        session_expires: Option<&str>,
        supports_timer: Support,
        min_s: u32,
    ) -> Result<Option<Self>, TooSmall> {
        let Some((interval_s, refresher)) = session_expires.and_then(read) else { return Ok(None) };
        // 422 is for those who can understand it; for the others a longer interval is as good: the refresher is us.
        if interval_s < min_s && supports_timer == Support::Yes {
            return Err(TooSmall);
        }
        let refresher = match (refresher.as_deref(), supports_timer) {
            (Some("uas"), _) | (_, Support::No) => Refresher::Us,
            _ => Refresher::Them,
        };
        Ok(Some(Self { interval_s: interval_s.clamp(min_s.min(SE_S_MAX), SE_S_MAX), refresher }))
    }

    /// From the 2xx to our request. Without the header the other side knows no timers.
    pub fn of_answer(session_expires: Option<&str>, min_s: u32) -> Option<Self> {
        let (interval_s, refresher) = session_expires.and_then(read)?;
        let refresher = if refresher.as_deref() == Some("uas") { Refresher::Them } else { Refresher::Us };
        Some(Self { interval_s: interval_s.clamp(min_s.min(SE_S_MAX), SE_S_MAX), refresher })
    }

    /// Value for a 2xx that we send.
    pub fn as_uas(&self) -> String {
        let refresher = if self.refresher == Refresher::Us { "uas" } else { "uac" };
        format!("{};refresher={refresher}", self.interval_s)
    }

    /// Value for a request that we send: who refreshes does not change.
    pub fn as_uac(&self) -> String {
        let refresher = if self.refresher == Refresher::Us { "uac" } else { "uas" };
        format!("{};refresher={refresher}", self.interval_s)
    }

    /// When to act after the last refresh: our own refresh at half time, or giving up shortly before the end.
    pub fn wait(&self) -> Duration {
        let seconds = match self.refresher {
            Refresher::Us => self.interval_s / 2,
            Refresher::Them => self.interval_s - (self.interval_s / 3).min(32),
        };
        Duration::from_secs(u64::from(seconds))
    }
}

/// Whether the other side knows session timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    Yes,
    No,
}

/// Whether an option tag is in a list of header values.
pub fn lists(values: &[&str], tag: &str) -> bool {
    values.iter().flat_map(|value| value.split(',')).any(|item| item.trim().eq_ignore_ascii_case(tag))
}

fn read(value: &str) -> Option<(u32, Option<String>)> {
    let seconds = lexis::split(value, ';').next()?.parse().ok()?;
    Some((seconds, lexis::parameter(value, "refresher").map(str::to_ascii_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Refresher::{Them, Us};

    fn check(given: Option<&str>, support: Support, expected: Result<Option<(u32, Refresher)>, TooSmall>) {
        let found = SessionTimer::of_request(given, support, 90)
            .map(|timer| timer.map(|timer| (timer.interval_s, timer.refresher)));
        assert_eq!(found, expected, "{given:?} {support:?}");
    }

    #[test]
    fn the_callers_wish_is_followed() {
        check(None, Support::Yes, Ok(None));
        check(Some("1800"), Support::Yes, Ok(Some((1_800, Them))));
        check(Some("1800;refresher=uas"), Support::Yes, Ok(Some((1_800, Us))));
        check(Some("120 ; refresher = uac"), Support::Yes, Ok(Some((120, Them))));
        check(Some("1800;refresher=uac"), Support::No, Ok(Some((1_800, Us))));
        check(Some("89"), Support::Yes, Err(TooSmall));
        check(Some("89"), Support::No, Ok(Some((90, Us))));
        check(Some("0;refresher=uac"), Support::No, Ok(Some((90, Us))));
        check(Some("4000000"), Support::Yes, Ok(Some((SE_S_MAX, Them))));
        check(Some("soon"), Support::Yes, Ok(None));
    }

    #[test]
    fn a_refresh_comes_at_half_time_and_the_end_before_the_end() {
        let wait = |interval_s, refresher| SessionTimer { interval_s, refresher }.wait().as_secs();
        assert_eq!(wait(1_800, Us), 900);
        assert_eq!(wait(1_800, Them), 1_768);
        assert_eq!(wait(90, Them), 60);
        assert_eq!(SessionTimer::of_answer(None, 90), None);
        assert_eq!(SessionTimer::of_answer(Some("600"), 90), Some(SessionTimer { interval_s: 600, refresher: Us }));
    }
}
