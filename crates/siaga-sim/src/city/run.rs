//! The city in virtual time around one real desk. Every input a desk gets here it could get from a trunk, a line, a
//! database or a person's key; what a call truly is goes to the ledger and to nobody else.

mod asking;
mod crash;
mod lines;
mod outcome;
mod seats;

pub use outcome::{Digest, Marks, Options, Outcome, Pen, SeatTime};

use super::{
    assume as a,
    calendar::{START, hour_of, since_start},
    dice::Dice,
    event::{Agenda, Happening},
    floor::Floor,
    person::Person,
    plan::Intent,
    record::Record,
    truth::{Kind, Ledger, Truth},
};
use siaga_core::{
    class::Class,
    desk::{Arrival, Desk, DeskCommand, DeskReply, Effect, IdSource, Input, LineEvent, Press, Refusal},
    ids::CallId,
    time::Timestamp,
    view::desk::{CallPhase, DeskView, Direction},
};
use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};
use uuid::Uuid;

/// How long the city goes on after its last caller (ms): the call-back series takes ten minutes.
const AFTER_MS: i64 = 2_400_000;
/// The engine looks at the time this often (ms) while somebody waits.
const TICK_MS: i64 = 200;
/// In adverse runs, the share of events that come twice.
const TWICE: f64 = 0.1;
/// A page says this often that it lives (ms).
const HEARTBEAT_MS: i64 = 5_000;
/// In a quiet hour the pages are heard this often (ms): a seat would be given up after ten minutes. Before each call
/// they are heard again.
const QUIET_MS: i64 = 300_000;

pub(crate) struct Counting(u128);

impl IdSource for Counting {
    fn next_id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// One telephone line between a person and the desk.
pub(crate) struct Line {
    person: Person,
    who: u32,
    attempt: u8,
    up: bool,
    /// A person at a seat answered them.
    human: bool,
    /// And left them to the machine with a question; nothing was heard since.
    left: bool,
    spoke: bool,
    /// A call-taker had them asked for a key, then.
    asked_at: Option<i64>,
    /// We called them.
    called: bool,
}

pub(crate) struct City<'a> {
    options: &'a Options,
    intents: &'a [Intent],
    /// `None`: no process runs.
    desk: Option<Desk>,
    ids: Counting,
    now: i64,
    agenda: Agenda,
    lines: BTreeMap<CallId, Line>,
    floor: Floor,
    record: Record,
    ledger: Ledger,
    marks: Marks,
    /// Who called from a number last.
    phones: HashMap<String, u32>,
    /// Lines that our side does not know any more, until their people notice.
    dead_until: HashMap<String, i64>,
    /// The key that was pressed, and when the line went down: together they free the seat.
    hands: BTreeMap<CallId, Hands>,
    last_beat: i64,
    tick_at: Option<i64>,
    list_at: Option<i64>,
    sequence: u64,
    adverse: Option<Dice>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Hands {
    from: i64,
    hurries: bool,
    classed: bool,
    down: bool,
    /// What this call-taker will say that it was.
    given: Option<(Class, Option<&'static str>)>,
}

/// Runs everybody's calls through one desk.
#[must_use]
pub fn run(options: &Options, intents: &[Intent]) -> Outcome {
    let mut city = City {
        options,
        intents,
        desk: Some(City::new_desk(options, 0)),
        ids: Counting(1 << 32),
        now: 0,
        agenda: Agenda::default(),
        lines: BTreeMap::new(),
        floor: Floor::default(),
        record: Record::new(options.policy.queue.peace_ms),
        ledger: Ledger::default(),
        marks: Marks::default(),
        phones: HashMap::new(),
        dead_until: HashMap::new(),
        hands: BTreeMap::new(),
        last_beat: 0,
        tick_at: None,
        list_at: None,
        sequence: 0,
        adverse: options.adverse.map(Dice::new),
    };
    let end = intents.last().map_or(0, |intent| intent.at_ms) + AFTER_MS;
    city.plan_shifts(end);
    for at in &options.crashes {
        city.agenda.at(*at, Happening::Crash);
    }
    city.tick(0);
    for (person, intent) in intents.iter().enumerate() {
        let person = u32::try_from(person).unwrap_or(u32::MAX);
        city.agenda.at(intent.at_ms, Happening::Dials { person, attempt: 0 });
    }
    while let Some((at, happening)) = city.agenda.next() {
        if at > end {
            break;
        }
        city.now = city.now.max(at);
        city.happens(happening);
    }
    let mut calls_of: HashMap<String, Vec<Timestamp>> = HashMap::new();
    for row in city.record.rows.values().filter(|row| row.direction == Direction::Incoming) {
        if let Some(number) = &row.number {
            calls_of.entry(number.clone()).or_default().push(row.offered_at);
        }
    }
    calls_of.values_mut().for_each(|times| times.sort());
    Outcome { record: city.record, truths: city.ledger.close(), marks: city.marks, calls_of }
}

impl City<'_> {
    pub(crate) fn new_desk(options: &Options, at: i64) -> Desk {
        Desk::new(START.plus_ms(at), Arc::clone(&options.policy))
    }

    fn time(&self) -> Timestamp {
        START.plus_ms(self.now)
    }

    fn after(&mut self, seconds: f64, happening: Happening) {
        self.after_ms(Dice::ms(seconds), happening);
    }

    fn after_ms(&mut self, ms: i64, happening: Happening) {
        self.agenda.at(self.now + ms.max(0), happening);
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Dials { person, attempt } => self.dials(person, attempt),
            Happening::Known { call } => self.known(call),
            Happening::Up { call } => self.comes_up(call),
            Happening::Heard { call, sound } => self.heard(call, sound),
            Happening::Sign { call, sign } => self.sign(call, sign),
            Happening::Said { call, prompt } => self.said(call, prompt),
            Happening::PatienceEnds { call } => self.patience_ends(call),
            Happening::Down { call, by } => self.goes_down(call, by),
            Happening::NotReached { call, status } => self.not_reached(call, status),
            Happening::Answers { user, call } => self.answers(user, call),
            Happening::Hears { user, call } => self.hears(user, call),
            Happening::Asks { user, call } => self.asks(user, call),
            Happening::GivesUp { user, call } => self.gives_up(user, call),
            Happening::Classes { user, call, press } => self.classes(user, call, press),
            Happening::Links { call, incident } => {
                self.command(DeskCommand::LinkIncident { call, incident });
            }
            Happening::Ends { user, call } => {
                self.command(DeskCommand::End { user, call });
            }
            Happening::Shift { shift } => self.shift(shift),
            Happening::Leaves { user } => self.leaves(user),
            Happening::Break { user, on } => {
                self.command(DeskCommand::Pause { user, on });
            }
            Happening::LooksAtList => self.looks_at_list(),
            Happening::Approves { number } => self.approves(&number),
            Happening::Tick => {
                if self.tick_at.is_some_and(|at| self.now >= at) {
                    self.tick_at = None;
                    self.beat();
                    self.tell(Input::Tick);
                }
            }
            Happening::Crash => self.crash(),
            Happening::Restart => self.restart(),
        }
    }

