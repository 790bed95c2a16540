//! What the voice side tells.

use super::{Arrival, Known, LineEvent, LineOrder, Step, seat::Station};
use crate::{
    call::{About, Call, Down, Phase, live::Fact},
    ids::{CallId, StationId},
    phone::Caller,
    screening::{Reason, Signal, Verdict, judge, signals},
    view::{
        call::{CallOutcome, EndedBy},
        desk::{CallbackReason, Direction, Link},
    },
};
use std::sync::Arc;

impl Step<'_> {
    pub(super) fn line_event(&mut self, event: LineEvent) {
        match event {
            LineEvent::Arrived { call, arrival } => self.arrived(call, arrival),
            LineEvent::Deferred { call, arrival } => self.deferred(call, arrival),
            LineEvent::Up { call } => self.line_up(call),
            LineEvent::Down { call, by } => self.line_down(call, by),
            LineEvent::Key { call, digit } => {
                if self.desk.calls.contains_key(&call) {
                    self.fact(Fact::KeyPressed { call, digit });
                }
            }
            LineEvent::Heard { call, sound, level_dbfs: _ } => {
                let now = self.now;
                if let Some(call) = self.desk.calls.get_mut(&call) {
                    call.hear(now, sound);
                }
            }
            LineEvent::Said { .. } => {}
            LineEvent::StationUp { station } => self.station_up(station),
            LineEvent::StationDown { station } => self.station_down(station),
            LineEvent::Recorded { call, file, duration_ms, segments, hash } => {
                self.desk.recording = Link::Up;
                self.fact(Fact::Recorded { call, file, duration_ms, segments, hash });
            }
            LineEvent::RecordingFailed { .. } => self.desk.recording = Link::Down,
            LineEvent::Watchdog { up } => self.desk.telephone = if up { Link::Up } else { Link::Down },
        }
    }

    fn arrived(&mut self, id: CallId, arrival: Arrival) {
        if self.desk.calls.contains_key(&id) {
            return;
        }
        let about = self.about(id, arrival);
        let known = about.number.is_some();
        self.desk.calls.insert(id, Call::new(about, Phase::Ringing { offer: None }));
        self.order(LineOrder::Ring { call: id });
        if !known {
            self.decide(id, judge(&[Signal::NoNumber]));
        }
    }

    fn about(&self, id: CallId, arrival: Arrival) -> About {
        let caller = Caller::read(arrival.number_raw.as_deref().unwrap_or_default());
        let number_shown = match &caller {
            Caller::Known(number) => Some(number.show()),
            Caller::Withheld => None,
            Caller::Unreadable => arrival.number_raw.clone(),
        };
        About {
            call: id,
            direction: Direction::Incoming,
            number: caller.number().map(|number| number.e164().to_owned()),
            number_raw: arrival.number_raw,
            number_shown,
            display_name: arrival.display_name,
            sip_call_id: arrival.sip_call_id,
            offered_at: self.now,
            verdict: None,
            history: String::new(),
            real_before: false,
            callback: None,
        }
    }

    /// The number's history came, or did not come in time. What comes late fills the card and changes no order.
    pub(super) fn known(&mut self, id: CallId, known: Option<Known>) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let verdict = match &known {
            Some(known) => judge(&signals(&known.facts, self.now)),
            None => Verdict::plain(Some(Reason::HistoryUnknown)),
        };
        if let Some(known) = known {
            let about = Arc::make_mut(&mut call.about);
            about.real_before = known.facts.real.is_some();
            about.history = known.sentence;
        }
        if call.about.verdict.is_none() {
            self.decide(id, verdict);
        }
    }

    /// The call's row begins. Without a verdict it does not ring at a seat; this is the only place that gives one.
    pub(super) fn decide(&mut self, id: CallId, verdict: Verdict) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let about = Arc::make_mut(&mut call.about);
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
        let offered_at = about.offered_at;
        about.verdict = Some(verdict);
        // The row begins when the call did, not when its history was read.
        let now = std::mem::replace(&mut self.now, offered_at);
        self.fact(fact);
        self.now = now;
    }

    fn deferred(&mut self, id: CallId, arrival: Arrival) {
        if self.desk.calls.contains_key(&id) {
            return;
        }
        let about = self.about(id, arrival);
        let number = about.number.clone();
        self.desk.calls.insert(id, Call::new(about, Phase::Ringing { offer: None }));
        self.decide(id, Verdict::plain(None));
        self.desk.calls.remove(&id);
        self.fact(Fact::Ended { call: id, outcome: CallOutcome::Deferred, by: EndedBy::Network });
        self.callback_due(id, number, CallbackReason::Deferred, String::new());
    }

    fn line_up(&mut self, id: CallId) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let (asked, holder, number) = (station_asked(&call.phase), call.phase.holder(), call.about.number.clone());
        let Ok(phase) = call.phase.line_up(self.now) else { return };
        call.phase = phase;
        let Some(holder) = holder else {
            // Nobody holds it: it came up after it was offered again.
            self.undecided_is_plain(id);
            self.order(LineOrder::Detach { call: id });
            return;
        };
        self.undecided_is_plain(id);
        self.fact(Fact::Answered { call: id, seat: holder.seat, call_taker: holder.user });
        self.reached(id, number.as_deref());
        match self.desk.seats.get(&holder.seat).map(|seat| seat.station) {
            Some(Station::Up(station)) if Some(station) != asked => self.order(LineOrder::Attach { call: id, station }),
            Some(Station::Up(_)) => {}
            Some(Station::Down { .. }) | None => self.order(LineOrder::Detach { call: id }),
        }
    }

    pub(super) fn undecided_is_plain(&mut self, id: CallId) {
        if self.desk.calls.get(&id).is_some_and(|call| call.about.verdict.is_none()) {
            self.decide(id, Verdict::plain(Some(Reason::HistoryUnknown)));
        }
    }

    pub(super) fn line_down(&mut self, id: CallId, by: EndedBy) {
        self.undecided_is_plain(id);
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let (down, seat) = (call.phase.line_down(self.now), call.phase.on_line().map(|holder| holder.seat));
        let (about, given) = (Arc::clone(&call.about), call.given.is_some());
        if let Some(seat) = seat.and_then(|seat| self.desk.seats.get_mut(&seat)) {
            seat.idle_since = self.now;
        }
        // Our own process stops and had to let the line go: the caller is called first after the restart.
        let ours = by == EndedBy::Interrupted;
        match down {
            Down::Already => {}
            Down::Wrap(wrap) => {
                call.phase = Phase::Wrap(wrap);
                self.fact(Fact::Ended { call: id, outcome: CallOutcome::Answered, by });
                if ours || (wrap.holder.is_none() && !given) {
                    self.callback_due(id, about.number.clone(), CallbackReason::Interrupted, about.history.clone());
                }
            }
            Down::Unanswered => {
                self.desk.calls.remove(&id);
                let (number, history) = (about.number.clone(), about.history.clone());
                if let Some(callback) = about.callback {
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Abandoned, by });
                    self.callback_missed(callback, id);
                } else if ours {
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Failed, by });
                    self.callback_due(id, number, CallbackReason::Interrupted, history);
                } else {
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Abandoned, by });
                    self.callback_due(id, number, CallbackReason::Abandoned, history);
                }
            }
        }
    }

    /// The line is down and the call's own state failed on it: its row still ends once, and its caller is called back.
    pub(super) fn broken(&mut self, id: CallId) {
        self.undecided_is_plain(id);
        let Some(call) = self.desk.calls.remove(&id) else { return };
        if matches!(call.phase, Phase::Wrap(_)) {
            return;
        }
        let outcome = if call.phase.answered_at().is_some() { CallOutcome::Answered } else { CallOutcome::Failed };
        self.fact(Fact::Ended { call: id, outcome, by: EndedBy::CannotTell });
        let (number, history) = (call.about.number.clone(), call.about.history.clone());
        self.callback_due(id, number, CallbackReason::Interrupted, history);
    }

    fn station_up(&mut self, station: StationId) {
        let Some((id, seat)) = self.desk.seats.iter_mut().find(|(_, seat)| seat.station_bound() == Some(station))
        else {
            return;
        };
        if seat.station_up().is_some() {
            return;
        }
        seat.station = Station::Up(station);
        seat.idle_since = self.now;
        let (id, user) = (*id, seat.user);
        let Some(call) = self.desk.on_line(id) else { return };
        let Some(Phase::Talking(talk) | Phase::Held(talk)) = self.desk.calls.get(&call).map(|call| call.phase) else {
            return;
        };
        let held = self.desk.calls.get(&call).is_some_and(|call| matches!(call.phase, Phase::Held(_)));
        self.order(LineOrder::Attach { call, station });
        if talk.muted {
            self.order(LineOrder::Mute { call, on: true });
        }
        if held {
            self.order(LineOrder::Hold { call, on: true });
        }
        self.fact(Fact::Moved { call, seat: id, call_taker: user });
    }

    fn station_down(&mut self, station: StationId) {
        let Some((id, seat)) = self.desk.seats.iter_mut().find(|(_, seat)| seat.station_up() == Some(station)) else {
            return;
        };
        seat.station = Station::Down { id: Some(station), since: self.now };
        let id = *id;
        let talks = |call: &CallId| {
            self.desk.calls.get(call).is_some_and(|call| matches!(call.phase, Phase::Talking(_) | Phase::Held(_)))
        };
        if let Some(call) = self.desk.on_line(id).filter(talks) {
            // The caller hears at once that nobody hung up; the seat has a while to come back.
            self.order(LineOrder::Detach { call });
        }
    }
}

fn station_asked(phase: &Phase) -> Option<StationId> {
    match phase {
        Phase::Answering { station, .. } | Phase::Dialling { station, .. } => Some(*station),
        _ => None,
    }
}
