//! What the people at the seats do.

use crate::script::Stage;
use siaga_core::{
    call::Supervision,
    desk::{DeskCommand as C, IdSource as _, LineEvent as L},
    ids::{CallId, CallbackId, StationId},
    role::Role,
    view::desk::SayPrompt,
};

/// The last word of a verb.
fn way(verb: &str) -> Supervision {
    let ways = [Supervision::Listen, Supervision::Whisper, Supervision::Barge];
    let way = ways.into_iter().find(|way| verb.ends_with(way.key()));
    way.expect("because the verb names one")
}

impl Stage {
    /// A sound path beside another's call.
    fn lead_station(&mut self, person: &str) -> StationId {
        let station = StationId(self.ids.next_id());
        let person = self.people.get_mut(person).expect("because a verb names them");
        person.supervisions += 1;
        let label = format!("{}/lead{}", person.name, person.supervisions);
        self.names.give(station.0, &label);
        station
    }

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
            "lead-crash" => {
                let count = self.people[person].supervisions;
                let station = StationId(self.named(&format!("{person}/lead{count}")));
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
        let command = match verb {
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
            "supervise-listen" | "supervise-whisper" | "supervise-barge" => {
                let station = self.lead_station(person);
                let (role, display_name) = (Role::ShiftLead, person.to_owned());
                C::Supervise { user, role, display_name, call, how: way(verb), station }
            }
            "go-listen" | "go-whisper" | "go-barge" => C::SuperviseAs { user, call, how: way(verb) },
            "pry" => {
                let station = self.lead_station(person);
                let (role, display_name) = (Role::CallTaker, person.to_owned());
                C::Supervise { user, role, display_name, call, how: Supervision::Listen, station }
            }
            "unsupervise" => C::EndSupervision { user, call },
            "duress" => C::Duress { user, call, on: true },
            "no-duress" => C::Duress { user, call, on: false },
            "recall" => C::Recall { user, role: Role::CallTaker, call },
            "call-back" => C::CallBack { user, callback },
            "drop" => C::DropCallback { user, callback },
            other => panic!("no such verb: {other}"),
        };
        self.command(command);
    }
}
