//! Days of the city with their calls, and the whole weeks around a campaign that no other campaign touches.

use crate::time::LocalDay;
use jiff::{ToSpan, civil::Date};
use std::collections::BTreeMap;

/// What was counted on a day on which the lines were open. A day that is not in [`Days`] is not known: never zero calls.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct DayCount {
    pub offered: u64,
    pub prank: u64,
    pub ghost: u64,
    /// Emergencies.
    pub real: u64,
    /// Of the offered, those of an imported ledger.
    pub ledger: u64,
}

pub type Days = BTreeMap<LocalDay, DayCount>;

/// From one day to another, both in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub first: Date,
    pub last: Date,
}

impl Span {
    #[must_use]
    pub fn touches(&self, other: &Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Calendar days.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from(super::days_between(self.first, self.last) + 1).unwrap_or(0)
    }

    pub fn dates(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.last;
        self.first.series(1.day()).take_while(move |day| *day <= last)
    }

    /// The same calendar days a year before; 29 February is the 28th there.
    #[must_use]
    pub fn year_before(&self) -> Self {
        Self { first: self.first.saturating_sub(1.year()), last: self.last.saturating_sub(1.year()) }
    }

    /// At most so many whole weeks up to the day before it; only those next to it that touch none of `others`.
    #[must_use]
    pub fn weeks_before(&self, weeks: u16, others: &[Span]) -> Option<Span> {
        let week = |back: u16| {
            let first = self.first.saturating_sub((i32::from(back + 1) * 7).days());
            Span { first, last: first.saturating_add(6.days()) }
        };
        let free = free(weeks, week, others);
        (free > 0).then(|| Span { first: week(free - 1).first, last: week(0).last })
    }

    /// The same after it.
    #[must_use]
    pub fn weeks_after(&self, weeks: u16, others: &[Span]) -> Option<Span> {
        let week = |on: u16| {
            let first = self.last.saturating_add((i32::from(on) * 7 + 1).days());
            Span { first, last: first.saturating_add(6.days()) }
        };
        let free = free(weeks, week, others);
        (free > 0).then(|| Span { first: week(0).first, last: week(free - 1).last })
    }
}

/// How many weeks in a row touch nothing, from the nearest on: what lies behind another campaign is changed by that one.
fn free(weeks: u16, week: impl Fn(u16) -> Span, others: &[Span]) -> u16 {
    (0..weeks).find(|n| others.iter().any(|other| week(*n).touches(other))).unwrap_or(weeks)
}
