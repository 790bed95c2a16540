//! A caller who abuses: the person at the seat lets the machine go on with them. The line stays up, the machine says that
//! help is still there, and listens. A key, or a word to us, brings a person again, another one where there is one.

use super::{DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{Back, Evidence, Given, HandedOff, Holder, Phase, Prompt, live::Fact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    limits::{ANOTHER_SEAT_MS, SAYING_MS_MAX, WORDS_MS_MAX},
    screening::Heard,
    time::Timestamp,
    view::desk::{ClassChoice, Speech},
};

/// What a person who hands a caller off says the call was.
fn abuse() -> ClassChoice {
    ClassChoice { class: Class::Prank, sub: Some("abuse".to_owned()) }
}

impl Step<'_> {
    /// The seat is paused from now on: its person takes a breath, and ends it by their own key.
    pub(super) fn hand_off(&mut self, user: UserId, id: CallId) -> Result<DeskReply, Refusal> {
        let (now, seat) = (self.now, self.seat_of(user)?);
        let call = self.own_line(user, id)?;
        let before = call.phase;
        let after = before.hand_off(now)?;
        // Whoever threatens them would hear the sentence, and that they called us.
        if call.duress_at.is_some() {
            return Err(Refusal::Threatened);
        }
        call.phase = after;
        (call.evidence, call.silent_since) = (None, None);
        // A class that somebody gave is a judgement already.
        let choice = (call.given.is_none() && call.incident.is_none()).then(abuse);
        if let Some(choice) = choice.clone() {
            call.given = Some(Given { choice, by: user, at: now, before: None });
        }
        if matches!(before, Phase::Held(_)) {
            self.order(LineOrder::Hold { call: id, on: false });
            self.fact(Fact::Held { call: id, on: false });
        }
        if matches!(before, Phase::Talking(talk) | Phase::Held(talk) if talk.muted) {
            self.order(LineOrder::Mute { call: id, on: false });
        }
        self.order(LineOrder::Detach { call: id });
        self.order(LineOrder::Say { call: id, prompt: Prompt::Abuse });
        self.fact(Fact::HandedOff { call: id, by: user, seat });
        if choice.is_some() {
            self.fact(Fact::Classed { call: id, by: user, choice });
        }
        self.set_pause(seat, true);
        Ok(DeskReply::Done)
    }

    /// Within the time to take a key back, the caller is with the same person again. `None`: it is no such call.
    pub(super) fn take_back(&mut self, user: UserId, id: CallId) -> Option<Result<DeskReply, Refusal>> {
        let now = self.now;
        let call = self.desk.calls.get(&id)?;
        let Phase::HandedOff(off) = call.phase else { return None };
        if off.by.user != user {
            return Some(Err(Refusal::NotYourCall));
        }
        if now >= off.undo_until() {
            return Some(Err(Refusal::UndoTooLate));
        }
        Some(self.speaking_seat(user).and_then(|(seat, station)| {
            let by_this = call_was_classed_at(self, id, off.since);
            let call = self.call_mut(id)?;
            call.phase = call.phase.answer(Holder { seat, ..off.by }, station)?;
            if by_this {
                call.given = None;
            }
            self.leave_wrap(seat, id);
            self.order(LineOrder::Attach { call: id, station });
            self.fact(Fact::Moved { call: id, seat, call_taker: user, reason: None });
            if by_this {
                self.fact(Fact::Classed { call: id, by: user, choice: None });
            }
            self.set_pause(seat, false);
            Ok(DeskReply::Done)
        }))
    }

    /// A person takes a caller who had been handed off: what the call is, is theirs to say again.
    pub(super) fn judged_anew(&mut self, id: CallId, by: UserId, before: Phase) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let handed_off = call.back.take().is_some() || before.handed_off().is_some();
        if handed_off && call.incident.is_none() && call.given.take().is_some() {
            self.fact(Fact::Classed { call: id, by, choice: None });
        }
    }

    pub(super) fn is_handed_off(&self, id: CallId) -> bool {
        self.desk.calls.get(&id).is_some_and(|call| matches!(call.phase, Phase::HandedOff(_)))
    }

    /// Anybody at a seat may end such a line by their own will; the machine never does.
    pub(super) fn close_handed_off(&mut self, user: UserId, id: CallId) -> Result<(), Refusal> {
        let now = self.now;
        self.seat_of(user)?;
        let call = self.call_mut(id)?;
        call.phase = call.phase.close(now)?;
        Ok(())
    }

    /// The sentence is over. Who was silent all the while speaks to us with the first word.
    pub(super) fn handed_off_said(&mut self, id: CallId, at: Timestamp) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let quiet = matches!(call.speech, Speech::Silent { .. } | Speech::Unknown);
        if let Phase::HandedOff(off) = &mut call.phase {
            let said_at = *off.said_at.get_or_insert(at);
            if quiet {
                off.quiet_at.get_or_insert(said_at);
            }
        }
    }

    pub(super) fn handed_off_quiet(&mut self, id: CallId) {
        let now = self.now;
        if let Some(Phase::HandedOff(off)) = self.desk.calls.get_mut(&id).map(|call| &mut call.phase)
            && off.said_at.is_some()
        {
            off.quiet_at.get_or_insert(now);
        }
    }

    /// A sign of who was handed off. A key or something sent counts at once; a sound once it follows the sentence and a
    /// pause, so that shouting on is no word to us.
    pub(super) fn handed_off_sign(&mut self, id: CallId, sign: Heard) {
        let Some(Phase::HandedOff(off)) = self.desk.calls.get(&id).map(|call| call.phase) else { return };
        if matches!(sign, Heard::Key | Heard::Sent) || off.quiet_at.is_some() {
            self.come_back(id, sign);
        }
    }

    fn come_back(&mut self, id: CallId, sign: Heard) {
        let now = self.now;
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        let Phase::HandedOff(off) = call.phase else { return };
        let Ok(phase) = call.phase.want_person(now) else { return };
        call.phase = phase;
        call.back = Some(Back { from: off.by, at: now });
        call.evidence = Some(Evidence { strongest: sign, at: now });
        self.order(LineOrder::Detach { call: id });
        self.fact(Fact::CameBack { call: id, sign });
    }

    /// With time: a sentence whose end was never told is over; who goes on speaking after it is heard by a person too.
    pub(super) fn handed_off(&mut self) {
        let now = self.now;
        let late = |off: &HandedOff| off.said_at.is_none() && now.ms_since(off.since) >= SAYING_MS_MAX;
        let late = self.ids_where(|call| matches!(&call.phase, Phase::HandedOff(off) if late(off)));
        for id in late {
            let since = self.desk.calls.get(&id).and_then(|call| call.phase.handed_off()).map(|off| off.since);
            self.handed_off_said(id, since.unwrap_or(now).plus_ms(SAYING_MS_MAX));
        }
        let mut loud = Vec::new();
        for (id, call) in &self.desk.calls {
            let Some(said_at) = call.phase.handed_off().and_then(|off| off.said_at) else { continue };
            let sign = match call.speech {
                Speech::Voice => Heard::Voice,
                Speech::Noise => Heard::Noise,
                Speech::Silent { .. } | Speech::Unknown => continue,
            };
            if now.ms_since(said_at) >= WORDS_MS_MAX {
                loud.push((*id, sign));
            }
        }
        for (id, sign) in loud {
            self.come_back(id, sign);
        }
    }

    /// The seat that is asked last for this caller, as long as another may come free.
    pub(super) fn avoided(&self, back: Option<Back>) -> Option<SeatId> {
        let back = back.filter(|back| self.now.ms_since(back.at) < ANOTHER_SEAT_MS)?;
        let same = self.desk.seats.get(&back.from.seat).is_some_and(|seat| seat.user == back.from.user);
        let others = self
            .desk
            .seats
            .iter()
            .any(|(id, seat)| *id != back.from.seat && seat.paused_since.is_none() && seat.is_reachable(self.now));
        (same && others).then_some(back.from.seat)
    }
}

/// The hand-off itself gave the class.
fn call_was_classed_at(step: &Step<'_>, id: CallId, at: Timestamp) -> bool {
    step.desk.calls.get(&id).and_then(|call| call.given.as_ref()).is_some_and(|given| given.at == at)
}
