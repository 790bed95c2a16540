//! Many different numbers silent within a minute: the network's fault or a handset's, not the callers'. It explains and
//! lightens; it never counts against anybody.

use crate::time::Timestamp;
use std::collections::VecDeque;

/// The window (ms).
const WINDOW_MS: i64 = 60_000;
/// Different numbers in it from which on it is no chance: a flood of 290 calls an hour has five in a minute.
const NUMBERS_FROM: usize = 8;
/// Silences remembered: far more than make a burst.
const KEPT_MAX: usize = 64;

/// The silences of the last minute.
#[derive(Clone, Debug, Default)]
pub struct Fleet(VecDeque<(Timestamp, String)>);

impl Fleet {
    /// This number's line fell silent.
    pub fn silent(&mut self, number: &str, now: Timestamp) {
        self.0.retain(|(at, other)| now.ms_since(*at) < WINDOW_MS && other != number);
        if self.0.len() >= KEPT_MAX {
            self.0.pop_front();
        }
        self.0.push_back((now, number.to_owned()));
    }

    /// How many different numbers, if they are so many that it is no chance.
    #[must_use]
    pub fn burst(&self, now: Timestamp) -> Option<usize> {
        let numbers = self.0.iter().filter(|(at, _)| now.ms_since(*at) < WINDOW_MS).count();
        (numbers >= NUMBERS_FROM).then_some(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_numbers_within_a_minute_and_not_one_number_often() {
        let start = Timestamp(1_790_000_000_000_000);
        let mut fleet = Fleet::default();
        for second in 0..20 {
            fleet.silent("+6281234567801", start.plus_ms(second * 1_000));
        }
        assert_eq!(fleet.burst(start.plus_ms(20_000)), None);
        for number in 2..9 {
            fleet.silent(&format!("+62812345678{number:02}"), start.plus_ms(21_000));
        }
        assert_eq!(fleet.burst(start.plus_ms(22_000)), Some(8));
        assert_eq!(fleet.burst(start.plus_ms(90_000)), None);
    }
}
