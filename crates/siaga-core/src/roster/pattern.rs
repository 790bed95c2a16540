//! The patterns that centres work by: how a day is cut, and whose turn it is.

use serde::{Deserialize, Serialize};

/// How shifts follow each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Three crews, 3 x 8 hours; each keeps its shift for a week and then moves on. Nobody has a free day by the pattern.
    ThreeShifts,
    /// Four crews, 3 x 8 hours: two mornings, two afternoons, two nights, two days off.
    FourCrews,
    /// Three crews: 24 hours on, 48 off.
    Day24Off48,
    /// Two crews by day, 7 hours each, and one person of all at night, in turn.
    NightOfOne,
}

/// A part of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    Morning,
    Afternoon,
    Night,
    WholeDay,
    /// Of the pattern with the night of one.
    Early,
    Late,
    NightAlone,
}

/// Whose turn it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum On {
    /// The crew at this place of the list.
    Crew(usize),
    /// One person of all crews, counted in their order.
    OneOfAll(usize),
}

impl Slot {
    /// The hour it begins and how many it lasts.
    pub(super) fn hours(self) -> (i8, i8) {
        match self {
            Slot::Morning => (7, 8),
            Slot::Afternoon => (15, 8),
            Slot::Night => (23, 8),
            Slot::WholeDay => (8, 24),
            Slot::Early => (7, 7),
            Slot::Late => (14, 7),
            Slot::NightAlone => (21, 10),
        }
    }
}

impl Pattern {
    pub const ALL: [Pattern; 4] = [Pattern::ThreeShifts, Pattern::FourCrews, Pattern::Day24Off48, Pattern::NightOfOne];

    /// Crews that it needs at least; more are not used, but for the night of one.
    #[must_use]
    pub fn crews(self) -> usize {
        match self {
            Pattern::ThreeShifts | Pattern::Day24Off48 => 3,
            Pattern::FourCrews => 4,
            Pattern::NightOfOne => 2,
        }
    }

    pub(super) fn slots(self) -> &'static [Slot] {
        match self {
            Pattern::ThreeShifts | Pattern::FourCrews => &[Slot::Morning, Slot::Afternoon, Slot::Night],
            Pattern::Day24Off48 => &[Slot::WholeDay],
            Pattern::NightOfOne => &[Slot::Early, Slot::Late, Slot::NightAlone],
        }
    }

    /// `days` since the plan began, never negative.
    pub(super) fn on(self, slot: Slot, days: i64, crews: usize) -> On {
        let place = |at: i64, of: i64| usize::try_from(at.rem_euclid(of)).unwrap_or(0);
        let nth = i64::from(match slot {
            Slot::Morning | Slot::WholeDay | Slot::Early => 0_i8,
            Slot::Afternoon | Slot::Late => 1,
            Slot::Night | Slot::NightAlone => 2,
        });
        match self {
            // Forward in time, so that nobody goes from a night into a morning.
            Pattern::ThreeShifts => On::Crew(place(nth + days / 7, 3)),
            // Each crew is two days behind the one before it.
            Pattern::FourCrews => On::Crew(place(days / 2 - nth, 4)),
            Pattern::Day24Off48 => On::Crew(place(days, 3)),
            Pattern::NightOfOne if slot == Slot::NightAlone => On::OneOfAll(usize::try_from(days).unwrap_or(0)),
            Pattern::NightOfOne => On::Crew(place(nth + days, i64::try_from(crews).unwrap_or(2))),
        }
    }
}
