//! Days and hours of the city: local time without summer time, school holidays, shares of an hour.

use super::{assume as a, dice::Dice};
use siaga_core::time::Timestamp;

/// 2026-01-01 00:00 in Jakarta (UTC+7, no summer time): day 0.
pub const START: Timestamp = Timestamp(1_767_200_400_000_000);
pub const DAY_MS: i64 = 86_400_000;
pub const HOUR_MS: i64 = 3_600_000;
pub const YEAR_DAYS: i64 = 365;

/// Milliseconds since day 0.
#[must_use]
pub fn since_start(at: Timestamp) -> i64 {
    at.ms_since(START)
}

/// The hour of the day, 0 to 23, at so many milliseconds since day 0.
#[must_use]
pub fn hour_of(ms: i64) -> usize {
    usize::try_from(ms.rem_euclid(DAY_MS) / HOUR_MS).unwrap_or_default()
}

/// Month and day of a day of the (common) year.
#[must_use]
pub fn month_and_day(day: i64) -> (i8, i8) {
    let mut left = day.rem_euclid(YEAR_DAYS);
    for (month, days) in (1i8..).zip([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        if left < days {
            return (month, i8::try_from(left + 1).unwrap_or(1));
        }
        left -= days;
    }
    (12, 31)
}

#[must_use]
pub fn is_school_holiday(day: i64) -> bool {
    let (month, in_month) = month_and_day(day);
    a::HOLIDAYS.iter().any(|(m, from, to)| *m == month && (*from..=*to).contains(&in_month))
}

/// A moment of a day, by the weights of its hours (ms after midnight).
pub fn moment(hours: &[f64; 24], dice: &mut Dice) -> i64 {
    let hour = dice.weighted(hours.iter().copied());
    let hour = i64::try_from(hour).unwrap_or_default();
    hour * HOUR_MS + Dice::ms(dice.unit() * 3_600.0).min(HOUR_MS - 1)
}

/// Seats by the shifts at this hour.
#[must_use]
pub fn shift_at(shifts: &[(i8, i8, usize)], hour: usize) -> Option<usize> {
    let hour = i8::try_from(hour).unwrap_or_default();
    shifts
        .iter()
        .position(|(from, to, _)| if from < to { (*from..*to).contains(&hour) } else { hour >= *from || hour < *to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_is_right() {
        let start = jiff::Timestamp::from_microsecond(START.0).expect("because it is a date");
        assert_eq!(start.to_string(), "2025-12-31T17:00:00Z");
        for (day, expected) in [(0, (1, 1)), (31, (2, 1)), (58, (2, 28)), (59, (3, 1)), (364, (12, 31)), (365, (1, 1))]
        {
            assert_eq!(month_and_day(day), expected, "day {day}");
        }
        assert!(is_school_holiday(0) && !is_school_holiday(40));
        let at = |hour| shift_at(&a::SHIFTS, hour);
        assert_eq!(
            (at(7), at(14), at(15), at(22), at(23), at(3)),
            (Some(0), Some(0), Some(1), Some(1), Some(2), Some(2))
        );
    }
}
