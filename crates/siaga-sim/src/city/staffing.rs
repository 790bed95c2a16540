//! What if there were one seat less? A centre's own hours, as its report counts them, through the same desk that runs in
//! the product, with the advised seats and with others. The same people meet both.
//!
//! From the report come calls an hour, what they were about and how long a call holds its seat; how patient people are and
//! how often they call again is the simulated city's (`assume.rs`).

mod seen;

use super::{
    floor::{Breaks, Handling, Shifts},
    plan::{Mix, curve},
    run::{Options, Outcome, run},
};
use seen::Tally;
use siaga_core::{
    class::Class,
    limits::SEATS_MAX,
    policy::Policy,
    view::report::{
        Report,
        staffing::HourAdvice,
        what_if::{Tried, WhatIfFindings},
    },
};
use std::sync::Arc;

/// Seats from 0 to 23 h.
pub type Seats = [usize; 24];

/// Runs with a seed of their own, of which the limits are made.
const RUNS: u32 = 20;
/// Calls that one staffing meets in all its runs: some seconds of computing.
pub const CALLS: u32 = 30_000;
/// Days of one run.
const DAYS: (f64, f64) = (1.0, 30.0);
/// Steps and the runs of each that find out how long conversations must be so that seats are held as in the report.
const FITTING: (u32, u32) = (2, 4);
/// Calls in an hour that a room of so few seats could answer at all.
const CALLS_PER_H_MAX: f64 = 2_000.0;
/// How long a call holds its seat on average (s): an hour.
const HOLD_S_MAX: f64 = 3_600.0;
/// More seats than the advice while that is found out, so that nobody waits.
const SPARE: usize = 3;

/// A report from which no day can be made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoCurve {
    #[error("this period has no answered call, so that nothing is known of its hours: choose a longer one")]
    Empty,
    #[error("this report was made without its hours (proceedings.staffing): make it anew with this version")]
    Old,
    #[error(
        "the hours of this report cannot be played: 24 are expected, of 0 to {CALLS_PER_H_MAX} calls, that hold a seat for \
         1 to {HOLD_S_MAX} s, with 1 to {SEATS_MAX} seats"
    )]
    Absurd,
}

/// What is known of a centre's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    calls_per_h: [f64; 24],
    hold_s: [f64; 24],
    advised: Seats,
    mix: Mix,
}

impl Centre {
    /// # Errors
    /// [`NoCurve`] where the report does not tell.
    pub fn of(report: &Report) -> Result<Self, NoCurve> {
        let staffing = report.proceedings.as_ref().ok_or(NoCurve::Old)?.staffing.as_ref().ok_or(NoCurve::Empty)?;
        let class = |class: Class| *report.figures.classes.get(class.key()).unwrap_or(&0) as f64;
        let mix = Mix {
            emergency: class(Class::Emergency),
            information: class(Class::Information),
            prank: class(Class::Prank),
            ghost: class(Class::Ghost),
        };
        if mix.emergency + mix.information + mix.prank + mix.ghost <= 0.0 {
            return Err(NoCurve::Empty);
        }
        let playable = |hour: &HourAdvice| {
            (0.0..=CALLS_PER_H_MAX).contains(&hour.calls_per_h)
                && (1.0..=HOLD_S_MAX).contains(&hour.hold_s)
                && (1..=u32::from(SEATS_MAX)).contains(&hour.seats)
        };
        if staffing.hours.len() != 24 || !staffing.hours.iter().all(playable) {
            return Err(NoCurve::Absurd);
        }
        let (mut calls_per_h, mut hold_s, mut advised) = ([0.0; 24], [0.0; 24], [1; 24]);
        for hour in &staffing.hours {
            let at = usize::from(hour.hour) % 24;
            calls_per_h[at] = hour.calls_per_h;
            hold_s[at] = hour.hold_s;
            advised[at] = usize::try_from(hour.seats).unwrap_or(usize::MAX);
        }
        if calls_per_h.iter().sum::<f64>() <= 0.0 {
            return Err(NoCurve::Empty);
        }
        Ok(Self { calls_per_h, hold_s, advised, mix })
    }

    /// The seats of the advice.
    #[must_use]
    pub fn advised(&self) -> Seats {
        self.advised
    }

    fn days(&self, calls: u32) -> i64 {
        let a_day: f64 = self.calls_per_h.iter().sum();
        let days = (f64::from(calls) / f64::from(RUNS) / a_day.max(1.0)).clamp(DAYS.0, DAYS.1);
        #[expect(clippy::cast_possible_truncation, reason = "from 1 to 30")]
        let days = days as i64;
        days
    }
}

/// One centre's days under one policy.
struct Room<'a> {
    centre: &'a Centre,
    policy: &'a Arc<Policy>,
    calls: u32,
    seed: u64,
    /// Times the simulated city's own conversations, by hour.
    talk: [f64; 24],
}

impl Room<'_> {
    fn run(&self, nth: u32, seats: &Seats) -> Outcome {
        // Nobody hurries: a centre that has less hands is not taken to work faster.
        let options = Options::new(Arc::clone(self.policy), Handling::Unhurried, Shifts::by_hour(seats));
        let options = Options { breaks: Breaks::Covered, talk: self.talk, ..options };
        let seed = self.seed.wrapping_add(u64::from(nth));
        run(&options, &curve(seed, &self.centre.calls_per_h, self.centre.mix, self.centre.days(self.calls)))
    }

    /// Conversations as long as seats are held in the report.
    fn fit(&mut self, mut done: impl FnMut()) {
        let seats = self.centre.advised.map(|seats| seats + SPARE);
        let mean_s = self.centre.hold_s.iter().sum::<f64>() / 24.0;
        self.talk = self.centre.hold_s.map(|hold_s| hold_s / mean_s.max(1.0));
        for step in 0..FITTING.0 {
            let mut tally = Tally::default();
            for nth in 0..FITTING.1 {
                // Other people than those that are counted afterwards.
                tally.add(&self.run(RUNS + step * FITTING.1 + nth, &seats));
                done();
            }
            // What is no conversation (key, line) does not grow with it, hence more than one step.
            let wanted_s = tally.expected_s(&self.centre.hold_s).unwrap_or(1.0);
            let times = wanted_s / tally.hold_s(None).unwrap_or(wanted_s);
            self.talk = self.talk.map(|talk| talk * times);
        }
    }

    fn tried(&self, seats: &Seats, mut done: impl FnMut()) -> Tried {
        let mut tally = Tally::default();
        for nth in 0..RUNS {
            tally.add(&self.run(nth, seats));
            done();
        }
        tally.tried(seats)
    }
}

/// Plays the centre's days, about `calls` calls ([`CALLS`]), with the advised seats and with `seats`; `done` hears how
/// many runs are over, of how many.
#[must_use]
pub fn what_if(
    centre: &Centre,
    seats: &Seats,
    policy: &Arc<Policy>,
    (calls, seed): (u32, u64),
    mut done: impl FnMut(u32, u32),
) -> WhatIfFindings {
    let total = FITTING.0 * FITTING.1 + 2 * RUNS;
    let mut over = 0;
    let mut one_more = || {
        over += 1;
        done(over, total);
    };
    let mut room = Room { centre, policy, calls, seed, talk: [1.0; 24] };
    room.fit(&mut one_more);
    let days = u32::try_from(centre.days(calls)).unwrap_or(u32::MAX) * RUNS;
    let advised = room.tried(&centre.advised, &mut one_more);
    let tried = room.tried(seats, &mut one_more);
    WhatIfFindings { days, advised, tried }
}

#[cfg(test)]
mod tests;
