//! Telephones outside: a caller whom no seat takes also rings there, one telephone after the other, on lines of ours. The
//! caller's own line stays where it is; whoever answers first has them.

use super::{LineOrder, Step};
use crate::{
    call::{Call, Phase, Prompt, live::Fact},
    ids::CallId,
    limits::UNSTAFFED_MS,
    queue::Telephone,
    time::Timestamp,
    view::{callback::CallbackResult, desk::Link},
};
use std::sync::Arc;

/// One line of ours to a telephone outside.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outside {
    /// For whom.
    pub call: CallId,
    pub telephone: Telephone,
    since: Timestamp,
    talks: Talks,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Talks {
    NotYet,
    WithTheCaller,
}

impl Step<'_> {
    /// Runs after each input.
    pub(super) fn overflow(&mut self) {
        self.release_outside();
        if self.desk.policy.overflow.telephones.is_empty() || self.desk.telephone == Link::Down {
            return;
        }
        for call in self.who_needs_a_telephone() {
            self.ring_outside(call);
        }
    }

    /// A line that serves nobody any more, or that nobody takes up.
    fn release_outside(&mut self) {
        let (now, rings_ms) = (self.now, self.desk.policy.overflow.rings_ms);
        let calls = &self.desk.calls;
        let serves = |leg: CallId, outside: &Outside| {
            calls.get(&outside.call).is_some_and(|call| match outside.talks {
                Talks::NotYet => call.waits() && now.ms_since(outside.since) < rings_ms,
                Talks::WithTheCaller => matches!(call.phase, Phase::AtTelephone { leg: with, .. } if with == leg),
            })
        };
        let idle: Vec<CallId> =
            self.desk.outside.iter().filter(|(leg, outside)| !serves(**leg, outside)).map(|(leg, _)| *leg).collect();
        for leg in idle {
            self.desk.outside.remove(&leg);
            self.order(LineOrder::Release { leg });
        }
    }

    /// Longest waiting first. A silent line stands in front of the seats, where there are any.
    fn who_needs_a_telephone(&self) -> Vec<CallId> {
        let (now, queue, overflow) = (self.now, &self.desk.policy.queue, &self.desk.policy.overflow);
        let staffed = self.desk.seats.values().any(|seat| seat.is_reachable(now) && seat.paused_since.is_none());
        let after_ms = if staffed { overflow.after_ms } else { overflow.after_ms.min(UNSTAFFED_MS) };
        let needs = |call: &Call| {
            call.about.drill.is_none()
                && call.may_ring(queue, now)
                && now.ms_since(call.waits_since()) >= after_ms
                && !(staffed && call.is_silent_line(queue, now))
        };
        let rung = |id: &CallId| self.desk.outside.values().any(|outside| outside.call == *id);
        let mut all: Vec<_> = self
            .desk
            .calls
            .iter()
            .filter(|(id, call)| needs(call) && !rung(id))
            .map(|(id, call)| (call.waits_since(), *id))
            .collect();
        all.sort();
        all.into_iter().map(|(_, id)| id).collect()
    }

    /// The next telephone of the list that rings for nobody else.
    fn ring_outside(&mut self, id: CallId) {
        let policy = Arc::clone(&self.desk.policy);
        let list = &policy.overflow.telephones;
        let Some(call) = self.desk.calls.get(&id) else { return };
        if matches!(call.phase, Phase::Ringing { .. }) {
            // Who answers outside must find the line up.
            return self.take_line(id, Prompt::Greeting);
        }
        if call.listening().is_none() && !matches!(call.phase, Phase::Waiting { .. }) {
            return;
        }
        let from = call.rang_outside;
        let busy = |one: &Telephone| self.desk.outside.values().any(|other| other.telephone.number == one.number);
        let next = (from..from + list.len()).find(|nth| !busy(&list[nth % list.len()]));
        let Some(nth) = next else { return };
        let telephone = list[nth % list.len()].clone();
        if let Some(call) = self.desk.calls.get_mut(&id) {
            call.rang_outside = nth + 1;
        }
        let leg = CallId(self.ids.next_id());
        self.fact(Fact::RangOutside { call: id, leg, telephone: telephone.name.clone() });
        self.order(LineOrder::RingOutside { leg, number: telephone.number.clone() });
        self.desk.outside.insert(leg, Outside { call: id, telephone, since: self.now, talks: Talks::NotYet });
    }

    /// Somebody took the telephone up. Says whether it is a line to one.
    pub(super) fn outside_up(&mut self, leg: CallId) -> bool {
        let now = self.now;
        let Some(outside) = self.desk.outside.get_mut(&leg) else { return false };
        let (id, name) = (outside.call, outside.telephone.name.clone());
        let Some(call) = self.desk.calls.get_mut(&id) else { return true };
        // A seat was faster: the line is released.
        let Ok(phase) = call.phase.answer_at_telephone(leg, now) else { return true };
        call.phase = phase;
        outside.talks = Talks::WithTheCaller;
        let number = call.about.number.clone();
        self.order(LineOrder::Join { call: id, leg });
        self.fact(Fact::AnsweredOutside { call: id, leg, telephone: name });
        if let Some(number) = number {
            self.close_entries(id, &number, CallbackResult::ReachedHelp, None);
        }
        true
    }

    /// The telephone refused, or its person put it down; a caller who is still there waits for the next. Says whether it
    /// is a line to one.
    pub(super) fn outside_down(&mut self, leg: CallId) -> bool {
        let now = self.now;
        let Some(outside) = self.desk.outside.remove(&leg) else { return false };
        if outside.talks == Talks::WithTheCaller
            && let Some(call) = self.desk.calls.get_mut(&outside.call)
            && let Ok(phase) = call.phase.leave_telephone(now)
        {
            call.phase = phase;
            self.order(LineOrder::Detach { call: outside.call });
        }
        true
    }
}
