//! One run counted: call by call, then person by person, then what was owed to those who went.

use super::{Case, Figures, IN_TIME_S, Judged};
use crate::city::{
    run::{Marks, Outcome},
    survival::Wait,
    truth::{Scene, Truth},
};
use siaga_core::{
    ids::CallId,
    time::Timestamp,
    view::{call::CallOutcome, desk::Direction},
};
use std::collections::BTreeMap;

/// Attempts after which somebody who was not reached is not called lost by the system.
const ATTEMPTS: usize = 3;
/// The first automatic attempt must begin within this time (s).
const CALL_BACK_S: f64 = 30.0;
/// Two clocks that tick every 200 ms stand between the moment and the order (s).
const TICK_S: f64 = 0.25;
/// A real report is the same report when its person calls or is called within this time (ms).
const SAME_REPORT_MS: i64 = 3_600_000;

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
}

/// Clock of the city.
fn local(at: Timestamp) -> String {
    at.in_zone(&jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
