//! How many call-takers each hour of the day asks for: Erlang B and C, and Erlang A for callers who give up.
//!
//! The formulas take calls as independent of each other. A storm is not: the advice is for ordinary days, and names the
//! busy ones beside the mean. Nothing here decides anything; a person makes the roster.

use super::{
    interval::{float, poisson_limits},
    wait::wait_at_most_ms,
};
use crate::view::report::staffing::{HourAdvice, Staffing};
use std::collections::BTreeMap;

/// What is aimed at: this share of calls is answered within this time (per cent, seconds).
pub const GOAL_PCT: f64 = 99.0;
pub const GOAL_S: f64 = 10.0;
/// From the end of a call until the seat is free again (seconds): the class is one key, a line of notes takes the rest.
pub const WRAP_S: f64 = 15.0;
/// A mean of fewer calls says little of an hour: the whole day's mean stands in for it.
const HOLD_CALLS_MIN: u64 = 20;
/// A room of more seats is another system.
const SEATS_MAX: u32 = 500;
/// Waiting callers beyond the seats that Erlang A follows; the chance of more is nothing.
const QUEUE_MAX: u32 = 2_000;
/// Rounds of "who is not answered calls again"; it settles in a few.
const REDIAL_ROUNDS: u32 = 30;

/// By hour of the day: calls of that hour on one day, and on how many days so many. Days without a call are not in it.
pub type HourDays = BTreeMap<u8, BTreeMap<u64, u64>>;

/// What is known of one hour of the day over the whole period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HourLoad {
    pub calls: u64,
    pub answered: u64,
    pub talk_ms: u64,
    /// Calls of this hour on one day, and on how many days so many.
    pub days: BTreeMap<u64, u64>,
}

/// What callers do who are not answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Redials {
    /// Callers who left, among the newest of the period.
    pub left: u64,
    /// Of these, who called again within ten minutes.
    pub again: u64,
}

/// The chance that a call finds all seats taken and is turned away (Erlang B), by its recursion. `load` in erlang.
#[must_use]
pub fn erlang_b(load: f64, seats: u32) -> f64 {
    (1..=seats).fold(1.0, |blocked, seat| load * blocked / (f64::from(seat) + load * blocked))
}

/// The chance that a call must wait (Erlang C).
#[must_use]
pub fn erlang_c(load: f64, seats: u32) -> f64 {
    let seats_f = f64::from(seats);
    if load >= seats_f {
        return 1.0;
    }
    let blocked = erlang_b(load, seats);
    seats_f * blocked / (seats_f - load * (1.0 - blocked))
}

/// The share of calls that is answered within a time (0 to 1).
#[must_use]
pub fn answered_within(load: f64, seats: u32, hold_s: f64, within_s: f64) -> f64 {
    if load >= f64::from(seats) || hold_s <= 0.0 {
        return if load <= 0.0 { 1.0 } else { 0.0 };
    }
    1.0 - erlang_c(load, seats) * (-(f64::from(seats) - load) * within_s / hold_s).exp()
}

/// The fewest seats that reach the goal.
#[must_use]
pub fn seats_for(calls_per_h: f64, hold_s: f64) -> u32 {
    let load = calls_per_h * hold_s / 3_600.0;
    let reaches = |seats: &u32| answered_within(load, *seats, hold_s, GOAL_S) * 100.0 >= GOAL_PCT;
    (1..=SEATS_MAX).find(reaches).unwrap_or(SEATS_MAX)
}

/// The share of callers who give up before an answer (Erlang A, M/M/n+M): from the chances of every number of calls in
/// the room, with callers who wait `patience_s` on average.
#[must_use]
pub fn erlang_a_left(calls_per_h: f64, hold_s: f64, patience_s: f64, seats: u32) -> f64 {
    if calls_per_h <= 0.0 || hold_s <= 0.0 || patience_s <= 0.0 {
        return 0.0;
    }
    let (arrive, serve, leave) = (calls_per_h / 3_600.0, 1.0 / hold_s, 1.0 / patience_s);
    // Weights from the fullest seat outward, so that neither side runs over.
    let (mut sum, mut queue) = (1.0, 0.0);
    let mut weight = 1.0;
    for below in (1..=seats).rev() {
        weight *= f64::from(below) * serve / arrive;
        sum += weight;
    }
    weight = 1.0;
    for waiting in 1..=QUEUE_MAX {
        weight *= arrive / (f64::from(seats) * serve + f64::from(waiting) * leave);
        sum += weight;
        queue += f64::from(waiting) * weight;
        if weight * f64::from(waiting) < sum * 1e-15 {
            break;
        }
    }
    (leave * queue / sum / arrive).clamp(0.0, 1.0)
}

/// How often people call in an hour when who is not answered calls again with the chance `again`: `first` are first tries.
fn with_redials(first: f64, again: f64, left: impl Fn(f64) -> f64) -> f64 {
    (0..REDIAL_ROUNDS).fold(first, |calls, _| first / (1.0 - again * left(calls)).max(0.01))
}

