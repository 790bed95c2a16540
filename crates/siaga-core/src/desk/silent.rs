//! What people do with a line that the machine listens to, or for a caller who cannot speak.

use super::{DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{Given, Phase, Prompt, live::Fact},
    class::Class,
    ids::{CallId, SeatId, UserId},
    view::desk::{ClassChoice, Direction, SayPrompt},
};

impl Step<'_> {
    pub(super) fn say_for(&mut self, user: UserId, id: CallId, prompt: SayPrompt) -> Result<DeskReply, Refusal> {
        let prompt = match prompt {
            SayPrompt::AnyKey => Prompt::AnyKey,
            SayPrompt::YesNo => Prompt::YesNo,
            SayPrompt::NeedHelp => Prompt::NeedHelp,
        };
        let now = self.now;
        let seat = self.seat_of(user)?;
        let call = self.call_mut(id)?;
        if call.listening().is_some() {
            call.phase = call.phase.say(prompt)?;
        } else {
            let call = self.own_line(user, id)?;
            let Phase::Talking(talk) = call.phase else { return Err(call.phase.no_talk()) };
            if prompt == Prompt::NeedHelp && call.is_unheard() && call.about.direction == Direction::Incoming {
                call.phase = call.phase.leave_to_machine(prompt, now)?;
                self.left(user, seat, id, talk.muted);
            }
        }
        self.call_mut(id)?.asked_at = Some(now);
        self.order(LineOrder::Say { call: id, prompt });
        self.fact(Fact::Said { call: id, by: user, prompt });
        Ok(DeskReply::Done)
    }

    /// Nothing was heard: whoever asks need not wait beside the line for an answer. It counts as a ghost of theirs until its
    /// caller gives a sign, stands with the silent lines, and is ended by its caller or by a person, as any line.
    fn left(&mut self, user: UserId, seat: SeatId, id: CallId, muted: bool) {
        let now = self.now;
        if let Some(seat) = self.desk.seats.get_mut(&seat) {
            seat.idle_since = now;
        }
        if muted {
            self.order(LineOrder::Mute { call: id, on: false });
        }
        self.order(LineOrder::Detach { call: id });
        let choice = ClassChoice { class: Class::Ghost, sub: Some("silent".to_owned()) };
        if let Some(call) = self.desk.calls.get_mut(&id) {
            call.given = Some(Given { choice: choice.clone(), by: user, at: now, before: None });
        }
        self.fact(Fact::Classed { call: id, by: user, choice: Some(choice) });
    }

    /// A line that was left to the machine gives a sign, or is taken: it is no ghost, and whoever takes it says what it is.
    pub(super) fn no_ghost(&mut self, id: CallId) {
        if let Some(given) = self.desk.calls.get_mut(&id).and_then(|call| call.given.take()) {
            self.fact(Fact::Classed { call: id, by: given.by, choice: None });
        }
    }

    pub(super) fn duress(&mut self, user: UserId, id: CallId, on: bool) -> Result<DeskReply, Refusal> {
        let now = self.now;
        self.seat_of(user)?;
        let call = self.call_mut(id)?;
        if call.duress_at.is_some() != on {
            call.duress_at = on.then_some(now);
            let number = call.about.known_number().map(str::to_owned);
            // Its row comes before what is said of it.
            self.undecided_is_plain(id);
            self.fact(Fact::Duress { call: id, by: user, on });
            match number {
                Some(number) if on => self.threatened(&number, now),
                Some(number) => self.not_threatened(&number),
                None => {}
            }
        }
        Ok(DeskReply::Done)
    }

    pub(super) fn is_silent_line(&self, id: CallId) -> bool {
        self.desk.calls.get(&id).is_some_and(|call| call.is_silent_line(&self.desk.policy.queue, self.now))
    }

    /// Noted before the line goes down: a person ends somebody of whom nothing was heard, asked or not. It is theirs to
    /// decide; the record says how it was decided.
    pub(super) fn note_unheard_end(&mut self, user: UserId, id: CallId) {
        let now = self.now;
        let Some(call) = self.desk.calls.get(&id).filter(|call| call.is_unheard()) else { return };
        let asked_ms = call.asked_at.map(|at| now.ms_since(at));
        self.fact(Fact::EndedUnheard { call: id, by: user, asked_ms });
    }

    /// A person who listened decides that this line needs nobody: it counts as answered by them, at this moment. Who
    /// gave it its class then ends it; the machine never does.
    pub(super) fn end_silent_line(&mut self, user: UserId, id: CallId) -> Result<(), Refusal> {
        let (now, seat) = (self.now, self.seat_of(user)?);
        let call = self.call_mut(id)?;
        let spoken = call.phase.answered_at().is_some();
        call.phase = call.phase.close(now)?;
        let (direction, callback, number) =
            (call.about.direction, call.about.callback, call.about.known_number().map(str::to_owned));
        if spoken {
            self.fact(Fact::Moved { call: id, seat, call_taker: user, reason: None });
            return Ok(());
        }
        self.fact(Fact::Answered { call: id, seat, call_taker: user });
        match (direction, callback) {
            // They were called back, and a person heard that there is nothing.
            (Direction::CallBack, Some(callback)) => {
                if self.desk.callbacks.remove(&callback).is_some() {
                    self.fact(Fact::CallbackDropped { callback, by: user });
                }
            }
            _ => self.reached(id, number.as_deref(), user),
        }
        Ok(())
    }
}
