//! A line on which nothing was heard, before a person ends it: its caller is asked to press 1 for help or 2 for a slip.

use super::{City, Hands};
use crate::city::{assume as a, dice::Dice, event::Happening, floor::Handling};
use siaga_core::{
    class::Class,
    desk::{DeskCommand, Press},
    ids::{CallId, UserId},
    limits::ANSWER_MS,
    view::desk::SayPrompt,
};

impl City<'_> {
    /// Whether this person asks before they end it: the console shows that nothing was heard and nobody asked yet.
    pub(super) fn will_ask(&self, call: CallId) -> bool {
        let unheard = |line: &super::Line| line.asked_at.is_none() && line.person.is_inaudible();
        self.options.handling != Handling::Published
            && self.lines.get(&call).is_some_and(unheard)
            && !self.marks.evidence.contains(&call)
            && self.chance_of(call, 0xa545).chance(self.options.asks)
    }

    /// One key; the hands are free for what else waits. Who was answered goes back to the machine; a silent line that was only
    /// listened to is looked at again when the time for an answer is over.
    pub(super) fn asks(&mut self, user: UserId, call: CallId) {
        let asked = DeskCommand::Say { user, call, prompt: SayPrompt::NeedHelp };
        let said = matches!(self.command(asked), Some(Ok(_)));
        let left = self.desk.as_ref().is_some_and(|desk| {
            desk.view(self.time(), self.sequence).calls.iter().any(|card| card.call_id == call && card.seat.is_none())
        });
        let Some(line) = self.lines.get_mut(&call).filter(|_| said) else {
            return self.after_ms(ANSWER_MS, Happening::GivesUp { user, call });
        };
        line.asked_at = Some(self.now);
        if !(line.human && left) {
            return self.after_ms(ANSWER_MS, Happening::GivesUp { user, call });
        }
        line.left = true;
        let patience = line.person.patience_ms;
        if let Some(hands) = self.hands.remove(&call)
            && let Some(time) = self.marks.seat_time.get_mut(&call)
        {
            time.ms += self.now - hands.from;
        }
        self.after_ms(patience, Happening::PatienceEnds { call });
        self.after(a::TIDY_AFTER_S, Happening::GivesUp { user, call });
    }

    /// Nothing came: the held key ends it after all.
    pub(super) fn gives_up(&mut self, user: UserId, call: CallId) {
        let Some(line) = self.lines.get(&call) else { return };
        let (class, sub) = line.person.talk.given;
        if class != Class::Ghost {
            return;
        }
        if line.human && !line.left {
            return self.after(a::KEY_HELD_S, Happening::Classes { user, call, press: Press::Hold });
        }
        let again_s = a::LOOKS_AGAIN_S + a::KEY_HELD_S;
        let from = self.now - Dice::ms(if line.left { again_s } else { a::HEAR_SILENT.0 + a::KEY_TAPPED_S + again_s });
        self.hands.insert(call, Hands { from, given: Some((class, sub)), ..Hands::default() });
        let choice = siaga_core::view::desk::ClassChoice { class, sub: sub.map(str::to_owned) };
        if matches!(self.command(DeskCommand::Class { user, call, choice, press: Press::Hold }), Some(Ok(_))) {
            if let Some(hands) = self.hands.get_mut(&call) {
                hands.classed = true;
            }
            return self.frees(call);
        }
        // It rings at a seat, or this person has none: somebody else looks again.
        self.hands.remove(&call);
        if let Some(line) = self.lines.get_mut(&call) {
            line.asked_at = None;
        }
    }

    /// A key of who was asked tells a person what they could not hear. Says who sees it, when that is somebody who
    /// speaks with them already.
    pub(super) fn answers_the_question(&mut self, call: CallId) -> Option<UserId> {
        let line = self.lines.get_mut(&call).filter(|line| line.asked_at.is_some())?;
        let talk = line.person.asked?.talk;
        if line.person.talk.given.0 == Class::Emergency {
            return None;
        }
        line.person.talk = talk;
        let seen = line.human && !line.left;
        if let Some(hands) = self.hands.get_mut(&call) {
            hands.given = Some(talk.given);
        }
        let (_, _, user) = self.record.rows.get(&call)?.answered?;
        seen.then_some(user)
    }
}
