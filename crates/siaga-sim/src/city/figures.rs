//! What a run shows, as the project's goals name it. Read from the written record and, now that the city is over, from
//! the truth.

use super::{
    floor::Handling,
    run::{Marks, Outcome},
    survival::{Wait, percentile},
    truth::{Kind, Scene, Truth},
};
use serde::Serialize;
use siaga_core::{
    ids::CallId,
    time::Timestamp,
    view::{call::CallOutcome, desk::Direction},
};
use std::collections::BTreeMap;

/// A human within this time (s) is in time; after it a call is late.
const IN_TIME_S: f64 = 10.0;
/// Attempts after which somebody who was not reached is not called lost by the system.
const ATTEMPTS: usize = 3;
/// The first automatic attempt must begin within this time (s).
const CALL_BACK_S: f64 = 30.0;
/// Two clocks that tick every 200 ms stand between the moment and the order (s).
const TICK_S: f64 = 0.25;
/// A real report is the same report when its person calls or is called within this time (ms).
const SAME_REPORT_MS: i64 = 3_600_000;

/// One policy's figures. Times in seconds, shares in percent; absent: there was nothing to measure.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    pub policy: String,
    pub handling: Option<Handling>,
    pub seeds: Vec<u64>,
    pub days: i64,
    pub real_calls: u64,
    /// The people behind them; who calls again is counted once.
    pub real_people: u64,
    pub real_lost: u64,
    /// Real people whom three attempts did not reach.
    pub real_not_reached: u64,
    pub real_late: u64,
    /// Who gave up counts as not answered.
    pub real_within_10s_pct: Option<f64>,
    /// Who gave up counts until then (censored).
    pub real_within_10s_censored_pct: Option<f64>,
    pub real_p50_s: Option<f64>,
    pub real_p99_s: Option<f64>,
    pub real_p999_s: Option<f64>,
    pub real_max_s: Option<f64>,
    pub normal_real_calls: u64,
    pub normal_real_within_10s_pct: Option<f64>,
    pub normal_real_within_10s_censored_pct: Option<f64>,
    pub normal_real_p999_s: Option<f64>,
    pub nuisance_calls: u64,
    pub nuisance_wait_p50_s: Option<f64>,
    pub nuisance_wait_p95_s: Option<f64>,
    pub ghost_calls: u64,
    pub seat_s_per_ghost_median: Option<f64>,
    pub seat_s_per_ghost_mean: Option<f64>,
    pub seat_h_nuisance: f64,
    pub seat_h_real: f64,
    pub seat_h_staffed: f64,
    pub lane_b_calls: u64,
    pub lane_b_wait_max_s: Option<f64>,
    pub blocked_real_calls: u64,
    pub blocked_real_to_human_p95_s: Option<f64>,
    pub silent_real_people: u64,
    /// In front of a human or called back.
    pub silent_real_reached_pct: Option<f64>,
    /// In front of a human who did not recognise them and ended the call: a person's error, not the system's.
    pub silent_real_not_recognised: u64,
    /// Of these, ended without having been asked for a key.
    pub silent_real_unasked: u64,
    pub callbacks_due: u64,
    /// Not due: their people had said "salah tekan" within the hour.
    pub callbacks_in_peace: u64,
    pub callbacks_within_30s_pct: Option<f64>,
    pub offered: u64,
    pub answered: u64,
    pub abandoned: u64,
    pub deferred: u64,
    pub failed: u64,
    /// Real people who heard busy from the telco, all channels being taken: never offered.
    pub real_busy_at_telco: u64,
    pub inputs: u64,
    pub lost: Vec<Case>,
    pub late: Vec<Case>,
    pub not_reached: Vec<Case>,
    /// Suspicion of each call with a number, and whether it was a nuisance: for the calibration.
    #[serde(skip)]
    pub judged: Vec<Judged>,
    #[serde(skip)]
    waits: Samples,
}

/// What was thought of a call before it rang, and what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub suspicion: u8,
    pub nuisance: bool,
}

