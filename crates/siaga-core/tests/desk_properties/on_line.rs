//! What happens on one line: what its far end does, and what people do with it.

use crate::{
    act::{Act, Past},
    world::{START, World, user},
};
use siaga_core::{
    class::Class,
    desk::{DeskCommand as C, Input, Known, LineEvent as L, Position, Press, Sender, Sent},
    location::{Located, PositionSource},
    role::Role,
    screening::facts::{Block, NumberFacts, PastCall, RealReport},
    view::{
        call::EndedBy,
        desk::{ClassChoice, Direction},
    },
};

impl World {
    pub fn act_on_line(&mut self, act: Act) {
        let line = match act {
            Act::Known(line, _) | Act::Up(line) | Act::Down(line, _) | Act::Heard(line, _) | Act::Broken(line) => line,
            Act::NotReached(line, _) | Act::Key(line, _) | Act::Said(line, _) => line,
            Act::Answer(_, line) | Act::Hold(_, line, _) | Act::Mute(_, line, _) | Act::End(_, line) => line,
            Act::Class(_, line, _) | Act::Undo(_, line) | Act::Claim(_, line, _) | Act::Say(_, line, _) => line,
            Act::HandOff(_, line) => line,
            Act::Duress(_, line, _) | Act::Recall(_, line) | Act::Sent(line, _) => line,
            _ => return,
        };
        // The line, or some other that is open.
        let other = || self.lines.values().nth(usize::from(line) % self.lines.len().max(1));
        let Some(call) = self.lines.get(&line).or_else(other).copied() else { return };
        let line = self.lines.iter().find(|(_, open)| **open == call).map_or(line, |(line, _)| *line);
        let input = match act {
            Act::Known(_, past) => Input::Known { call, known: self.known(past) },
            Act::Up(_) => Input::Line(L::Up { call }),
            Act::Down(_, network) => {
                self.lines.remove(&line);
                let by = if network { EndedBy::Network } else { EndedBy::Caller };
                Input::Line(L::Down { call, by })
            }
            Act::NotReached(_, status) => {
                if self.rows.get(&call).is_none_or(|row| row.direction == Direction::Incoming || row.answered) {
                    return;
                }
                self.lines.remove(&line);
                Input::Line(L::NotReached { call, status })
            }
            Act::Broken(_) => {
                self.lines.remove(&line);
                Input::Broken { call }
            }
            Act::Heard(_, sound) => {
                if sound == siaga_core::call::Sound::Silence {
                    self.loud.remove(&call);
                } else {
                    self.sign(call);
                    self.loud.entry(call).or_insert(self.now);
                }
                if let Some(loud) = self.handed_off.get_mut(&call) {
                    *loud = self.loud.get(&call).copied();
                }
                Input::Line(L::Heard { call, sound, level_dbfs: -30 })
            }
            Act::Key(_, digit) => {
                self.sign(call);
                self.pressed = Some(call);
                Input::Line(L::Key { call, digit })
            }
            Act::Sent(_, message) => {
                self.sent.insert(call);
                self.sign(call);
                let position = Position { latitude: -6.12, longitude: 106.15, radius_m: 18.0 };
                let located = Located { position, source: PositionSource::Link, at: self.now };
                let sent = if message { Sent::Message } else { Sent::Position(located) };
                Input::Sent { from: Sender { call: Some(call), number: None }, sent }
            }
            Act::Said(_, prompt) => Input::Line(L::Said { call, prompt }),
            Act::Answer(p, _) => Input::Command(C::Answer { user: user(p), call }),
            Act::Hold(p, _, on) => Input::Command(C::Hold { user: user(p), call, on }),
            Act::Mute(p, _, on) => Input::Command(C::Mute { user: user(p), call, on }),
            Act::End(p, _) => Input::Command(C::End { user: user(p), call }),
            Act::Class(p, _, hold) => {
                if hold && self.machine.contains_key(&call) {
                    self.counts.one("silent line ended");
                }
                let choice = ClassChoice { class: Class::Ghost, sub: None };
                let press = if hold { Press::Hold } else { Press::Tap };
                Input::Command(C::Class { user: user(p), call, choice, press })
            }
            Act::Undo(p, _) => Input::Command(C::UndoClass { user: user(p), call }),
            Act::Claim(p, _, lead) => {
                let role = if lead { Role::ShiftLead } else { Role::CallTaker };
                let reason = lead.then(|| "salah ambil".to_owned());
                Input::Command(C::Claim { user: user(p), role, call, reason })
            }
            Act::Say(p, _, prompt) => Input::Command(C::Say { user: user(p), call, prompt }),
            Act::HandOff(p, _) => Input::Command(C::HandOff { user: user(p), call }),
            Act::Duress(p, _, on) => Input::Command(C::Duress { user: user(p), call, on }),
            Act::Recall(p, _) => Input::Command(C::Recall { user: user(p), role: Role::CallTaker, call }),
            _ => return,
        };
        self.input(input);
    }

    fn known(&self, past: Past) -> Option<Known> {
        let block = Some(Block { until: self.now.plus_ms(3_600_000), reason: "prank berulang".to_owned() });
        let facts = match past {
            Past::Unread => return None,
            Past::Blocked => NumberFacts { calls: 1, block, ..NumberFacts::default() },
            Past::RealAndBlocked => {
                let real = Some(RealReport { at: START.plus_ms(-86_400_000), incident_type: None });
                NumberFacts { calls: 1, real, block, ..NumberFacts::default() }
            }
            Past::Pranks(pranks) => {
                let past = PastCall { at: self.now, class: Some(Class::Prank), sub: None };
                let newest = vec![past; usize::from(pranks)];
                NumberFacts { calls: u32::from(pranks), newest, ..NumberFacts::default() }
            }
        };
        Some(Known { facts, sentence: String::new() })
    }
}