    /// Somebody dials 112: only what a trunk would give reaches the desk.
    fn dials(&mut self, who: u32, attempt: u8) {
        let Some(intent) = self.intents.get(who as usize) else { return };
        if self.desk.is_none() {
            // The trunk sends its INVITE again until a process answers.
            self.after(a::RESTART_S + a::INVITE_AGAIN_S, Happening::Dials { person: who, attempt: attempt | AGAIN });
            return;
        }
        let attempt = attempt & !AGAIN;
        let person = self.person(intent, attempt);
        // One telephone makes one call: who shares it waits.
        if person.number_raw.is_some() && self.lines.values().any(|line| line.person.number_raw == person.number_raw) {
            self.after(a::SHARED_S, Happening::Dials { person: who, attempt });
            return;
        }
        let incoming = self.lines.values().filter(|line| !line.called).count();
        if incoming >= a::CHANNELS {
            self.marks.busy.push((who, self.time()));
            self.calls_again(who, attempt, &person);
            return;
        }
        if let Some(number) = &person.number_raw {
            self.phones.insert(number.clone(), who);
        }
        let call = CallId(self.ids.next_id());
        let kind = if self.options.pen == Pen::Lying { Kind::Misdial } else { intent.kind };
        self.ledger.note(call, Truth { kind, scene: intent.scene, person: who });
        let arrival = Arrival { number_raw: person.number_raw.clone(), ..Arrival::default() };
        let patience = person.patience_ms;
        let named = person.number_raw.is_some();
        let line = Line {
            person,
            who,
            attempt,
            up: false,
            human: false,
            left: false,
            spoke: false,
            asked_at: None,
            called: false,
        };
        self.lines.insert(call, line);
        self.beat();
        self.tell(Input::Line(LineEvent::Arrived { call, arrival }));
        self.after_ms(patience, Happening::PatienceEnds { call });
        if named {
            let mut dice = Dice::of(intent.seed, 0xda7a);
            let late = dice.chance(a::LATE_HISTORY_SHARE);
            let ms = if late { dice.between(21.0, 900.0) } else { dice.between(2.0, 8.0) };
            self.after(ms / 1_000.0, Happening::Known { call });
        }
    }

