//! What people do with a line that the machine listens to, or for a caller who cannot speak.

use super::{DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{Phase, Prompt, live::Fact},
    ids::{CallId, UserId},
    view::desk::{Direction, SayPrompt},
};

impl Step<'_> {
    pub(super) fn say_for(&mut self, user: UserId, id: CallId, prompt: SayPrompt) -> Result<DeskReply, Refusal> {
        let prompt = match prompt {
            SayPrompt::AnyKey => Prompt::AnyKey,
            SayPrompt::YesNo => Prompt::YesNo,
            SayPrompt::NeedHelp => Prompt::NeedHelp,
        };
        let now = self.now;
        self.seat_of(user)?;
        let call = self.call_mut(id)?;
        if call.listening().is_some() {
            call.phase = call.phase.say(prompt)?;
        } else {
            let call = self.own_line(user, id)?;
            if !matches!(call.phase, Phase::Talking(_)) {
                return Err(call.phase.no_talk());
            }
        }
        self.call_mut(id)?.asked_at = Some(now);
        self.order(LineOrder::Say { call: id, prompt });
        self.fact(Fact::Said { call: id, by: user, prompt });
        Ok(DeskReply::Done)
    }

    pub(super) fn duress(&mut self, user: UserId, id: CallId, on: bool) -> Result<DeskReply, Refusal> {
        let now = self.now;
        self.seat_of(user)?;
        let call = self.call_mut(id)?;
        if call.duress_at.is_some() != on {
            call.duress_at = on.then_some(now);
            let number = call.about.number.clone();
            self.fact(Fact::Duress { call: id, by: user, on });
            if on {
                self.leave_to_people(number.as_deref());
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
        call.phase = call.phase.close(now)?;
        let (direction, callback, number) = (call.about.direction, call.about.callback, call.about.number.clone());
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