/// The advice for each hour of the day. None without a day with calls or an answered one.
#[must_use]
pub fn advise(
    hours: &BTreeMap<u8, HourLoad>,
    days: u64,
    waits: &[(i64, u64, u64)],
    redials: Redials,
) -> Option<Staffing> {
    let sum = |of: fn(&HourLoad) -> u64| hours.values().map(of).sum::<u64>();
    let (calls, answered, talk_ms) = (sum(|one| one.calls), sum(|one| one.answered), sum(|one| one.talk_ms));
    if days == 0 || answered == 0 {
        return None;
    }
    let hold = |talk_ms: u64, answered: u64| float(talk_ms) / 1_000.0 / float(answered) + WRAP_S;
    let hold_s = hold(talk_ms, answered);
    let patience_s = patience_s(waits);
    let again = if redials.left == 0 { 0.0 } else { float(redials.again) / float(redials.left) };
    let left_now = if calls == 0 { 0.0 } else { float(calls - answered.min(calls)) / float(calls) };
    let empty = HourLoad::default();
    let advice = (0..24).map(|hour| {
        let load = hours.get(&hour).unwrap_or(&empty);
        let hold_s = if load.answered >= HOLD_CALLS_MIN { hold(load.talk_ms, load.answered) } else { hold_s };
        let mean = float(load.calls) / float(days);
        let (low, high) = poisson_limits(load.calls);
        let (low, high) = (low / float(days), high / float(days));
        let busy = busy_day(load, days);
        let seats = seats_for(mean, hold_s);
        let pct = |seats: u32| tenths(answered_within(mean * hold_s / 3_600.0, seats, hold_s, GOAL_S) * 100.0);
        let left_pct = patience_s.map(|patience_s| {
            let left = |calls: f64| erlang_a_left(calls, hold_s, patience_s, seats);
            // What is on record holds the redials of today's callers already.
            let first = mean * (1.0 - again * left_now);
            tenths(left(with_redials(first, again, left)) * 100.0)
        });
        HourAdvice {
            hour,
            calls_per_h: hundredths(mean),
            low_per_h: hundredths(low),
            high_per_h: hundredths(high),
            busy_calls: busy,
            hold_s: tenths(hold_s),
            seats,
            seats_high: seats_for(high, hold_s),
            seats_busy: seats_for(float(busy), hold_s),
            within_pct: pct(seats),
            one_less_within_pct: (seats > 1).then(|| pct(seats - 1)),
            left_pct,
        }
    });
    Some(Staffing {
        goal_pct: GOAL_PCT,
        goal_s: GOAL_S,
        wrap_s: WRAP_S,
        hold_s: tenths(hold_s),
        patience_s: patience_s.map(tenths),
        redial_pct: (redials.left > 0).then(|| tenths(again * 100.0)),
        redial_of: redials.left,
        days,
        calls,
        hours: advice.collect(),
    })
}

/// How long callers would wait on average: all waiting by those who left (the likeliest mean of an exponential patience
/// that is censored by an answer). Waits by bin, answered and left.
fn patience_s(waits: &[(i64, u64, u64)]) -> Option<f64> {
    let left: u64 = waits.iter().map(|(.., left)| left).sum();
    let waited: f64 = waits
        .iter()
        .filter_map(|(bin, answered, left)| Some(float(wait_at_most_ms(*bin)?.unsigned_abs()) * float(answered + left)))
        .sum();
    (left > 0).then(|| waited / 1_000.0 / float(left))
}

