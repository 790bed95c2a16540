//! The two writings of a point in time that a ledger may use.

use crate::time::Timestamp;
use jiff::{civil, tz::TimeZone};

/// `YYYY-MM-DD HH:MM:SS` on the clock of the city, or RFC 3339 with its offset.
pub(super) fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    match text.as_bytes().get(10)? {
        b' ' if text.len() == 19 => {
            let clock = civil_time(text.as_bytes())?;
            Some(Timestamp(zone.to_timestamp(clock).ok()?.as_microsecond()))
        }
        b'T' | b't' | b' ' => {
            // The civil part is checked too: a lenient parser must not widen what a ledger may hold.
            civil_time(text.as_bytes())?;
            Some(Timestamp(text.parse::<jiff::Timestamp>().ok()?.as_microsecond()))
        }
        _ => None,
    }
}

fn civil_time(text: &[u8]) -> Option<civil::DateTime> {
    let signs = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if text.len() < 19 || signs.iter().any(|(at, sign)| text[*at] != *sign) {
        return None;
    }
    let two = |at: usize| {
        let (tens, ones) = (text[at], text[at + 1]);
        (tens.is_ascii_digit() && ones.is_ascii_digit())
            .then(|| i8::try_from((tens - b'0') * 10 + (ones - b'0')).unwrap_or(i8::MAX))
    };
    let year = i16::from(two(0)?) * 100 + i16::from(two(2)?);
    civil::DateTime::new(year, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?, 0).ok()
}