    /// The database's answer about a number, as the engine passes it on.
    fn known(&mut self, call: CallId) {
        let Some(number) = self.lines.get(&call).and_then(|line| line.person.number_raw.clone()) else { return };
        let e164 = siaga_core::phone::Caller::read(&number).number().map(|number| number.e164().to_owned());
        let Some(e164) = e164 else { return };
        let known = self.record.known(&e164, self.time());
        if known.facts.block.is_some() {
            self.marks.blocked.insert(call);
        }
        self.tell(Input::Known { call, known: Some(known) });
    }

    /// The person may try once more.
    fn calls_again(&mut self, who: u32, attempt: u8, person: &Person) {
        let Some(intent) = self.intents.get(who as usize) else { return };
        let mut dice = Dice::of(intent.seed, 0x4ed1a1 + u64::from(attempt));
        if attempt < a::REDIALS_MAX && dice.chance(person.redials) {
            self.after_ms(person.redial_after_ms, Happening::Dials { person: who, attempt: attempt + 1 });
        }
    }

    fn person(&self, intent: &Intent, attempt: u8) -> Person {
        let mut person = Person::new(intent, attempt);
        person.talks(self.options.talk[hour_of(self.now)]);
        person
    }

    fn command(&mut self, command: DeskCommand) -> Option<Result<DeskReply, Refusal>> {
        self.tell(Input::Command(command))
    }

    /// Gives the desk one input, does what it orders, and lets people look at their screens.
    fn tell(&mut self, input: Input) -> Option<Result<DeskReply, Refusal>> {
        let from_outside = matches!(&input, Input::Line(_) | Input::Known { .. });
        let twice = from_outside && self.adverse.as_mut().is_some_and(|dice| dice.chance(TWICE));
        let twice = twice.then(|| input.clone());
        let reply = self.tell_once(input);
        if let Some(again) = twice {
            self.tell_once(again);
        }
        self.look();
        reply
    }

    fn tell_once(&mut self, input: Input) -> Option<Result<DeskReply, Refusal>> {
        let now = self.time();
        self.marks.inputs += 1;
        if self.options.digest == Digest::Yes {
            let mut hasher = DefaultHasher::new();
            (self.marks.digest, now.0, format!("{input:?}")).hash(&mut hasher);
            self.marks.digest = hasher.finish();
        }
        let by_person =
            matches!(&input, Input::Command(DeskCommand::End { .. } | DeskCommand::Class { press: Press::Hold, .. }));
        let effects = self.desk.as_mut()?.handle(now, input, &mut self.ids);
        let mut reply = None;
        for effect in effects {
            match effect {
                Effect::Line(order) => self.order(order, by_person),
                Effect::Fact(fact) => self.fact(fact),
                Effect::Reply(answer) => reply = Some(answer),
            }
        }
        reply
    }

    /// Screens show; hands move. Says also when the desk must look at the time again.
    fn look(&mut self) {
        self.sequence += 1;
        let now = self.time();
        let Some(view) = self.desk.as_ref().map(|desk| desk.view(now, self.sequence)) else { return };
        self.see_offers(&view);
        self.see_silent_lines(&view);
        self.see_who_waits(&view);
        self.see_list(&view);
        let at = self.now + wait_ms(&view, self.now);
        self.tick(at);
    }

    fn tick(&mut self, at: i64) {
        if self.tick_at.is_none_or(|next| at < next || next < self.now) {
            self.tick_at = Some(at);
            self.agenda.at(at, Happening::Tick);
        }
    }
}

/// Marks a call that the trunk repeats because nobody took it: not a new attempt of the person.
const AGAIN: u8 = 0x80;

/// How long the desk's time may stand still.
fn wait_ms(view: &DeskView, now: i64) -> i64 {
    let next = view.callbacks.iter().filter_map(|entry| entry.next_attempt_at).map(|at| since_start(at) - now).min();
    let waits = |phase: CallPhase| !matches!(phase, CallPhase::Talking | CallPhase::Held | CallPhase::Wrap);
    let calls = if view.calls.iter().any(|card| waits(card.phase)) {
        TICK_MS
    } else if view.calls.is_empty() {
        QUIET_MS
    } else {
        HEARTBEAT_MS
    };
    calls.min(next.unwrap_or(QUIET_MS).max(TICK_MS))
}
