//! What the voice side tells.

use super::{Arrival, LineEvent, LineOrder, Step, seat::Station};
use crate::{
    call::{About, Call, Down, Phase, Prompt, live::Fact},
    ids::{CallId, StationId, UserId},
    limits::EARLY_POSITION_MS,
    location::{Located, PositionSource, best, read},
    phone::Caller,
    screening::{Signal, Verdict, judge},
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
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
            LineEvent::Failed { call } => self.line_over(call, EndedBy::Network, Fault::Ours),
            LineEvent::NotReached { call, status } => self.not_reached(call, status),
            LineEvent::Key { call, digit } => self.key(call, digit),
            LineEvent::Heard { call, sound, level_dbfs } => self.heard(call, sound, level_dbfs),
            LineEvent::Said { call, prompt } => self.said(call, prompt),
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

    fn arrived(&mut self, id: CallId, mut arrival: Arrival) {
        if self.desk.calls.contains_key(&id) {
            return;
        }
        // A point of a PIDF-LO has no radius; and a trunk may pass on the 0,0 of a telephone without a fix.
        let position = arrival.position.and_then(|told| read(told.latitude, told.longitude, Some(told.radius_m)));
        arrival.position = position;
        let about = self.about(id, arrival);
        let drill = about.drill.is_some();
        let (known, signals, early) = (about.number.is_some(), about.signals.clone(), self.early(&about));
        let told = position.map(|position| Located { position, source: PositionSource::Invite, at: self.now });
        let mut call = Call::new(about, Phase::Ringing { offer: None });
        call.position = best(told.into_iter().chain(early), self.desk.world.region.as_ref());
        self.desk.calls.insert(id, call);
        self.order(LineOrder::Ring { call: id });
        if let Some(position) = position {
            self.fact(Fact::Located { call: id, position });
        }
        if drill {
            // Nobody has a history with the simulator.
            self.decide(id, Verdict::plain(None));
        } else if !known {
            self.decide(id, judge(&signals, &self.desk.policy.screening));
        }
    }

    fn about(&mut self, id: CallId, arrival: Arrival) -> About {
        let token = arrival.sip_call_id.as_deref().filter(|token| self.desk.drills.holds(token));
        let now = self.now;
        let drill = token.and_then(|token| Arc::make_mut(&mut self.desk.drills).take(token, now));
        let caller = Caller::read(arrival.number_raw.as_deref().unwrap_or_default());
        let number_shown = match &caller {
            Caller::Known(number) => Some(number.show()),
            Caller::Withheld => None,
            Caller::Unreadable => arrival.number_raw.clone(),
        };
        let early = caller.number().and_then(|number| self.desk.early.get(number.e164()));
        let early = early.filter(|one| self.now.ms_since(one.at) < EARLY_POSITION_MS).map(|one| one.position);
        let mut signals = self.signals_of(arrival.position.or(early).as_ref());
        if caller.number().is_none() {
            signals.push(Signal::NoNumber);
        }
        About {
            call: id,
            direction: if drill.is_some() { Direction::Drill } else { Direction::Incoming },
            number: caller.number().map(|number| number.e164().to_owned()),
            number_raw: arrival.number_raw,
            number_shown,
            display_name: arrival.display_name,
            sip_call_id: arrival.sip_call_id,
            offered_at: self.now,
            signals,
            history: String::new(),
            real_before: false,
            callback: None,
            drill,
        }
    }

    /// A position that came before its call.
    fn early(&self, about: &About) -> Option<Located> {
        let located = *self.desk.early.get(about.number.as_deref()?)?;
        (self.now.ms_since(located.at) < EARLY_POSITION_MS).then_some(located)
    }

    fn deferred(&mut self, id: CallId, arrival: Arrival) {
        if self.desk.calls.contains_key(&id) {
            return;
        }
        let about = self.about(id, arrival);
        let number = about.known_number().map(str::to_owned);
        self.desk.calls.insert(id, Call::new(about, Phase::Ringing { offer: None }));
        self.decide(id, Verdict::plain(None));
        self.desk.calls.remove(&id);
        self.fact(Fact::Ended { call: id, outcome: CallOutcome::Deferred, by: EndedBy::Network });
        self.callback_due(id, number, CallbackReason::Deferred, String::new());
    }

    fn line_up(&mut self, id: CallId) {
        if self.outside_up(id) {
            return;
        }
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let (asked, holder, number) =
            (station_asked(&call.phase), call.phase.holder(), call.about.known_number().map(str::to_owned));
        let Ok(phase) = call.phase.line_up(self.now) else { return };
        call.phase = phase;
        let greeted = call.greeted;
        if let Phase::Listening(listen) = phase {
            if listen.prompt == Prompt::CallBackMenu {
                // The machine itself asks the same.
                call.asked_at = Some(self.now);
            }
            self.fact(Fact::Greeted { call: id, prompt: listen.prompt });
            return;
        }
        let Some(holder) = holder else {
            // Nobody holds it: it came up after it was offered again.
            self.undecided_is_plain(id);
            self.order(LineOrder::Detach { call: id });
            return;
        };
        self.undecided_is_plain(id);
        self.fact(Fact::Answered { call: id, seat: holder.seat, call_taker: holder.user });
        self.reached(id, number.as_deref(), holder.user);
        match self.desk.seats.get(&holder.seat).map(|seat| seat.station) {
            // The machine took the line: that somebody is there now may have come too early to be heeded.
            Some(Station::Up(station)) if Some(station) != asked || greeted.is_some() => {
                self.order(LineOrder::Attach { call: id, station })
            }
            Some(Station::Up(_)) => {}
            Some(Station::Down { .. }) | None => self.order(LineOrder::Detach { call: id }),
        }
    }

    pub(super) fn line_down(&mut self, id: CallId, by: EndedBy) {
        // Our own process stops and had to let the line go: the caller is called first after the restart.
        let fault = if by == EndedBy::Interrupted { Fault::Ours } else { Fault::Theirs };
        self.line_over(id, by, fault);
    }

    fn line_over(&mut self, id: CallId, by: EndedBy, fault: Fault) {
        if self.outside_down(id) {
            return;
        }
        self.undecided_is_plain(id);
        self.end_supervision(id);
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let (down, seat) = (call.phase.line_down(self.now), call.phase.on_line().map(|holder| holder.seat));
        let (phase, evidence) = (call.phase, call.evidence);
        let (about, given, unheard) = (Arc::clone(&call.about), call.given.is_some(), !call.gave_sign);
        let number = about.known_number().map(str::to_owned);
        let wanted_person = call.back.is_some();
        if let Some(seat) = seat.and_then(|seat| self.desk.seats.get_mut(&seat)) {
            seat.idle_since = self.now;
        }
        match down {
            Down::Already => {}
            Down::Wrap(wrap) => {
                call.phase = Phase::Wrap(wrap);
                self.fact(Fact::Ended { call: id, outcome: CallOutcome::Answered, by });
                // Nobody was there, or the network cut a conversation that nobody had judged yet.
                let at_telephone = matches!(phase, Phase::AtTelephone { .. });
                let cut = (wrap.holder.is_none() && !at_telephone) || by == EndedBy::Network;
                // The ghost of a line that was left to the machine was said before its caller could answer.
                let could_not_answer = by == EndedBy::Network && unheard && matches!(phase, Phase::Listening(_));
                if by == EndedBy::Interrupted || (cut && !given) || could_not_answer {
                    self.callback_due(id, number.clone(), CallbackReason::Interrupted, about.history.clone());
                } else if wanted_person && cut {
                    self.callback_due(id, number.clone(), CallbackReason::Abandoned, about.history.clone());
                }
            }
            Down::Unanswered => {
                self.desk.calls.remove(&id);
                let (number, history) = (number.clone(), about.history.clone());
                if let Some(callback) = about.callback {
                    let result = result_of(phase, evidence.is_some(), by);
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Abandoned, by });
                    if let Some((result, by)) = result {
                        self.callback_missed(callback, id, result, by);
                    }
                } else if fault == Fault::Ours {
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Failed, by });
                    self.callback_due(id, number, CallbackReason::Interrupted, history);
                } else {
                    self.fact(Fact::Ended { call: id, outcome: CallOutcome::Abandoned, by });
                    self.callback_due(id, number, CallbackReason::Abandoned, history);
                }
            }
        }
    }

    /// Our call to somebody did not come up.
    fn not_reached(&mut self, id: CallId, status: Option<u16>) {
        if self.outside_down(id) {
            return;
        }
        let Some(call) = self.desk.calls.get(&id) else { return };
        let by = match call.phase {
            Phase::Dialling { holder, .. } => Some(holder.user),
            Phase::Asking { .. } => None,
            _ => return self.line_down(id, EndedBy::Network),
        };
        let (callback, seat) = (call.about.callback, call.phase.seat());
        self.desk.calls.remove(&id);
        if let Some(seat) = seat.and_then(|seat| self.desk.seats.get_mut(&seat)) {
            seat.idle_since = self.now;
        }
        self.fact(Fact::Ended { call: id, outcome: CallOutcome::Abandoned, by: EndedBy::Network });
        if let Some(callback) = callback {
            self.callback_missed(callback, id, of_status(status), by);
        }
    }

    /// The line is down and the call's own state failed on it: its row still ends once, and its caller is called back.
    pub(super) fn broken(&mut self, id: CallId) {
        if self.outside_down(id) {
            return;
        }
        self.undecided_is_plain(id);
        self.end_supervision(id);
        let Some(call) = self.desk.calls.remove(&id) else { return };
        if matches!(call.phase, Phase::Wrap(_)) {
            return;
        }
        let outcome = if call.phase.answered_at().is_some() { CallOutcome::Answered } else { CallOutcome::Failed };
        self.fact(Fact::Ended { call: id, outcome, by: EndedBy::CannotTell });
        let (number, history) = (call.about.known_number().map(str::to_owned), call.about.history.clone());
        self.callback_due(id, number, CallbackReason::Interrupted, history);
    }
}

