//! A dry run: stored calls once more through screening and ladder, under the rules in force and under a draft, each call
//! with its number's history as it stood before it. What would have changed, and which real callers would have waited
//! longer, call by call.
//!
//! Assumptions, told with the answer: every proposal is approved at once, so that a draft is judged by the most it could
//! do; a real report lifts a running block; the machine's listening and the seats of those days are not played again, so
//! a door is compared and not a waiting time.

mod number;
#[cfg(test)]
mod tests;

use super::Policy;
use crate::{
    call::Prompt,
    city::City,
    class::Class,
    ids::CallId,
    sanction::Step,
    screening::{Reason, Signal, judge, signals},
    time::Timestamp,
    view::{
        desk::Lane,
        policies::{ClassShift, Door, DryRunFindings, SlowerCall, StepCounts},
    },
};
use number::NumberLog;
use std::{collections::HashMap, sync::Arc};

/// Calls named one by one; the rest are counted.
pub const SLOWER_SHOWN_MAX: usize = 500;

/// A stored call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplayCall {
    pub call: CallId,
    pub number: Option<String>,
    pub at: Timestamp,
    pub class: Option<Class>,
    pub sub: Option<String>,
    pub incident_type: Option<String>,
    /// From the answer to the end (ms), where somebody answered.
    pub talked_ms: Option<i64>,
    /// Since when the class was known.
    pub known_at: Timestamp,
    /// A responder found nothing; a shift lead confirmed.
    pub nothing_found: Option<Timestamp>,
    pub confirmed: Option<Timestamp>,
}

/// The two sets of rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    InForce,
    Draft,
}

const SIDES: [Side; 2] = [Side::InForce, Side::Draft];

/// The run. Give it calls in the order they came.
pub struct Replay {
    policies: [Policy; 2],
    city: Arc<City>,
    /// Calls before it only make history.
    from: Timestamp,
    numbers: HashMap<String, NumberLog>,
    findings: DryRunFindings,
}

impl Replay {
    #[must_use]
    pub fn new(in_force: Policy, draft: Policy, city: Arc<City>, from: Timestamp) -> Self {
        Self { policies: [in_force, draft], city, from, numbers: HashMap::new(), findings: DryRunFindings::default() }
    }

    /// A real report of before the first call.
    pub fn reported_before(&mut self, number: String, at: Timestamp) {
        self.numbers.entry(number).or_default().reported(at);
    }

    /// The next call.
    pub fn call(&mut self, call: ReplayCall) {
        let doors = match &call.number {
            None => SIDES.map(|_| (Door::A, String::new())),
            Some(number) => {
                let log = self.numbers.entry(number.clone()).or_default();
                log.settle(call.at, number, &self.policies, &self.city, &mut |side, step, at| {
                    count(&mut self.findings, self.from, side, step, at);
                });
                let measured = signals(&log.facts(call.at), call.at);
                SIDES.map(|side| {
                    let blocked = log.blocked(side, call.at);
                    door(&measured, blocked, &self.policies[side as usize])
                })
            }
        };
        if call.at >= self.from {
            self.compare(&call, doors);
        }
        if let Some(log) = call.number.as_ref().and_then(|number| self.numbers.get_mut(number)) {
            log.push(call);
        }
    }

    fn compare(&mut self, call: &ReplayCall, [(before, _), (after, rule)]: [(Door, String); 2]) {
        let findings = &mut self.findings;
        findings.calls += 1;
        let real = call.class == Some(Class::Emergency);
        if real {
            findings.real_calls += 1;
            findings.real_not_a_before += u32::from(before != Door::A);
            findings.real_not_a_after += u32::from(after != Door::A);
        }
        if before == after {
            return;
        }
        let shift = match findings.by_class.iter_mut().find(|one| one.class == call.class) {
            Some(shift) => shift,
            None => {
                findings.by_class.push(ClassShift { class: call.class, ..ClassShift::default() });
                findings.by_class.last_mut().expect("because it was pushed just now")
            }
        };
        match (before, after) {
            (Door::A, Door::B) => shift.a_to_b += 1,
            (Door::B, Door::A) => shift.b_to_a += 1,
            (_, Door::Blocked) => shift.to_block += 1,
            (Door::Blocked, _) => shift.from_block += 1,
            (Door::A, Door::A) | (Door::B, Door::B) => {}
        }
        if !real {
            return;
        }
        if after < before {
            findings.faster_count += 1;
            return;
        }
        findings.slower_count += 1;
        if findings.slower.len() < SLOWER_SHOWN_MAX {
            findings.slower.push(SlowerCall {
                call_id: call.call,
                at: call.at,
                incident_type: call.incident_type.clone(),
                from: before,
                to: after,
                rule,
            });
        }
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self, now: Timestamp) -> DryRunFindings {
        let mut numbers = std::mem::take(&mut self.numbers);
        for (number, log) in &mut numbers {
            log.settle(now, number, &self.policies, &self.city, &mut |side, step, at| {
                count(&mut self.findings, self.from, side, step, at);
            });
        }
        self.findings.by_class.sort_by_key(|one| one.class);
        self.findings
    }
}

fn count(findings: &mut DryRunFindings, from: Timestamp, side: Side, step: Step, at: Timestamp) {
    if at < from {
        return;
    }
    let counts: &mut StepCounts = match side {
        Side::InForce => &mut findings.proposals_before,
        Side::Draft => &mut findings.proposals_after,
    };
    match step {
        Step::Educate => counts.educate += 1,
        Step::Warn => counts.warn += 1,
        Step::BlockTemporarily => counts.block += 1,
        Step::Refer => counts.refer += 1,
    }
}

/// The door a call would come through, and the rule in words. `blocked` is the block's own reason.
fn door(measured: &[Signal], blocked: Option<&str>, policy: &Policy) -> (Door, String) {
    let mut measured = measured.to_vec();
    measured.extend(blocked.map(|_| Signal::Blocked));
    let verdict = judge(&measured, &policy.screening);
    if let Some(rule) = blocked.filter(|_| verdict.say == Some(Prompt::Challenge)) {
        return (Door::Blocked, rule.to_owned());
    }
    match verdict.lane {
        Lane::A => (Door::A, String::new()),
        Lane::B => {
            let reasons: Vec<_> = verdict.reasons.iter().map(Reason::words).collect();
            let line = policy.screening.lane_b_from;
            (Door::B, format!("kecurigaan {} mencapai batas {line}: {}", verdict.suspicion, reasons.join(", ")))
        }
    }
}
