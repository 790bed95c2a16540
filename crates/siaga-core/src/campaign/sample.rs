//! Counts of the days of one span, and how far they scatter beyond chance.
//!
//! Calls per day are not independent of each other: one number that rings forty times makes a day, one school holiday makes
//! a week. So their variance is larger than that of a Poisson count, by a factor that is read from the days themselves: from day
//! to day, from week to week, and where there are enough of them from fortnight to fortnight, because no holiday begins on the
//! first day of a span. The weekday's own level is taken out of all three.

use super::days::{DayCount, Days, Span};
use crate::{report::student_975, time::LocalDay};
use std::collections::BTreeMap;

/// What is compared with each other: days, weeks, fortnights (days). Fortnights only with so many degrees of freedom: with
/// fewer their own spread is too uncertain to widen anything.
const BLOCKS: [(usize, usize); 3] = [(1, 1), (7, 1), (14, 6)];

struct Observed {
    /// Of the span, from 0.
    day: usize,
    /// From 0, Monday.
    weekday: usize,
    calls: f64,
}

/// The counted days of one span.
pub(super) struct Sample(Vec<Observed>);

/// Sums of squares over their expectation (Pearson), and how many of them are free. Adds up over spans.
#[derive(Clone, Copy, Default)]
pub(super) struct Spread([(f64, usize); BLOCKS.len()]);

impl Sample {
    /// The days of a span that were counted, before `today`: a day that is not over has not its calls yet.
    pub fn of(days: &Days, span: &Span, today: LocalDay, what: impl Fn(&DayCount) -> u64) -> Self {
        let found = span.dates().enumerate().filter_map(|(at, date)| {
            let day = LocalDay::from_date(date);
            let count = days.get(&day).filter(|_| day < today)?;
            let weekday = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
            Some(Observed { day: at, weekday, calls: float(what(count)) })
        });
        Self(found.collect())
    }

    pub fn days(&self) -> usize {
        self.0.len()
    }

    pub fn calls(&self) -> f64 {
        self.0.iter().map(|one| one.calls).sum()
    }

    /// Days and mean calls of each weekday that has a day.
    fn weekdays(&self) -> [Option<(f64, f64)>; 7] {
        let mut sums = [(0.0, 0.0); 7];
        for one in &self.0 {
            sums[one.weekday].0 += 1.0;
            sums[one.weekday].1 += one.calls;
        }
        sums.map(|(days, calls)| (days > 0.0).then(|| (days, calls / days)))
    }

    pub fn spread(&self) -> Spread {
        let weekdays = self.weekdays();
        let mean = |one: &Observed| weekdays[one.weekday].map_or(0.0, |(_, mean)| mean);
        let over = |found: f64, expected: f64| if expected > 0.0 { (found - expected).powi(2) / expected } else { 0.0 };
        let of = |size: usize| {
            let mut blocks: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
            for one in &self.0 {
                let block = blocks.entry(one.day / size).or_default();
                block.0 += one.calls;
                block.1 += mean(one);
            }
            let squares = blocks.values().map(|(found, expected)| over(*found, *expected)).sum();
            // Days have lost a mean for each weekday, longer blocks the whole span's.
            let lost = if size == 1 { weekdays.iter().flatten().count() } else { 1 };
            (squares, blocks.len().saturating_sub(lost))
        };
        Spread(BLOCKS.map(|(size, _)| of(size)))
    }

    /// What these days would have had at the level of `before`, weekday by weekday: expected calls, their variance over
    /// their square for a spread of 1, and the calls that were found. Days whose weekday `before` lacks are left out.
    pub fn against(&self, before: &Sample) -> (f64, f64, f64) {
        let levels = before.weekdays();
        let mut days = [0.0; 7];
        let mut found = 0.0;
        for one in self.0.iter().filter(|one| levels[one.weekday].is_some()) {
            days[one.weekday] += 1.0;
            found += one.calls;
        }
        let terms = || days.iter().zip(&levels).filter_map(|(days, level)| level.map(|(n, mean)| (*days, n, mean)));
        let expected: f64 = terms().map(|(days, _, mean)| days * mean).sum();
        let variance: f64 = terms().map(|(days, n, mean)| days * days * mean / n).sum();
        (expected, if expected > 0.0 { variance / expected.powi(2) } else { 0.0 }, found)
    }
}

impl Spread {
    pub fn and(mut self, other: Self) -> Self {
        for (one, more) in self.0.iter_mut().zip(other.0) {
            one.0 += more.0;
            one.1 += more.1;
        }
        self
    }

    /// The factor on the variance and half the width of a 95 % interval in standard errors of a Poisson count: the widest of
    /// what days, weeks and fortnights ask for, and never less than Poisson. None: nothing is known of the spread.
    pub fn width(self) -> Option<(f64, f64)> {
        let asked = |(&(squares, free), (_, least)): (&(f64, usize), (usize, usize))| {
            let factor = (free >= least).then(|| (squares / float(free as u64)).max(1.0))?;
            Some((factor, student_975(free) * factor.sqrt()))
        };
        self.0.iter().zip(BLOCKS).filter_map(asked).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
pub(super) fn float(count: u64) -> f64 {
    count as f64
}
