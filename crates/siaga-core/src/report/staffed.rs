//! How long seats were staffed: from who sat down, left, paused and came back.

use crate::time::Timestamp;
use std::collections::BTreeMap;

/// A stay whose end was never written (the process was killed) counts until the seat's next change, at most this long:
/// no shift of the known centres is longer (hours).
pub const STAY_H_MAX: i64 = 12;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeatChange {
    Taken,
    Left,
    Paused,
    Resumed,
}

impl SeatChange {
    pub const ALL: [SeatChange; 4] = [SeatChange::Taken, SeatChange::Left, SeatChange::Paused, SeatChange::Resumed];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            SeatChange::Taken => "taken",
            SeatChange::Left => "left",
            SeatChange::Paused => "paused",
            SeatChange::Resumed => "resumed",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.key() == key)
    }
}

/// Milliseconds for which seats were taken and not paused between two points. `changes` are in the order of time and
/// begin [`STAY_H_MAX`] before `from`. None: nothing at all is known of seats.
#[must_use]
pub fn staffed_ms(changes: &[(i64, Timestamp, SeatChange)], from: Timestamp, to: Timestamp) -> Option<u64> {
    let mut present: BTreeMap<i64, Timestamp> = BTreeMap::new();
    let mut sum = 0;
    let mut close = |since: Timestamp, until: Timestamp| {
        let until = until.min(since.plus_ms(STAY_H_MAX * 3_600_000)).min(to);
        sum += until.ms_since(since.max(from)).max(0);
    };
    for (seat, at, change) in changes {
        if let Some(since) = present.remove(seat) {
            close(since, *at);
        }
        if matches!(change, SeatChange::Taken | SeatChange::Resumed) {
            present.insert(*seat, *at);
        }
    }
    for since in present.into_values() {
        close(since, to);
    }
    (!changes.is_empty()).then(|| sum.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;

    fn at(hour: i64) -> Timestamp {
        Timestamp(hour * HOUR)
    }

    #[track_caller]
    fn check(changes: &[(i64, i64, SeatChange)], hours: Option<u64>) {
        let changes: Vec<_> = changes.iter().map(|(seat, hour, change)| (*seat, at(*hour), *change)).collect();
        assert_eq!(staffed_ms(&changes, at(100), at(124)), hours.map(|hours| hours * 3_600_000));
    }

    #[test]
    fn seats_count_while_somebody_is_there() {
        use SeatChange::*;
        check(&[], None);
        check(&[(1, 104, Taken), (1, 112, Left)], Some(8));
        check(
            &[(1, 104, Taken), (1, 106, Paused), (1, 107, Resumed), (1, 112, Left), (2, 110, Taken), (2, 111, Left)],
            Some(8),
        );
        // Over both edges of the span.
        check(&[(1, 96, Taken), (1, 101, Left), (1, 120, Taken)], Some(5));
        // A killed process: until the next sign of the seat, and never longer than a shift.
        check(&[(1, 104, Taken), (1, 109, Taken), (1, 110, Left)], Some(6));
        check(&[(1, 101, Taken)], Some(12));
        check(&[(1, 90, Taken), (1, 99, Left)], Some(0));
        check(&[(1, 104, Left), (1, 105, Paused)], Some(0));
    }
}