/// One call, by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Case {
    pub seed: u64,
    pub call: CallId,
    pub kind: Kind,
    pub scene: Scene,
    pub at: String,
    pub what: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Samples {
    real: Vec<Wait>,
    normal: Vec<Wait>,
    nuisance: Vec<Wait>,
    lane_b: Vec<f64>,
    blocked_real: Vec<Wait>,
    ghost_seat_s: Vec<f64>,
    silent_reached: u64,
    callbacks_in_time: u64,
}

/// One real person with all that happened to them.
#[derive(Default)]
struct Story {
    calls: Vec<CallId>,
    answered: bool,
    attempts: usize,
    /// Our process or machine ended a call of theirs.
    broken: bool,
}

impl Figures {
    /// The figures of one run.
    ///
    /// # Panics
    /// When the totals do not reconcile: then no figure may be shown.
    #[must_use]
    pub fn of(outcome: &Outcome, seed: u64, days: i64) -> Self {
        let mut figures = Self { seeds: vec![seed], days, inputs: outcome.marks.inputs, ..Self::default() };
        let mut stories: BTreeMap<u32, (Truth, Story)> = BTreeMap::new();
        for (call, row) in &outcome.record.rows {
            if row.direction == Direction::CallBack {
                continue;
            }
            let truth = outcome.truths.of(*call);
            let truth = truth.unwrap_or_else(|| panic!("call {call} has no truth"));
            if truth.scene == Scene::Before {
                continue;
            }
            let (ended_at, how, _) = row.ended.unwrap_or_else(|| panic!("call {call} never ended"));
            figures.count(how);
            let seconds = |at: Timestamp| at.ms_since(row.offered_at) as f64 / 1_000.0;
            let wait = match row.answered {
                Some((at, ..)) => Wait::answered(seconds(at)),
                None => Wait::gone(seconds(ended_at)),
            };
            if row.waited_in_b {
                figures.waits.lane_b.push(wait.s);
            }
            if row.number.is_some() {
                figures.judged.push(Judged { suspicion: row.suspicion, nuisance: truth.kind.is_nuisance() });
            }
            figures.seat_time(*call, truth, &outcome.marks);
            if truth.kind.is_real() {
                figures.real(*call, (seed, row.offered_at), truth, wait, &outcome.marks, how);
                let (_, story) = stories.entry(truth.person).or_insert((truth, Story::default()));
                story.calls.push(*call);
                story.answered |= row.answered.is_some();
                story.broken |= how == CallOutcome::Failed || outcome.marks.ended_by_machine.contains(call);
            } else if truth.kind.is_nuisance() {
                figures.nuisance_calls += 1;
                figures.waits.nuisance.push(wait);
            }
        }
        let sum = figures.answered + figures.abandoned + figures.deferred + figures.failed;
        assert_eq!(figures.offered, sum, "offered = answered + abandoned + deferred + failed");
        figures.call_backs(outcome, &mut stories);
        figures.people(seed, outcome, &stories);
        figures.seat_h_staffed = outcome.marks.staffed_ms as f64 / 3_600_000.0;
        figures.finish();
        figures
    }

    fn count(&mut self, how: CallOutcome) {
        self.offered += 1;
        match how {
            CallOutcome::Answered => self.answered += 1,
            CallOutcome::Abandoned => self.abandoned += 1,
            CallOutcome::Deferred => self.deferred += 1,
            CallOutcome::Failed => self.failed += 1,
        }
    }

    fn seat_time(&mut self, call: CallId, truth: Truth, marks: &Marks) {
        let seconds = marks.seat_time.get(&call).map(|time| time.ms as f64 / 1_000.0);
        let hours = seconds.unwrap_or_default() / 3_600.0;
        if truth.kind.is_real() {
            self.seat_h_real += hours;
        } else if truth.kind.is_nuisance() {
            self.seat_h_nuisance += hours;
        }
        if truth.kind.is_ghost() {
            self.ghost_calls += 1;
            self.waits.ghost_seat_s.extend(seconds);
        }
    }

