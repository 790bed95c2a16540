//! Hours for which fewer are rostered than the calls of the last weeks ask for. It warns; a person makes the roster.

use super::Duty;
use crate::{time::Timestamp, view::report::staffing::HourAdvice, view::roster::ShortHour};
use jiff::tz::TimeZone;

/// Microseconds of an hour.
const HOUR_MS: i64 = 3_600_000;
/// How far it looks ahead (hours).
const AHEAD_H: i64 = 24;

/// The coming day, hour by hour. Hours before the roster begins are nobody's fault and are left out.
#[must_use]
pub fn short_hours(duties: &[Duty], advice: &[HourAdvice], now: Timestamp, zone: &TimeZone) -> Vec<ShortHour> {
    let mut short = Vec::new();
    for ahead in 0..AHEAD_H {
        let at = now.plus_ms(ahead * HOUR_MS);
        let local = at.in_zone(zone);
        let hour = u8::try_from(local.hour()).unwrap_or(0);
        let Some(advised) = advice.iter().find(|one| one.hour == hour).map(|one| one.seats) else { continue };
        let Some(duty) = duties.iter().find(|duty| duty.from <= at && at < duty.to) else { continue };
        let rostered = u32::try_from(duty.people.len()).unwrap_or(u32::MAX);
        if rostered < advised {
            short.push(ShortHour { day: at.local_day(zone), hour, advised, rostered });
        }
    }
    short
}
