//! The machine on the line: it takes a line that no seat is free for, says one sentence, and listens. What it hears moves
//! the call in the queue and nothing else; it never ends a line.

use super::{LineOrder, Step};
use crate::{
    call::{Evidence, Phase, Prompt, Sound, live::Fact},
    ids::CallId,
    limits::SILENT_FROM_MS,
    screening::Heard,
    view::desk::Direction,
};
use std::sync::Arc;

impl Step<'_> {
    /// The machine answers a ringing line. That is never an answer of ours.
    pub(super) fn take_line(&mut self, id: CallId, prompt: Prompt) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        if !matches!(call.phase, Phase::Ringing { .. }) {
            return;
        }
        if let Ok(phase) = call.phase.say(prompt) {
            call.phase = phase;
            call.greeted = Some(prompt);
            self.order(LineOrder::Say { call: id, prompt });
        }
    }

    fn say_more(&mut self, id: CallId, prompt: Prompt) {
        let Some(call) = self.desk.calls.get_mut(&id).filter(|call| call.listening().is_some()) else { return };
        if let Ok(phase) = call.phase.say(prompt) {
            call.phase = phase;
            self.order(LineOrder::Say { call: id, prompt });
        }
    }

    pub(super) fn said(&mut self, id: CallId, prompt: Prompt) {
        let now = self.now;
        if prompt == Prompt::Abuse {
            return self.handed_off_said(id, now);
        }
        if let Some(call) = self.desk.calls.get_mut(&id)
            && let Ok(phase) = call.phase.said(prompt, now)
        {
            call.phase = phase;
        }
    }

    pub(super) fn heard(&mut self, id: CallId, sound: Sound, level_dbfs: i8) {
        let now = self.now;
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        call.hear(now, sound, level_dbfs);
        match sound {
            Sound::Voice => self.evidence(id, Heard::Voice),
            Sound::Noise => self.evidence(id, Heard::Noise),
            Sound::Silence => self.handed_off_quiet(id),
        }
    }

    pub(super) fn key(&mut self, id: CallId, digit: char) {
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        call.press(digit);
        let called_back = call.about.direction == Direction::CallBack && call.listening().is_some();
        let (settled, number) = (is_settled(&call.phase), call.about.number.clone());
        self.fact(Fact::KeyPressed { call: id, digit });
        if called_back && digit == '2' && !settled {
            self.mistake(id, number);
        } else if !settled || digit == '1' {
            self.evidence(id, Heard::Key);
        }
    }

    /// A sign of a person: the call moves up at once.
    pub(super) fn evidence(&mut self, id: CallId, sign: Heard) {
        let now = self.now;
        let Some(call) = self.desk.calls.get_mut(&id) else { return };
        if matches!(call.phase, Phase::HandedOff(_)) {
            return self.handed_off_sign(id, sign);
        }
        // What is sent beside the voice needs no line that is up, also not ours to them.
        let needs_no_line = sign == Heard::Sent && (call.waits() || matches!(call.phase, Phase::Asking { .. }));
        if call.listening().is_none() && !needs_no_line {
            return;
        }
        if is_settled(&call.phase) {
            // They said that nothing is the matter; only their own key or word takes it back.
            if !matches!(sign, Heard::Key | Heard::Sent) {
                return;
            }
            if let Ok(phase) = call.phase.say(Prompt::CallBackMenu) {
                call.phase = phase;
            }
        }
        let before = call.evidence.map(|evidence| evidence.strongest);
        let strongest = before.map_or(sign, |before| before.max(sign));
        call.evidence = Some(Evidence { strongest, at: now });
        call.silent_since = None;
        if call.was_left() {
            self.no_ghost(id);
        }
        if before != Some(strongest) {
            self.judge_again(id);
        }
    }

    /// What the machine does with time: greets where no seat is free, notices silence, asks once for any key.
    pub(super) fn listen(&mut self) {
        let (now, policy) = (self.now, Arc::clone(&self.desk.policy));
        let queue = &policy.queue;
        let (mut greet, mut silent, mut any_key) = (Vec::new(), Vec::new(), Vec::new());
        for (id, call) in &self.desk.calls {
            if matches!(call.phase, Phase::Ringing { offer: None }) && call.verdict.is_some() {
                if queue.listen_after_ms.is_some_and(|after| now.ms_since(call.about.offered_at) >= after) {
                    greet.push(*id);
                }
                continue;
            }
            let Some(quiet_since) = call.quiet_since().filter(|_| call.evidence.is_none()) else { continue };
            if is_settled(&call.phase) {
                continue;
            }
            let quiet_ms = now.ms_since(quiet_since);
            if call.silent_since.is_none() && quiet_ms >= SILENT_FROM_MS {
                silent.push((*id, call.about.known_number().map(str::to_owned)));
            }
            let first = matches!(call.phase, Phase::Listening(listen)
                if matches!(listen.prompt, Prompt::Greeting | Prompt::Challenge));
            if first && quiet_ms >= queue.any_key_after_ms {
                any_key.push(*id);
            }
        }
        for id in greet {
            self.take_line(id, Prompt::Greeting);
        }
        for (id, number) in silent {
            if let Some(call) = self.desk.calls.get_mut(&id) {
                call.silent_since = Some(now);
            }
            if let Some(number) = number {
                Arc::make_mut(&mut self.desk.fleet).silent(&number, now);
            }
            self.judge_again(id);
        }
        for id in any_key {
            self.say_more(id, Prompt::AnyKey);
        }
    }

    /// The called back person is thanked; their line is theirs to close.
    pub(super) fn thank(&mut self, id: CallId) {
        self.say_more(id, Prompt::Thanks);
        if let Some(call) = self.desk.calls.get_mut(&id) {
            (call.evidence, call.silent_since) = (None, None);
            if let Ok(phase) = call.phase.ring_at(None) {
                call.phase = phase;
            }
        }
    }
}

fn is_settled(phase: &Phase) -> bool {
    matches!(phase, Phase::Listening(listen) if listen.is_settled())
}
