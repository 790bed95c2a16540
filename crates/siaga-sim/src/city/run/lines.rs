//! The voice side and the person at its other end: answers each order as a real line would.

use super::{City, Line, LineEvent};
use crate::city::{
    assume as a,
    dice::Dice,
    event::Happening,
    person::{Answer, Sign},
};
use siaga_core::{
    call::{Prompt, Sound},
    desk::{Input, LineOrder},
    ids::CallId,
    view::call::EndedBy,
};

/// RFC 3261, 21.4.20.
const BUSY_HERE: u16 = 486;

/// The levels that go with each sound (dBFS); the desk only shows them.
fn level(sound: Sound) -> i8 {
    match sound {
        Sound::Silence => -62,
        Sound::Noise => -38,
        Sound::Voice => -24,
    }
}

impl City<'_> {
    pub(super) fn order(&mut self, order: LineOrder, by_person: bool) {
        match order {
            LineOrder::Answer { call, .. } => self.after(a::LINE_UP_S, Happening::Up { call }),
            LineOrder::Say { call, prompt } => {
                if self.lines.get(&call).is_some_and(|line| !line.up) {
                    self.after(a::LINE_UP_S, Happening::Up { call });
                }
                self.speaks_on(call, prompt, a::LINE_UP_S);
            }
            LineOrder::Ask { call, number, prompt } => self.calls_out(call, &number, Some(prompt)),
            LineOrder::Dial { call, number, .. } => self.calls_out(call, &number, None),
            LineOrder::HangUp { call } => {
                if !by_person {
                    self.marks.ended_by_machine.push(call);
                }
                self.after(a::LINE_DOWN_S, Happening::Down { call, by: EndedBy::CallTaker });
            }
            // These change what is heard, not what happens.
            LineOrder::Ring { .. }
            | LineOrder::RingOutside { .. }
            | LineOrder::Join { .. }
            | LineOrder::Release { .. }
            | LineOrder::Attach { .. }
            | LineOrder::Detach { .. }
            | LineOrder::Hold { .. }
            | LineOrder::Mute { .. }
            | LineOrder::Keypad { .. }
            | LineOrder::Supervise { .. }
            | LineOrder::EndSupervision { .. }
            | LineOrder::CloseStation { .. } => {}
        }
    }

    fn speaks_on(&mut self, call: CallId, prompt: Prompt, from_s: f64) {
        if matches!(prompt, Prompt::Hold | Prompt::PleaseWait) {
            return;
        }
        let Some(line) = self.lines.get(&call) else { return };
        let leaves = line.person.leaves_machine_ms;
        let asked = line.person.asked.filter(|_| prompt == Prompt::NeedHelp).map(|asked| (asked.after_ms, asked.sign));
        let sign = asked.or(line.person.sign);
        let end = Dice::ms(from_s + if prompt == Prompt::NeedHelp { a::NEED_HELP_S } else { a::PROMPT_S });
        self.after_ms(end, Happening::Said { call, prompt });
        if let Some((after, sign)) = sign.filter(|_| prompt != Prompt::Thanks) {
            self.after_ms(end + after, Happening::Sign { call, sign });
        }
        if let Some(after) = leaves {
            self.after_ms(Dice::ms(from_s) + after, Happening::PatienceEnds { call });
        }
    }

    /// The person we call: whoever called from this number last.
    fn calls_out(&mut self, call: CallId, number: &str, prompt: Option<Prompt>) {
        let raw = number.strip_prefix("+62").map_or_else(|| number.to_owned(), |rest| format!("0{rest}"));
        let Some(who) = self.phones.get(&raw).copied() else { return };
        let Some(intent) = self.intents.get(who as usize) else { return };
        let tries = self.marks.called.values().filter(|called| **called == who).count();
        let attempt = u8::try_from(tries).unwrap_or(u8::MAX);
        let person = self.person(intent, attempt);
        self.marks.called.insert(call, who);
        let busy = self.lines.values().any(|line| line.person.number_raw.as_ref() == Some(&raw))
            || self.dead_until.get(&raw).is_some_and(|until| self.now < *until);
        let takes_up = person.called_back.takes_up_ms.filter(|_| !busy);
        self.lines.insert(
            call,
            Line {
                person,
                who,
                attempt,
                up: false,
                human: false,
                left: false,
                spoke: false,
                asked_at: None,
                called: true,
            },
        );
        match takes_up {
            Some(after) => {
                self.after_ms(after, Happening::Up { call });
                if let Some(prompt) = prompt {
                    self.after_ms(after + Dice::ms(a::PROMPT_S), Happening::Said { call, prompt });
                }
            }
            None => {
                let after = if busy { 2.0 } else { a::RINGS_S };
                self.after(after, Happening::NotReached { call, status: busy.then_some(BUSY_HERE) });
            }
        }
    }

    pub(super) fn comes_up(&mut self, call: CallId) {
        let Some(line) = self.lines.get_mut(&call).filter(|line| !line.up) else { return };
        line.up = true;
        let (called, background, voice) = (line.called, line.person.background, line.person.voice);
        let then = line.person.called_back.then;
        self.tell(Input::Line(LineEvent::Up { call }));
        if self.lines.get(&call).is_some_and(|line| line.human) {
            return;
        }
        self.after(0.5, Happening::Heard { call, sound: background });
        match (called, then) {
            (false, _) => {
                if let Some((after, sound)) = voice {
                    self.after_ms(after, Happening::Heard { call, sound });
                }
            }
            (true, Answer::Speaks) => {
                let sound = voice.map_or(Sound::Voice, |(_, sound)| sound);
                self.after(a::SPEAKS_AFTER_S, Happening::Heard { call, sound });
            }
            (true, Answer::Key(digit)) => {
                self.after(a::PROMPT_S + 2.0, Happening::Sign { call, sign: Sign::Key(digit) });
            }
            (true, Answer::Silent) => self.after(a::GHOST_PATIENCE_S, Happening::PatienceEnds { call }),
            (true, Answer::HangsUp) => self.after(3.0, Happening::PatienceEnds { call }),
        }
    }

    pub(super) fn heard(&mut self, call: CallId, sound: Sound) {
        let Some(line) = self.lines.get_mut(&call).filter(|line| line.up) else { return };
        // What was said once is not taken back by the quiet that follows.
        if sound == Sound::Silence && line.spoke {
            return;
        }
        if sound != Sound::Silence {
            line.spoke = true;
            if !line.human || line.left {
                self.marks.evidence.insert(call);
            }
        }
        self.tell(Input::Line(LineEvent::Heard { call, sound, level_dbfs: level(sound) }));
    }

    pub(super) fn sign(&mut self, call: CallId, sign: Sign) {
        let recognised = self.answers_the_question(call);
        match sign {
            Sign::Noise => self.heard(call, Sound::Noise),
            Sign::Key(digit) => {
                let Some(line) = self.lines.get(&call).filter(|line| line.up) else { return };
                if !line.human || line.left {
                    self.marks.evidence.insert(call);
                }
                self.tell(Input::Line(LineEvent::Key { call, digit }));
                // Who pressed 2 has said what there was to say, and puts the telephone down.
                if digit == '2' {
                    self.after(4.0, Happening::PatienceEnds { call });
                }
            }
        }
        if let Some(user) = recognised {
            self.converse(user, call);
        }
    }

    pub(super) fn said(&mut self, call: CallId, prompt: Prompt) {
        if self.lines.get(&call).is_some_and(|line| line.up) {
            self.tell(Input::Line(LineEvent::Said { call, prompt }));
        }
    }

    pub(super) fn patience_ends(&mut self, call: CallId) {
        let Some(line) = self.lines.get(&call) else { return };
        if !line.human || line.left || line.person.leaves_anyway {
            self.goes_down(call, EndedBy::Caller);
        }
    }

    pub(super) fn not_reached(&mut self, call: CallId, status: Option<u16>) {
        if self.lines.remove(&call).is_some() {
            self.tell(Input::Line(LineEvent::NotReached { call, status }));
        }
    }

    pub(super) fn goes_down(&mut self, call: CallId, by: EndedBy) {
        let Some(line) = self.lines.remove(&call) else { return };
        self.tell(Input::Line(LineEvent::Down { call, by }));
        if let Some(hands) = self.hands.get_mut(&call) {
            hands.down = true;
            self.frees(call);
        }
        self.after_the_end(call);
        if let Some(dice) = &mut self.adverse
            && dice.chance(0.2)
        {
            self.tell(Input::Line(LineEvent::Key { call, digit: '1' }));
            self.tell(Input::Known { call, known: None });
            self.tell(Input::Line(LineEvent::Up { call }));
        }
        if !line.human && !line.called {
            self.calls_again(line.who, line.attempt, &line.person);
        }
    }

    /// The seat is free once the class is given and the line is down.
    pub(super) fn frees(&mut self, call: CallId) {
        let Some(hands) = self.hands.get(&call).copied().filter(|hands| hands.classed && hands.down) else { return };
        self.hands.remove(&call);
        let ms = self.now - hands.from;
        if let Some(time) = self.marks.seat_time.get_mut(&call) {
            time.ms += ms;
        }
    }
}