/// Why nobody could answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Ours,
    Theirs,
}

/// RFC 3261, section 21: busy here and everywhere; not there, not now; everything else did not arrive.
fn of_status(status: Option<u16>) -> CallbackResult {
    match status {
        Some(486 | 600) => CallbackResult::Busy,
        None | Some(408 | 480 | 487 | 603) => CallbackResult::NoAnswer,
        Some(_) => CallbackResult::Failed,
    }
}

/// What a try to call back led to, and who made it. `None`: it was settled before ("salah tekan").
fn result_of(phase: Phase, heard: bool, by: EndedBy) -> Option<(CallbackResult, Option<UserId>)> {
    match phase {
        Phase::Listening(listen) if listen.is_settled() => None,
        Phase::Listening(_) if heard => Some((CallbackResult::Gone, None)),
        Phase::Listening(_) => Some((CallbackResult::Silent, None)),
        Phase::Dialling { holder, .. } => Some((CallbackResult::NoAnswer, Some(holder.user))),
        _ if by == EndedBy::Network => Some((CallbackResult::NoAnswer, None)),
        _ => Some((CallbackResult::Failed, None)),
    }
}

fn station_asked(phase: &Phase) -> Option<StationId> {
    match phase {
        Phase::Answering { station, .. } | Phase::Dialling { station, .. } => Some(*station),
        _ => None,
    }
}
