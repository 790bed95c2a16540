//! How the callers of several runs fared, by the hour in which they called.

use crate::city::{
    calendar::{hour_of, since_start},
    run::Outcome,
};
use siaga_core::{
    report::GOAL_S,
    view::{
        call::CallOutcome,
        desk::Direction,
        report::what_if::{Seen, Tried},
    },
};

/// Student's 97.5 % point for twenty runs.
const T_975: f64 = 2.093;

/// One hour of the day in one run.
#[derive(Clone, Copy, Default, Debug)]
struct Cell {
    calls: u32,
    in_time: u32,
    late: u32,
    left: u32,
    longest_s: f64,
    held_s: f64,
    held: u32,
}

/// A row of hours for each run.
#[derive(Default, Debug)]
pub struct Tally(Vec<[Cell; 24]>);

impl Tally {
    pub fn add(&mut self, outcome: &Outcome) {
        let mut hours = [Cell::default(); 24];
        for (call, row) in &outcome.record.rows {
            if row.direction == Direction::CallBack {
                continue;
            }
            let Some((ended_at, how, _)) = row.ended else { continue };
            let cell = &mut hours[hour_of(since_start(row.offered_at))];
            cell.calls += 1;
            let waited_to = row.answered.map_or(ended_at, |(at, ..)| at);
            let waited_s = waited_to.ms_since(row.offered_at) as f64 / 1_000.0;
            cell.longest_s = cell.longest_s.max(waited_s);
            let is_late = waited_s > GOAL_S;
            cell.late += u32::from(is_late);
            cell.in_time += u32::from(row.answered.is_some() && !is_late);
            cell.left += u32::from(is_late && how == CallOutcome::Abandoned);
            if let Some(time) = outcome.marks.seat_time.get(call).filter(|time| time.ms > 0) {
                cell.held_s += time.ms as f64 / 1_000.0;
                cell.held += 1;
            }
        }
        self.0.push(hours);
    }

    /// How long a call held its seat, in one hour or in all.
    pub fn hold_s(&self, hour: Option<usize>) -> Option<f64> {
        let cells = || self.cells(hour);
        let held: u32 = cells().map(|cell| cell.held).sum();
        (held > 0).then(|| cells().map(|cell| cell.held_s).sum::<f64>() / f64::from(held))
    }

    /// What that would be if each hour held its seats so long.
    pub fn expected_s(&self, hold_s: &[f64; 24]) -> Option<f64> {
        let of = |hour: usize| self.cells(Some(hour)).map(|cell| f64::from(cell.held)).sum::<f64>();
        let held: f64 = (0..24).map(of).sum();
        (held > 0.0).then(|| (0..24).map(|hour| of(hour) * hold_s[hour]).sum::<f64>() / held)
    }

    fn cells(&self, hour: Option<usize>) -> impl Iterator<Item = &Cell> {
        self.0.iter().flat_map(move |hours| match hour {
            Some(hour) => &hours[hour..=hour],
            None => &hours[..],
        })
    }

    pub fn tried(&self, seats: &[usize; 24]) -> Tried {
        let number = |seats: usize| u32::try_from(seats).unwrap_or(u32::MAX);
        let hours = seats.iter().enumerate().map(|(hour, seats)| self.seen(Some(hour), number(*seats))).collect();
        Tried { day: self.seen(None, number(seats.iter().sum())), hours }
    }

    fn seen(&self, hour: Option<usize>, seats: u32) -> Seen {
        let sum = |of: fn(&Cell) -> u32| self.cells(hour).map(of).sum::<u32>();
        let calls = sum(|cell| cell.calls);
        let share = self.within(hour);
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        Seen {
            seats,
            calls,
            within_pct: share.map(|(share, ..)| tenths(share)),
            low_pct: share.map(|(_, low, _)| tenths(low)),
            high_pct: share.map(|(.., high)| tenths(high)),
            left_pct: if calls == 0 {
                0.0
            } else {
                tenths(f64::from(sum(|cell| cell.left)) * 100.0 / f64::from(calls))
            },
            longest_s: tenths(self.cells(hour).map(|cell| cell.longest_s).fold(0.0, f64::max)),
            hold_s: tenths(self.hold_s(hour).unwrap_or(0.0)),
        }
    }

    /// The share in time of all who were answered or waited longer, in per cent, with its limits: how far runs differ from
    /// each other holds what calls that wait together have in common.
    fn within(&self, hour: Option<usize>) -> Option<(f64, f64, f64)> {
        let of_run = |hours: &[Cell; 24]| {
            let cells = hour.map_or(&hours[..], |hour| &hours[hour..=hour]);
            let in_time: u32 = cells.iter().map(|cell| cell.in_time).sum();
            let late: u32 = cells.iter().map(|cell| cell.late).sum();
            (f64::from(in_time), f64::from(in_time + late))
        };
        let runs: Vec<(f64, f64)> = self.0.iter().map(of_run).collect();
        let (in_time, all) = runs.iter().fold((0.0, 0.0), |sum, run| (sum.0 + run.0, sum.1 + run.1));
        if all <= 0.0 {
            return None;
        }
        let (share, count) = (in_time / all, runs.len() as f64);
        let apart: f64 = runs.iter().map(|(in_time, of)| (in_time - share * of).powi(2)).sum();
        let beside = if count > 1.0 { T_975 * (apart * count / (count - 1.0)).sqrt() / all } else { 1.0 };
        // None late of so many: the rule of three.
        let beside_low = beside.max(if in_time >= all { 3.0 / all } else { 0.0 });
        let pct = |share: f64| share.clamp(0.0, 1.0) * 100.0;
        Some((pct(share), pct(share - beside_low), pct(share + beside)))
    }
}
