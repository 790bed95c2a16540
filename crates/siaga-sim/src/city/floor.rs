//! The call-takers: who sits when, how fast a hand is, what a conversation costs. They see what the console shows and
//! hear what the caller says; they know nothing else.

use super::{assume as a, dice::Dice};
use siaga_core::ids::{CallId, UserId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// With which tools calls are handled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// Siaga's console: nuisance is classed and closed with one key, sooner when the screen shows that somebody waits.
    OneKey,
    /// The same, and nobody hurries.
    Unhurried,
    /// As centres publish it: a minute for a silent call, then writing up.
    Published,
}

impl Handling {
    /// As a column says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Handling::OneKey => "one key",
            Handling::Unhurried => "unhurried",
            Handling::Published => "as published",
        }
    }
}

/// Who works at the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Shifts(pub Vec<(i8, i8, usize)>);

impl Default for Shifts {
    fn default() -> Self {
        Self(a::SHIFTS.to_vec())
    }
}

impl Shifts {
    /// The usual shifts with other numbers of seats.
    #[must_use]
    pub fn with(day: Option<usize>, night: Option<usize>) -> Self {
        let seats = |(from, to, seats): (i8, i8, usize)| {
            let other = if from > to { night } else { day };
            (from, to, other.unwrap_or(seats))
        };
        Self(a::SHIFTS.into_iter().map(seats).collect())
    }

    /// These seats, from 0 to 23 h.
    #[must_use]
    pub fn by_hour(seats: &[usize; 24]) -> Self {
        let mut shifts: Vec<(i8, i8, usize)> = Vec::new();
        for (hour, seats) in (0_i8..).zip(*seats) {
            match shifts.last_mut() {
                Some((_, to, same)) if *same == seats => *to = hour + 1,
                _ => shifts.push((hour, hour + 1, seats)),
            }
        }
        Self(shifts)
    }

    /// The same seats at every hour.
    #[must_use]
    pub fn always(seats: usize) -> Self {
        Self(vec![(0, 24, seats)])
    }
}

/// Whether people of a day shift go for a break.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breaks {
    /// One at a time.
    Taken,
    /// As many sit as are counted: somebody stands in.
    Covered,
}

/// A person at a seat.
#[derive(Clone, Debug, PartialEq)]
pub struct Taker {
    /// The hand goes to the key for this call.
    pub reaches_for: Option<CallId>,
    /// Listens to this silent line.
    pub hears: Option<CallId>,
    pub leaves: bool,
}

/// All who sit.
#[derive(Debug, Default)]
pub struct Floor {
    pub takers: BTreeMap<UserId, Taker>,
}

#[must_use]
pub fn user(shift: usize, seat: usize) -> UserId {
    UserId(Uuid::from_u128((1 << 64) + (shift as u128) * 100 + seat as u128))
}

/// From ring to key.
#[must_use]
pub fn reaction_ms(alone: bool, dice: &mut Dice) -> i64 {
    let (median, sigma) = if alone { a::REACTION_NIGHT } else { a::REACTION_DAY };
    Dice::ms(dice.around(median, sigma))
}
