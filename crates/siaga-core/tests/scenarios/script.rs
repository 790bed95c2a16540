//! Plays a script against a desk and writes the transcript.

use crate::print::Names;
use siaga_core::{
    call::{Prompt, Sound},
    class::Class,
    desk::{
        Arrival, Desk, DeskCommand as C, Effect, IdSource, Input, LineEvent as L, Position, Press, Sender, Sent, World,
    },
    ids::{CallId, DrillId, IncidentId, StationId, UserId},
    location::{Located, PositionSource},
    phone::Caller,
    policy::Policy,
    queue::Telephone,
    role::Role,
    time::Timestamp,
    view::{call::EndedBy, desk::ClassChoice},
};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// 2026-06-02, a Tuesday morning.
const START: Timestamp = Timestamp(1_780_358_400_000_000);
const STEP_MS: i64 = 500;
const HEARTBEAT_MS: i64 = 5_000;

pub struct Counting(u128);

impl IdSource for Counting {
    fn next_id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

pub struct Person {
    pub name: String,
    pub supervisions: u32,
    pub user: UserId,
    pub stations: u32,
    pub beats: bool,
}

pub struct Stage {
    pub policy: Arc<Policy>,
    pub desk: Desk,
    pub ids: Counting,
    pub names: Names,
    pub people: BTreeMap<String, Person>,
    /// E.164, by call.
    pub numbers: BTreeMap<CallId, String>,
    now_ms: i64,
    out: Vec<String>,
}

pub fn play(text: &str) -> String {
    let mut stage = Stage {
        policy: Arc::default(),
        desk: Desk::new(START, Arc::default()),
        ids: Counting(0),
        names: Names::default(),
        people: BTreeMap::new(),
        numbers: BTreeMap::new(),
        now_ms: 0,
        out: Vec::new(),
    };
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("> ") {
            stage.pass(command);
            stage.out.push(line.to_owned());
            stage.line(command);
        } else if !line.starts_with("  ") {
            stage.out.push(line.to_owned());
        }
    }
    stage.out.join("\n") + "\n"
}

fn point(text: &str) -> (f64, f64) {
    let (latitude, longitude) = text.split_once(',').expect("because it is latitude,longitude");
    let degrees = |text: &str| text.parse().expect("because it is a number");
    (degrees(latitude), degrees(longitude))
}

fn seconds(text: &str) -> i64 {
    let value: f64 = text.parse().unwrap_or_else(|_| panic!("{text} is no time"));
    (value * 1_000.0).round() as i64
}

impl Stage {
    /// Lets time pass until the moment of the command; what happens by itself carries its time.
    fn pass(&mut self, command: &str) {
        let until = seconds(command.split(' ').next().unwrap_or_default());
        assert!(until >= self.now_ms, "time goes back: {command}");
        loop {
            let next = (self.now_ms / STEP_MS + 1) * STEP_MS;
            if next > until {
                break;
            }
            self.now_ms = next;
            if next % HEARTBEAT_MS == 0 {
                let beating: Vec<_> = self.people.values().filter(|one| one.beats).map(|one| one.user).collect();
                for user in beating {
                    self.desk.handle(self.now(), Input::Command(C::Heartbeat { user }), &mut self.ids);
                }
            }
            for effect in self.desk.handle(self.now(), Input::Tick, &mut self.ids) {
                let text = self.names.effect(&effect);
                self.out.push(format!("  {}.{} {text}", next / 1_000, next % 1_000 / 100));
            }
        }
        self.now_ms = until;
    }

    pub fn now(&self) -> Timestamp {
        START.plus_ms(self.now_ms)
    }

    pub fn input(&mut self, input: Input) {
        for effect in self.desk.handle(self.now(), input, &mut self.ids) {
            let text = self.names.effect(&effect);
            // A heartbeat's seat and the like are told by the facts.
            if !matches!(effect, Effect::Reply(Ok(siaga_core::desk::DeskReply::Done))) {
                self.out.push(format!("  {text}"));
            }
        }
    }

