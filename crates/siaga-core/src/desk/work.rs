//! Commands about a call.

use super::{DeskReply, LineOrder, Press, Refusal, Step};
use crate::{
    call::{Call, Given, Holder, Phase, live::Fact},
    class::{Class, SUB_REASONS},
    ids::{CallId, SeatId, UserId},
    limits::{CLAIM_FREE_MS, KEYPAD_DIGITS_MAX, REASON_CHARS_MAX},
    role::Role,
    view::desk::ClassChoice,
};

impl Step<'_> {
    pub(super) fn call_mut(&mut self, id: CallId) -> Result<&mut Call, Refusal> {
        self.desk.calls.get_mut(&id).ok_or(Refusal::CallGone)
    }

    /// The call of this person's seat, in conversation or dialling.
    pub(super) fn own_line(&mut self, user: UserId, id: CallId) -> Result<&mut Call, Refusal> {
        self.seat_of(user)?;
        let call = self.call_mut(id)?;
        match call.phase.on_line() {
            Some(holder) if holder.user == user => Ok(call),
            _ => Err(call.phase.no_talk()),
        }
    }

    pub(super) fn answer(&mut self, user: UserId, id: CallId) -> Result<DeskReply, Refusal> {
        if self.desk.calls.get(&id).and_then(|call| call.phase.on_line()).is_some_and(|holder| holder.user == user) {
            // The same key again, or the same request after a lost answer.
            return Ok(DeskReply::Call(id));
        }
        let (seat, station) = self.speaking_seat(user)?;
        let now = self.now;
        let call = self.call_mut(id)?;
        let spoken = call.phase.answered_at().is_some();
        let was_left = call.was_left();
        let before = call.phase;
        call.phase = call.phase.answer(Holder { seat, user, since: now }, station)?;
        let up = matches!(call.phase, Phase::Talking(_));
        if was_left {
            // Whoever left it to the machine had said ghost; who takes it says what it is.
            self.no_ghost(id);
        }
        let call = self.call_mut(id)?;
        let number = call.about.known_number().map(str::to_owned);
        self.undecided_is_plain(id);
        self.leave_wrap(seat, id);
        if !up {
            self.order(LineOrder::Answer { call: id, station });
            return Ok(DeskReply::Call(id));
        }
        self.order(LineOrder::Attach { call: id, station });
        self.judged_anew(id, user, before);
        if spoken {
            self.fact(Fact::Moved { call: id, seat, call_taker: user, reason: None });
        } else {
            self.fact(Fact::Answered { call: id, seat, call_taker: user });
            self.reached(id, number.as_deref(), user);
        }
        Ok(DeskReply::Call(id))
    }

    /// Taking a call comes before paperwork: what the seat was writing up stays on the desk without a seat.
    pub(super) fn leave_wrap(&mut self, seat: SeatId, taken: CallId) {
        if let Some(wrap) = self.desk.wrap(seat).filter(|wrap| *wrap != taken) {
            self.unseat(wrap);
        }
    }

    pub(super) fn mute(&mut self, user: UserId, id: CallId, on: bool) -> Result<DeskReply, Refusal> {
        let call = self.own_line(user, id)?;
        call.phase = call.phase.mute(on)?;
        self.order(LineOrder::Mute { call: id, on });
        Ok(DeskReply::Done)
    }

    pub(super) fn hold(&mut self, user: UserId, id: CallId, on: bool) -> Result<DeskReply, Refusal> {
        let call = self.own_line(user, id)?;
        let before = call.phase;
        call.phase = call.phase.hold(on)?;
        if call.phase != before {
            self.order(LineOrder::Hold { call: id, on });
            self.fact(Fact::Held { call: id, on });
        }
        Ok(DeskReply::Done)
    }

    pub(super) fn keypad(&mut self, user: UserId, id: CallId, digits: String) -> Result<DeskReply, Refusal> {
        let call = self.own_line(user, id)?;
        if !matches!(call.phase, Phase::Talking(_) | Phase::Held(_)) {
            return Err(call.phase.no_talk());
        }
        let fits = (1..=KEYPAD_DIGITS_MAX).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'*' || b == b'#');
        if !fits {
            return Err(Refusal::KeypadInvalid);
        }
        self.order(LineOrder::Keypad { call: id, digits });
        Ok(DeskReply::Done)
    }

    pub(super) fn end(&mut self, user: UserId, id: CallId) -> Result<DeskReply, Refusal> {
        if self.is_handed_off(id) {
            self.close_handed_off(user, id)?;
            self.order(LineOrder::HangUp { call: id });
            return Ok(DeskReply::Done);
        }
        let call = self.own_line(user, id)?;
        if matches!(call.phase, Phase::Answering { .. }) {
            // Nobody has heard this caller yet.
            return Err(Refusal::NotAnswered);
        }
        self.note_unheard_end(user, id);
        self.order(LineOrder::HangUp { call: id });
        Ok(DeskReply::Done)
    }

    pub(super) fn class(
        &mut self,
        user: UserId,
        id: CallId,
        choice: ClassChoice,
        press: Press,
    ) -> Result<DeskReply, Refusal> {
        let now = self.now;
        if !class_may_be_given(&choice) {
            return Err(Refusal::UnknownClass);
        }
        if press == Press::Hold && self.is_silent_line(id) {
            self.seat_of(user)?;
            self.note_unheard_end(user, id);
            self.end_silent_line(user, id)?;
            // What it was while it was left to the machine is no class to go back to.
            self.call_mut(id)?.given = None;
        }
        if press == Press::Hold && self.is_handed_off(id) {
            self.close_handed_off(user, id)?;
        }
        let line_up = self.may_class(user, id)?;
        if line_up && press == Press::Hold {
            self.note_unheard_end(user, id);
        }
        let call = self.call_mut(id)?;
        call.given = Some(Given::over(call.given.take(), choice.clone(), user, now));
        self.fact(Fact::Classed { call: id, by: user, choice: Some(choice) });
        if line_up && press == Press::Hold {
            self.order(LineOrder::HangUp { call: id });
        }
        Ok(DeskReply::Done)
    }

    /// Whether the line is up. A call in wrap without a seat may be classed from any seat.
    fn may_class(&mut self, user: UserId, id: CallId) -> Result<bool, Refusal> {
        self.seat_of(user)?;
        let phase = self.call_mut(id)?.phase;
        match phase {
            Phase::Talking(talk) | Phase::Held(talk) if talk.holder.user == user => Ok(true),
            Phase::Closing { .. } | Phase::HandedOff(_) => Ok(true),
            Phase::Wrap(wrap) if wrap.holder.is_none_or(|holder| holder.user == user) => Ok(false),
            Phase::Wrap(_) => Err(Refusal::NotYourCall),
            phase => Err(phase.no_talk()),
        }
    }

    pub(super) fn undo_class(&mut self, user: UserId, id: CallId) -> Result<DeskReply, Refusal> {
        let seat = self.seat_of(user)?;
        if let Some(taken) = self.take_back(user, id) {
            return taken;
        }
        let now = self.now;
        let Some(call) = self.desk.calls.get(&id) else { return Err(Refusal::UndoTooLate) };
        match &call.given {
            Some(given) if now < given.undo_until() => {}
            _ => return Err(Refusal::UndoTooLate),
        }
        self.may_class(user, id)?;
        let seat_is_free = self.desk.on_line(seat).is_none() && self.desk.wrap(seat).is_none();
        let call = self.call_mut(id)?;
        call.given = call.given.take().and_then(|given| given.before).map(|before| *before);
        let choice = call.given.as_ref().map(|given| given.choice.clone());
        // With a class again it needs nobody's hands.
        if let Phase::Wrap(wrap) = &mut call.phase
            && choice.is_none()
            && wrap.holder.is_none()
            && seat_is_free
        {
            wrap.holder = Some(Holder { seat, user, since: now });
        }
        self.fact(Fact::Classed { call: id, by: user, choice });
        Ok(DeskReply::Done)
    }

    pub(super) fn claim(
        &mut self,
        user: UserId,
        role: Role,
        id: CallId,
        reason: Option<String>,
    ) -> Result<DeskReply, Refusal> {
        let now = self.now;
        let phase = self.call_mut(id)?.phase;
        let (Phase::Talking(talk) | Phase::Held(talk)) = phase else { return self.answer(user, id) };
        let (seat, station) = self.speaking_seat(user)?;
        let holder_is_there = self.desk.seats.get(&talk.holder.seat).is_some_and(|seat| seat.is_reachable(now));
        let free = now.ms_since(talk.holder.since) <= CLAIM_FREE_MS;
        if holder_is_there && !free && role != Role::ShiftLead {
            return Err(Refusal::ShiftLeadOnly);
        }
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let told = reason.as_ref().is_some_and(|reason| reason.chars().count() <= REASON_CHARS_MAX);
        if holder_is_there && !free && !told {
            return Err(Refusal::ReasonMissing);
        }
        let call = self.call_mut(id)?;
        call.phase = phase.take_over(Holder { seat, user, since: now })?;
        if let Some(before) = self.desk.seats.get_mut(&talk.holder.seat) {
            before.idle_since = now;
        }
        self.leave_wrap(seat, id);
        if talk.muted {
            self.order(LineOrder::Mute { call: id, on: false });
        }
        if matches!(phase, Phase::Held(_)) {
            self.order(LineOrder::Hold { call: id, on: false });
            self.fact(Fact::Held { call: id, on: false });
        }
        self.order(LineOrder::Attach { call: id, station });
        self.fact(Fact::Moved { call: id, seat, call_taker: user, reason: reason.filter(|_| told) });
        Ok(DeskReply::Call(id))
    }

    pub(super) fn recall(&mut self, user: UserId, role: Role, id: CallId) -> Result<DeskReply, Refusal> {
        let call = self.call_mut(id)?;
        if call.listening().is_some() || matches!(call.phase, Phase::HandedOff(_)) {
            self.fact(Fact::Recalled { call: id, by: user });
            return Ok(DeskReply::Done);
        }
        if call.phase.answered_at().is_none() {
            return Err(Refusal::NotAnswered);
        }
        if role != Role::ShiftLead && call.phase.holder().is_none_or(|holder| holder.user != user) {
            return Err(Refusal::NotYourCall);
        }
        self.fact(Fact::Recalled { call: id, by: user });
        Ok(DeskReply::Done)
    }
}

/// Whether a person may give this class with this sub-reason. *Putus* is the program's word, not a person's.
#[must_use]
pub fn class_may_be_given(choice: &ClassChoice) -> bool {
    choice.class != Class::Abandoned
        && choice
            .sub
            .as_deref()
            .is_none_or(|sub| SUB_REASONS.iter().any(|reason| reason.class == choice.class && reason.key == sub))
}