    fn real(
        &mut self,
        call: CallId,
        (seed, at): (u64, Timestamp),
        truth: Truth,
        wait: Wait,
        marks: &Marks,
        how: CallOutcome,
    ) {
        self.real_calls += 1;
        self.waits.real.push(wait);
        let blocked = marks.blocked.contains(&call);
        if matches!(truth.scene, Scene::Ordinary | Scene::Launch) && !blocked {
            self.normal_real_calls += 1;
            self.waits.normal.push(wait);
        }
        if blocked {
            self.blocked_real_calls += 1;
            if marks.evidence.contains(&call) || wait.answered {
                self.waits.blocked_real.push(wait);
            }
        }
        if !wait.answered || wait.s > IN_TIME_S {
            self.real_late += 1;
            let block = if blocked { ", under a block" } else { "" };
            let what = match (wait.answered, how) {
                (true, _) => format!("answered after {:.1} s{block}", wait.s),
                (false, CallOutcome::Failed) => format!("cut by our restart after {:.1} s{block}", wait.s),
                (false, _) => format!("gave up after {:.1} s{block}", wait.s),
            };
            self.late.push(Case { seed, call, kind: truth.kind, scene: truth.scene, at: local(at), what });
        }
    }

    /// Each entry of the list, and the calls that served it.
    fn call_backs(&mut self, outcome: &Outcome, stories: &mut BTreeMap<u32, (Truth, Story)>) {
        let record = &outcome.record;
        for entry in record.entries.values() {
            let scene = outcome.truths.of(entry.call).map(|truth| truth.scene);
            if scene == Some(Scene::Before) {
                continue;
            }
            if entry.in_peace {
                self.callbacks_in_peace += 1;
                continue;
            }
            self.callbacks_due += 1;
            let first = entry.dialled.first().copied().into_iter().chain(entry.closed_at);
            let first = first.chain(outcome.again(&entry.number, entry.due_at)).min();
            let in_time = first.is_some_and(|at| at.ms_since(entry.due_at) as f64 / 1_000.0 <= CALL_BACK_S + TICK_S);
            self.waits.callbacks_in_time += u64::from(in_time);
        }
        for (call, who) in &outcome.marks.called {
            let Some(row) = record.rows.get(call) else { continue };
            let Some((_, story)) = stories.get_mut(who) else { continue };
            let first = story.calls.first().and_then(|call| record.rows.get(call)).map(|row| row.offered_at);
            if first.is_some_and(|first| row.offered_at >= first && row.offered_at.ms_since(first) <= SAME_REPORT_MS) {
                story.attempts += 1;
                story.answered |= row.answered.is_some();
            }
        }
    }

    fn people(&mut self, seed: u64, outcome: &Outcome, stories: &BTreeMap<u32, (Truth, Story)>) {
        let busy: BTreeMap<u32, Timestamp> = outcome.marks.busy.iter().copied().collect();
        self.real_busy_at_telco += busy.keys().filter(|who| stories.contains_key(who)).count() as u64;
        for (truth, story) in stories.values() {
            self.real_people += 1;
            let Some(call) = story.calls.first().copied() else { continue };
            let offered_at = outcome.record.rows.get(&call).map(|row| row.offered_at);
            let at = offered_at.map(local).unwrap_or_default();
            let case = |what: String| Case { seed, call, kind: truth.kind, scene: truth.scene, at, what };
            let number = outcome.record.rows.get(&call).and_then(|row| row.number.as_ref()).is_some();
            if truth.kind.is_silent_real() {
                self.silent_real_people += 1;
                self.waits.silent_reached += u64::from(story.answered || story.attempts > 0);
                let unseen = story.calls.iter().filter_map(|call| outcome.record.rows.get(call));
                let unseen = unseen.filter(|row| row.answered.is_some());
                let not_recognised = unseen.clone().count() > 0
                    && unseen.clone().all(|row| row.class != Some(siaga_core::class::Class::Emergency));
                let unasked = story.calls.iter().any(|call| outcome.marks.unasked.contains(call));
                self.silent_real_not_recognised += u64::from(not_recognised);
                self.silent_real_unasked += u64::from(not_recognised && unasked);
            }
            if story.answered {
                continue;
            }
            let tries = story.attempts;
            let by_us = if story.broken { "; cut by our restart" } else { "" };
            let nameless = if number { "" } else { "; no number to call back" };
            let what = format!("{} calls, no human, {tries} call-backs{by_us}{nameless}", story.calls.len());
            if story.attempts >= ATTEMPTS {
                self.real_not_reached += 1;
                self.not_reached.push(case(what));
            } else {
                self.real_lost += 1;
                self.lost.push(case(what));
            }
        }
    }