    fn sent(&mut self, call: &str, sent: Sent) {
        let call = CallId(self.named(call));
        let number = self.numbers.get(&call).cloned();
        self.input(Input::Sent { from: Sender { call: Some(call), number }, sent });
    }

    pub fn command(&mut self, command: C) {
        self.input(Input::Command(command));
    }

    pub fn line_event(&mut self, event: L) {
        self.input(Input::Line(event));
    }

    pub fn user(&mut self, name: &str) -> UserId {
        if !self.people.contains_key(name) {
            let user = UserId(self.ids.next_id());
            self.names.give(user.0, name);
            self.people.insert(
                name.to_owned(),
                Person { name: name.to_owned(), supervisions: 0, user, stations: 0, beats: true },
            );
        }
        self.people[name].user
    }

    pub fn named(&self, name: &str) -> Uuid {
        self.names.find(name).unwrap_or_else(|| panic!("nothing is called {name}"))
    }

    /// A new sound path for this person, up at once.
    pub fn station(&mut self, name: &str) {
        let user = self.user(name);
        let station = StationId(self.ids.next_id());
        let person = self.people.get_mut(name).expect("because it was just looked up");
        person.stations += 1;
        person.beats = true;
        let label = format!("{name}/{}", person.stations);
        self.names.give(station.0, &label);
        self.command(C::BindStation { user, station });
        self.line_event(L::StationUp { station });
    }

