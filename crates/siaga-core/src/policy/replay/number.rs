//! What a dry run remembers of one number.

use super::{Policy, ReplayCall, SIDES, Side};
use crate::{
    city::City,
    class::Class,
    sanction::{History, Past, Prank, PrankKind, Standing, Step, WINDOW_DAYS_MAX, immunity, propose},
    screening::facts::{NEWEST_CALLS_MAX, NumberFacts, PastCall, RealReport, SHORT_CALL_MS_MAX},
    time::Timestamp,
};
use std::collections::VecDeque;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// History, sanctions and block of one number.
#[derive(Default)]
pub(super) struct NumberLog {
    /// All but `newest`.
    known: NumberFacts,
    /// Newest first.
    recent: VecDeque<ReplayCall>,
    /// Calls whose class was not known yet when the last one came.
    unsettled: Vec<ReplayCall>,
    sides: [Track; 2],
}

/// One set of rules' course with this number.
#[derive(Default)]
struct Track {
    history: History,
    block: Option<Running>,
}

struct Running {
    until: Timestamp,
    rule: String,
}

impl NumberLog {
    pub fn reported(&mut self, at: Timestamp) {
        *self.known.by_class.entry(Class::Emergency).or_default() += 1;
        self.known.calls += 1;
        self.known.real = Some(RealReport { at, incident_type: None });
    }

    pub fn push(&mut self, call: ReplayCall) {
        self.known.calls += 1;
        self.recent.push_front(call.clone());
        self.recent.truncate(NEWEST_CALLS_MAX);
        if call.class.is_some() {
            self.unsettled.push(call);
        }
    }

    /// Takes in every class that became known until `now`, and what the ladder asks for after each.
    pub fn settle(
        &mut self,
        now: Timestamp,
        number: &str,
        policies: &[Policy; 2],
        city: &City,
        told: &mut impl FnMut(Side, Step, Timestamp),
    ) {
        if self.unsettled.is_empty() {
            return;
        }
        let (mut due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.unsettled).into_iter().partition(|call| call.known_at <= now);
        self.unsettled = later;
        due.sort_by_key(|call| (call.known_at, call.call));
        for call in due {
            let Some(class) = call.class else { continue };
            *self.known.by_class.entry(class).or_default() += 1;
            if class == Class::Emergency {
                self.report(&call);
            }
            if let Some(prank) = prank(&call) {
                for side in SIDES {
                    let ladder = &policies[side as usize].sanction;
                    let real = self.known.real.as_ref().map(|real| real.at);
                    let track = &mut self.sides[side as usize];
                    track.end_block(call.known_at);
                    track.history.pranks.push(prank.clone());
                    track
                        .history
                        .pranks
                        .retain(|one| call.known_at.ms_since(one.at) < i64::from(WINDOW_DAYS_MAX) * DAY_MS);
                    let immune = immunity(Some(number), city, real, ladder, call.known_at);
                    if let Some(proposal) = propose(&track.history, immune.as_ref(), ladder, call.known_at) {
                        told(side, proposal.step, call.known_at);
                        track.begin(&proposal, call.known_at);
                    }
                }
            }
        }
    }

    /// A real report: counted, and whatever block runs is lifted.
    fn report(&mut self, call: &ReplayCall) {
        if self.known.real.as_ref().is_none_or(|real| real.at < call.at) {
            self.known.real = Some(RealReport { at: call.at, incident_type: call.incident_type.clone() });
        }
        for track in &mut self.sides {
            if track.block.take().is_some() {
                track.set_running(Standing::Lifted);
            }
        }
    }

    /// What screening would have read when a call came at `now`, but for a block.
    pub fn facts(&self, now: Timestamp) -> NumberFacts {
        let past = |call: &ReplayCall| {
            let known = call.known_at <= now;
            PastCall { at: call.at, class: call.class.filter(|_| known), sub: call.sub.clone().filter(|_| known) }
        };
        let short = self.recent.iter().filter(|call| call.talked_ms.is_some_and(|ms| ms < SHORT_CALL_MS_MAX)).count();
        NumberFacts {
            newest: self.recent.iter().map(past).collect(),
            short_calls: u32::try_from(short).unwrap_or(u32::MAX),
            ..self.known.clone()
        }
    }

    /// Why the number is under a block, if it is.
    pub fn blocked(&self, side: Side, now: Timestamp) -> Option<&str> {
        let running = self.sides[side as usize].block.as_ref()?;
        (running.until > now).then_some(running.rule.as_str())
    }
}

impl Track {
    fn begin(&mut self, proposal: &crate::sanction::Proposal, now: Timestamp) {
        self.history.sanctions.push(Past {
            step: proposal.step,
            addressee: proposal.addressee,
            proposed_at: now,
            newest_prank_at: proposal.newest_prank_at,
            standing: if proposal.hours.is_some() { Standing::InForce } else { Standing::Given },
        });
        if let Some(hours) = proposal.hours {
            let rule = format!("blokir {hours} jam: {}", proposal.reasons.join(", "));
            self.block = Some(Running { until: now.plus_ms(i64::from(hours) * HOUR_MS), rule });
        }
    }

    fn end_block(&mut self, now: Timestamp) {
        if self.block.as_ref().is_some_and(|running| running.until <= now) {
            self.block = None;
            self.set_running(Standing::Given);
        }
    }

    fn set_running(&mut self, standing: Standing) {
        for past in self.history.sanctions.iter_mut().filter(|past| past.standing == Standing::InForce) {
            past.standing = standing;
        }
    }
}

fn prank(call: &ReplayCall) -> Option<Prank> {
    if call.class != Some(Class::Prank) {
        return None;
    }
    let kind = PrankKind::of(call.sub.as_deref(), call.nothing_found, call.confirmed);
    Some(Prank { call: call.call, at: call.at, kind })
}
