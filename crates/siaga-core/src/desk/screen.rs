//! Verdicts: the first one before a call rings, and again whenever something is heard while it waits.

use super::{Known, Position, Step};
use crate::{
    call::live::Fact,
    ids::CallId,
    screening::{Heard, Reason, Signal, Verdict, judge, near, signals},
};
use std::sync::Arc;

/// A change of suspicion smaller than this is not written down.
const NOTED_FROM: u8 = 5;

impl Step<'_> {
    /// What is measured of the telephone's position.
    pub(super) fn signals_of(&self, position: Option<&Position>) -> Vec<Signal> {
        let Some(position) = position else { return Vec::new() };
        let within_m = self.desk.policy.screening.near_incident_m;
        let near_one = self.desk.world.incidents.iter().any(|point| near(position, *point, within_m));
        if near_one { vec![Signal::Position, Signal::NearIncident] } else { vec![Signal::Position] }
    }

    /// The number's history came, or did not come in time. What comes late fills the card and changes no order.
    pub(super) fn known(&mut self, id: CallId, known: Option<Known>) {
        let now = self.now;
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        if call.about.drill.is_some() {
            return;
        }
        let in_time = call.verdict.is_none();
        let Some(known) = known else {
            if in_time {
                self.undecided_is_plain(id);
            }
            return;
        };
        let about = Arc::make_mut(&mut call.about);
        about.real_before = known.facts.real.is_some();
        about.history = known.sentence;
        if !in_time {
            // What is heard later is judged with it; but a block that comes late is no door any more.
            if let Some(unread) = about.signals.iter().position(|signal| *signal == Signal::HistoryUnknown) {
                about.signals.remove(unread);
                about.signals.extend(signals(&known.facts, now));
                about.signals.retain(|signal| *signal != Signal::Blocked);
            }
            return;
        }
        about.signals.extend(signals(&known.facts, now));
        let verdict = judge(&about.signals, &self.desk.policy.screening);
        self.decide(id, verdict);
    }

    /// The call's row begins. Without a verdict it does not ring at a seat; this is the only place that gives the first.
    pub(super) fn decide(&mut self, id: CallId, verdict: Verdict) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let about = &call.about;
        let fact = Fact::Offered {
            call: id,
            direction: about.direction,
            number: about.number.clone(),
            number_raw: about.number_raw.clone(),
            display_name: about.display_name.clone(),
            sip_call_id: about.sip_call_id.clone(),
            lane: verdict.lane,
            suspicion: verdict.suspicion,
            reasons: verdict.reasons.iter().map(Reason::words).collect(),
            callback: about.callback,
        };
        let (offered_at, say, drill) = (about.offered_at, verdict.say, about.drill);
        call.verdict = Some(Arc::new(verdict));
        // The row begins when the call did, not when its history was read.
        let now = std::mem::replace(&mut self.now, offered_at);
        self.fact(fact);
        if let Some(mark) = drill {
            self.fact(Fact::Drilled { call: id, mark });
        }
        self.now = now;
        if let Some(prompt) = say {
            self.take_line(id, prompt);
        }
    }

    pub(super) fn undecided_is_plain(&mut self, id: CallId) {
        let Some(call) = self.desk.calls.get_mut(&id).filter(|call| call.verdict.is_none()) else { return };
        let about = Arc::make_mut(&mut call.about);
        about.signals.push(Signal::HistoryUnknown);
        let verdict = judge(&about.signals, &self.desk.policy.screening);
        self.decide(id, verdict);
    }

    /// Something was heard, or nothing for long: lane and suspicion again. What was to be said stays said.
    pub(super) fn judge_again(&mut self, id: CallId) {
        let burst = self.desk.fleet.burst(self.now);
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let Some(before) = call.verdict.clone() else { return };
        let mut all = call.about.signals.clone();
        match (call.evidence, call.silent_since) {
            (Some(evidence), _) => all.push(Signal::Heard(evidence.strongest)),
            (None, Some(_)) => {
                all.push(Signal::Heard(Heard::Silence));
                all.extend(burst.map(|numbers| Signal::SilentFleet { numbers }));
            }
            (None, None) => {}
        }
        let after = Verdict { say: before.say, ..judge(&all, &self.desk.policy.screening) };
        let told = after.lane != before.lane || after.suspicion.abs_diff(before.suspicion) >= NOTED_FROM;
        let (lane, suspicion) = (after.lane, after.suspicion);
        let reasons = after.reasons.iter().map(Reason::words).collect();
        call.verdict = Some(Arc::new(after));
        if told {
            self.fact(Fact::Judged { call: id, lane, suspicion, reasons });
        }
    }
}