    fn line(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().skip(1).collect();
        match words.as_slice() {
            ["wait"] => {}
            ["desk"] => {
                let view = self.desk.view(self.now(), 1);
                let lines = self.names.desk(&view);
                self.out.extend(lines.into_iter().map(|line| format!("  {line}")));
            }
            ["call", call, number] => {
                let id = CallId(self.ids.next_id());
                self.names.give(id.0, call);
                if let Caller::Known(number) = Caller::read(number) {
                    self.numbers.insert(id, number.e164().to_owned());
                }
                let arrival = Arrival { number_raw: Some((*number).to_owned()), ..Arrival::default() };
                self.line_event(L::Arrived { call: id, arrival });
            }
            ["call-at", call, number, place] => {
                let id = CallId(self.ids.next_id());
                self.names.give(id.0, call);
                let (latitude, longitude) = point(place);
                let position = Some(Position { latitude, longitude, radius_m: 50.0 });
                let arrival = Arrival { number_raw: Some((*number).to_owned()), position, ..Arrival::default() };
                self.line_event(L::Arrived { call: id, arrival });
            }
            ["sent-position", call, place] => {
                let (latitude, longitude) = point(place);
                let position = Position { latitude, longitude, radius_m: 18.0 };
                let located = Located { position, source: PositionSource::Link, at: self.now() };
                self.sent(call, Sent::Position(located));
            }
            ["told-position", number, place] => {
                let (latitude, longitude) = point(place);
                let position = Position { latitude, longitude, radius_m: 25.0 };
                let sent = Sent::Position(Located { position, source: PositionSource::Aml, at: self.now() });
                let number = Caller::read(number).number().map(|number| number.e164().to_owned());
                self.input(Input::Sent { from: Sender { call: None, number }, sent });
            }
            ["sent-message", call] => self.sent(call, Sent::Message),
            ["incident-at", place] => {
                let incidents = [point(place)].into();
                self.input(Input::World(World { incidents, ..World::default() }));
            }
            ["said", call, prompt] => {
                let prompt = Prompt::ALL.into_iter().find(|one| format!("{one:?}") == *prompt);
                let prompt = prompt.expect("because it is a prompt");
                self.line_event(L::Said { call: CallId(self.named(call)), prompt });
            }
            ["not-reached", call, status] => {
                let status = status.parse().ok();
                self.line_event(L::NotReached { call: CallId(self.named(call)), status });
            }
            ["telephones", names @ ..] => {
                let mut policy = Policy::default();
                let number = |nth: usize| format!("0899000{nth:04}");
                let named = names.iter().enumerate();
                policy.overflow.telephones =
                    named.map(|(nth, name)| Telephone { name: (*name).to_owned(), number: number(nth) }).collect();
                self.policy = Arc::new(policy);
                self.input(Input::Policy(Arc::clone(&self.policy)));
            }
            ["drill-call", call, number, token] => {
                let id = CallId(self.ids.next_id());
                self.names.give(id.0, call);
                let sip_call_id = Some((*token).to_owned());
                let arrival = Arrival { number_raw: Some((*number).to_owned()), sip_call_id, ..Arrival::default() };
                self.line_event(L::Arrived { call: id, arrival });
            }
            ["order-drill", tokens @ ..] => {
                let (drill, until) = (DrillId(Uuid::from_u128(112)), self.now().plus_ms(600_000));
                let tokens = tokens.iter().map(|token| (*token).to_owned()).collect();
                self.command(C::OrderDrill { drill, tokens, until });
            }
            ["trunk", state] => self.line_event(L::Watchdog { up: *state == "up" }),
            ["claim-why", person, call, reason @ ..] => {
                let (user, call) = (self.user(person), CallId(self.named(call)));
                self.command(C::Claim { user, role: Role::ShiftLead, call, reason: Some(reason.join(" ")) });
            }
            ["deferred", call, number] => {
                let id = CallId(self.ids.next_id());
                self.names.give(id.0, call);
                let arrival = Arrival { number_raw: Some((*number).to_owned()), ..Arrival::default() };
                self.line_event(L::Deferred { call: id, arrival });
            }
            ["known", call, past @ ..] => {
                let known = Some(self.known(past));
                self.input(Input::Known { call: CallId(self.named(call)), known });
            }
            ["restart", lost @ ..] => self.restart(lost),
            ["incident", call] => {
                let incident = IncidentId(self.ids.next_id());
                self.command(C::LinkIncident { call: CallId(self.named(call)), incident });
            }
            [verb @ ("unknown" | "up" | "gone" | "lost" | "hung-up" | "voice" | "noise" | "silence"), call] => {
                let call = CallId(self.named(call));
                match *verb {
                    "unknown" => self.input(Input::Known { call, known: None }),
                    "up" => self.line_event(L::Up { call }),
                    "gone" => self.line_event(L::Down { call, by: EndedBy::Caller }),
                    "lost" => self.line_event(L::Down { call, by: EndedBy::Network }),
                    "hung-up" => self.line_event(L::Down { call, by: EndedBy::CallTaker }),
                    other => {
                        let (sound, level_dbfs) = match other {
                            "voice" => (Sound::Voice, -20),
                            "noise" => (Sound::Noise, -38),
                            _ => (Sound::Silence, -70),
                        };
                        self.line_event(L::Heard { call, sound, level_dbfs });
                    }
                }
            }
            ["key", call, digit] => {
                let digit = digit.chars().next().expect("because words are not empty");
                self.line_event(L::Key { call: CallId(self.named(call)), digit });
            }
            [verb, person] => self.seat_verb(verb, person),
            [verb, person, thing] => self.call_verb(verb, person, thing),
            [verb @ ("tap" | "press"), person, call, class] => {
                let user = self.user(person);
                let (class, sub) = class.split_once('/').map_or((*class, None), |(class, sub)| (class, Some(sub)));
                let class = Class::from_key(class).unwrap_or_else(|| panic!("{class} is no class"));
                let choice = ClassChoice { class, sub: sub.map(str::to_owned) };
                let press = if *verb == "tap" { Press::Tap } else { Press::Hold };
                self.command(C::Class { user, call: CallId(self.named(call)), choice, press });
            }
            other => panic!("no such line: {other:?}"),
        }
    }
}