    /// Sums runs of the same policy.
    pub fn add(&mut self, other: Self) {
        self.seeds.extend(other.seeds);
        self.days += other.days;
        macro_rules! sum {
            ($($name:ident),+) => { $(self.$name += other.$name;)+ };
        }
        sum!(
            real_calls,
            real_people,
            real_lost,
            real_not_reached,
            real_late,
            normal_real_calls,
            nuisance_calls,
            ghost_calls,
            seat_h_nuisance,
            seat_h_real,
            seat_h_staffed,
            lane_b_calls,
            blocked_real_calls,
            silent_real_people,
            silent_real_not_recognised,
            silent_real_unasked,
            callbacks_due,
            callbacks_in_peace,
            offered,
            answered,
            abandoned,
            deferred,
            failed,
            real_busy_at_telco,
            inputs
        );
        self.lost.extend(other.lost);
        self.late.extend(other.late);
        self.not_reached.extend(other.not_reached);
        self.judged.extend(other.judged);
        self.waits.add(other.waits);
    }

    /// Makes shares and percentiles of what was counted.
    pub(crate) fn finish(&mut self) {
        let waits = &mut self.waits;
        let within = |waits: &[Wait]| {
            let in_time = waits.iter().filter(|wait| wait.answered && wait.s <= IN_TIME_S).count();
            share(in_time as u64, waits.len() as u64)
        };
        let all = |waits: &mut Vec<Wait>, rank: f64| percentile(waits, rank);
        self.real_within_10s_pct = within(&waits.real);
        self.real_within_10s_censored_pct =
            super::survival::within(&mut waits.real, IN_TIME_S).map(|share| share * 100.0);
        self.real_p50_s = all(&mut waits.real, 0.5);
        self.real_p99_s = all(&mut waits.real, 0.99);
        self.real_p999_s = all(&mut waits.real, 0.999);
        self.real_max_s = waits.real.iter().filter(|wait| wait.answered).map(|wait| wait.s).reduce(f64::max);
        self.normal_real_within_10s_pct = within(&waits.normal);
        self.normal_real_within_10s_censored_pct =
            super::survival::within(&mut waits.normal, IN_TIME_S).map(|share| share * 100.0);
        self.normal_real_p999_s = all(&mut waits.normal, 0.999);
        self.nuisance_wait_p50_s = all(&mut waits.nuisance, 0.5);
        self.nuisance_wait_p95_s = all(&mut waits.nuisance, 0.95);
        self.blocked_real_to_human_p95_s = all(&mut waits.blocked_real, 0.95);
        self.lane_b_calls = waits.lane_b.len() as u64;
        self.lane_b_wait_max_s = waits.lane_b.iter().copied().reduce(f64::max);
        waits.ghost_seat_s.sort_by(f64::total_cmp);
        self.seat_s_per_ghost_median = waits.ghost_seat_s.get(waits.ghost_seat_s.len() / 2).copied();
        let sum: f64 = waits.ghost_seat_s.iter().sum();
        self.seat_s_per_ghost_mean = (self.ghost_calls > 0).then(|| sum / self.ghost_calls as f64);
        self.silent_real_reached_pct = share(waits.silent_reached, self.silent_real_people);
        self.callbacks_within_30s_pct = share(waits.callbacks_in_time, self.callbacks_due);
    }
}

impl Samples {
    fn add(&mut self, other: Self) {
        self.real.extend(other.real);
        self.normal.extend(other.normal);
        self.nuisance.extend(other.nuisance);
        self.lane_b.extend(other.lane_b);
        self.blocked_real.extend(other.blocked_real);
        self.ghost_seat_s.extend(other.ghost_seat_s);
        self.silent_reached += other.silent_reached;
        self.callbacks_in_time += other.callbacks_in_time;
    }
}

/// Clock of the city.
fn local(at: Timestamp) -> String {
    at.in_zone(&jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}