/// Calls of this hour on a busy day: not more on 95 of 100 days.
fn busy_day(load: &HourLoad, days: u64) -> u64 {
    const BUSY_PCT: u64 = 95;
    let with_calls: u64 = load.days.values().sum();
    let mut seen = days.saturating_sub(with_calls);
    let mut most = 0;
    for (calls, on_days) in &load.days {
        if seen * 100 >= days * BUSY_PCT {
            break;
        }
        seen += on_days;
        most = *calls;
    }
    most
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() < within, "{found} is not {expected}");
    }

    /// Printed tables of Erlang B: load that loses 1 % on so many lines.
    #[test]
    fn the_table_of_erlang_b() {
        for (lines, load) in [(1, 0.0101), (2, 0.153), (5, 1.361), (10, 4.461), (20, 12.03), (50, 37.90)] {
            near(erlang_b(load, lines), 0.01, 6e-5);
        }
        near(erlang_b(10.0, 10), 0.2146, 1e-4);
    }

    #[test]
    fn the_table_of_erlang_c() {
        for (load, seats, waits) in [(1.0, 2, 0.3333), (8.0, 10, 0.4092), (5.0, 7, 0.3241), (0.5, 1, 0.5)] {
            near(erlang_c(load, seats), waits, 1e-4);
        }
        assert_eq!((erlang_c(3.0, 3), erlang_c(4.0, 3)), (1.0, 1.0));
    }

    #[test]
    fn the_reference_of_the_standards_comes_out() {
        assert_eq!(seats_for(9.0, 45.0), 2);
        assert_eq!(seats_for(300.0, 60.0), 11);
        assert_eq!(seats_for(0.0, 45.0), 1);
    }

    /// Whoever is as patient as a call is long makes it a room without end: Poisson, of which the part above the seats
    /// waits.
    #[test]
    fn erlang_a_is_known_at_its_edges() {
        let (calls_per_h, hold_s, seats) = (240.0, 60.0, 3_u32);
        let load: f64 = 4.0;
        let mut chance = (-load).exp();
        let mut above = 0.0;
        for number in 0..100_u32 {
            above += chance * (f64::from(number) - f64::from(seats)).max(0.0);
            chance *= load / f64::from(number + 1);
        }
        near(erlang_a_left(calls_per_h, hold_s, hold_s, seats), above / load, 1e-9);
        // Nobody leaves who waits for ever, and all who find no seat leave who wait not at all: Erlang B.
        near(erlang_a_left(60.0, 60.0, 1e9, 3), 0.0, 1e-6);
        near(erlang_a_left(240.0, 60.0, 1e-6, 3), erlang_b(4.0, 3), 1e-4);
        assert_eq!(erlang_a_left(0.0, 60.0, 60.0, 1), 0.0);
    }

    #[test]
    fn who_calls_again_makes_more_calls() {
        near(with_redials(10.0, 0.0, |_| 0.5), 10.0, 1e-12);
        near(with_redials(10.0, 0.5, |_| 0.5), 10.0 / 0.75, 1e-9);
    }

    #[test]
    fn an_hour_is_advised_from_what_it_saw() {
        // 100 days: 9 calls an hour at 20 o'clock, a quiet night; talk 30 s, so that a seat is held 45 s.
        let busy =
            HourLoad { calls: 900, answered: 900, talk_ms: 900 * 30_000, days: [(8, 60), (10, 30), (12, 10)].into() };
        let night = HourLoad { calls: 3, answered: 3, talk_ms: 3 * 30_000, days: [(1, 3)].into() };
        let hours = [(20, busy), (3, night)].into();
        let waits = [(super::super::wait_bin(2_000), 903, 0)];
        let advice = advise(&hours, 100, &waits, Redials::default()).unwrap();
        assert_eq!((advice.hold_s, advice.patience_s, advice.redial_pct, advice.hours.len()), (45.0, None, None, 24));
        let at = |hour: usize| &advice.hours[hour];
        assert_eq!((at(20).calls_per_h, at(20).seats, at(20).busy_calls), (9.0, 2, 12));
        assert!(at(20).low_per_h < 9.0 && at(20).high_per_h > 9.0);
        assert!(at(20).within_pct >= 99.0 && at(20).one_less_within_pct.unwrap() < 99.0, "{:?}", at(20));
        assert_eq!((at(3).busy_calls, at(3).seats, at(3).one_less_within_pct), (0, 1, None));
        assert_eq!(advise(&BTreeMap::new(), 100, &[], Redials::default()), None);
    }

    /// A room of `seats` in which calls come, wait, give up and are served by chance: the share answered within the goal,
    /// and the share that gave up. A generator of its own; the same seed, the same room.
    fn room(calls_per_h: f64, hold_s: f64, patience_s: Option<f64>, seats: usize, seed: u64) -> (f64, f64) {
        const CALLS: u32 = 200_000;
        let mut state = seed;
        let mut exponential = |mean: f64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let share = f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31);
            -mean * (1.0 - share).ln()
        };
        let mut free_at = vec![0.0_f64; seats];
        let (mut now, mut in_time, mut left) = (0.0, 0_u32, 0_u32);
        for _ in 0..CALLS {
            now += exponential(3_600.0 / calls_per_h);
            let hold = exponential(hold_s);
            // First come, first served: the seat that is free first.
            let seat = (0..seats).min_by(|a, b| free_at[*a].total_cmp(&free_at[*b])).unwrap();
            let wait = (free_at[seat] - now).max(0.0);
            if patience_s.is_some_and(|patience_s| exponential(patience_s) < wait) {
                left += 1;
                continue;
            }
            in_time += u32::from(wait <= GOAL_S);
            free_at[seat] = now.max(free_at[seat]) + hold;
        }
        (f64::from(in_time) / f64::from(CALLS), f64::from(left) / f64::from(CALLS))
    }

    /// Half a per cent is three times what chance alone makes of 200,000 calls, with room for calls that wait together.
    #[test]
    fn a_simulated_room_agrees() {
        for (calls_per_h, hold_s, seats) in [(9.0, 45.0, 2), (60.0, 60.0, 3), (300.0, 60.0, 8)] {
            let (within, _) = room(calls_per_h, hold_s, None, seats, 112);
            let formula =
                answered_within(calls_per_h * hold_s / 3_600.0, u32::try_from(seats).unwrap(), hold_s, GOAL_S);
            near(within, formula, 0.005);
            let (_, left) = room(calls_per_h, hold_s, Some(40.0), seats, 113);
            near(left, erlang_a_left(calls_per_h, hold_s, 40.0, u32::try_from(seats).unwrap()), 0.005);
        }
    }
}
