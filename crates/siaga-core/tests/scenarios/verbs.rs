//! What the people at the seats do.

use crate::script::Stage;
use siaga_core::{
    desk::{DeskCommand as C, LineEvent as L},
    ids::{CallId, CallbackId, StationId},
    role::Role,
    view::desk::SayPrompt,
};

impl Stage {
    pub fn seat_verb(&mut self, verb: &str, person: &str) {
        let user = self.user(person);
        match verb {
            "sit" => {
                self.command(C::TakeSeat { user, display_name: person.to_owned() });
                self.station(person);
            }
            // The page comes back with a new sound path before anybody missed the old one.
            "reload" => {
                self.command(C::TakeSeat { user, display_name: person.to_owned() });
                self.station(person);
            }
            "crash" => {
                let count = self.people[person].stations;
                let station = StationId(self.named(&format!("{person}/{count}")));
                self.people.get_mut(person).expect("because they sat down").beats = false;
                self.line_event(L::StationDown { station });
            }
            "back" => {
                self.command(C::Heartbeat { user });
                self.station(person);
            }
            "leave" => self.command(C::LeaveSeat { user }),
            "pause" => self.command(C::Pause { user, on: true }),
            "unpause" => self.command(C::Pause { user, on: false }),
            "ready" => self.command(C::Ready { user }),
            other => panic!("no such verb: {other}"),
        }
    }

    pub fn call_verb(&mut self, verb: &str, person: &str, thing: &str) {
        let (user, id) = (self.user(person), self.named(thing));
        let (call, callback) = (CallId(id), CallbackId(id));
        self.command(match verb {
            "answer" => C::Answer { user, call },
            "hold" => C::Hold { user, call, on: true },
            "unhold" => C::Hold { user, call, on: false },
            "mute" => C::Mute { user, call, on: true },
            "end" => C::End { user, call },
            "undo" => C::UndoClass { user, call },
            "claim" => C::Claim { user, role: Role::CallTaker, call, reason: None },
            "lead-claim" => C::Claim { user, role: Role::ShiftLead, call, reason: None },
            "any-key" => C::Say { user, call, prompt: SayPrompt::AnyKey },
            "yes-no" => C::Say { user, call, prompt: SayPrompt::YesNo },
            "need-help" => C::Say { user, call, prompt: SayPrompt::NeedHelp },
            "hand-off" => C::HandOff { user, call },
            "duress" => C::Duress { user, call, on: true },
            "recall" => C::Recall { user, role: Role::CallTaker, call },
            "call-back" => C::CallBack { user, callback },
            "drop" => C::DropCallback { user, callback },
            other => panic!("no such verb: {other}"),
        });
    }
}
