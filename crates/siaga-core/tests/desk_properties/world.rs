//! The desk, and what the world outside believes.

use crate::act::{Act, CALLERS, PEOPLE, Past};
use siaga_core::{
    class::Class,
    desk::{
        Arrival, Desk, DeskCommand as C, Effect, IdSource, Input, Known, LineEvent as L, LineOrder, Position, Press,
        Sender, Sent,
    },
    ids::{CallId, CallbackId, DrillId, StationId, UserId},
    limits::THREATENED_MS,
    location::{Located, PositionSource},
    policy::Policy,
    queue::Telephone,
    role::Role,
    screening::facts::{Block, NumberFacts, PastCall, RealReport},
    time::Timestamp,
    view::{
        call::EndedBy,
        desk::{ClassChoice, Direction},
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

const START: Timestamp = Timestamp(1_790_000_000_000_000);
struct Counting(u128);

impl IdSource for Counting {
    fn next_id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// How often something was reached, so that a run which never got there is noticed.
#[derive(Clone, Debug, Default)]
pub struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    pub fn one(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    pub fn is_rich(&self) -> bool {
        let needed = [
            "answered",
            "greeted",
            "asked",
            "hang up",
            "crash",
            "mistake",
            "silent line ended",
            "left to the machine",
            "threatened",
            "judged",
            "answered outside",
            "handed off",
            "came back",
            "drill",
        ];
        needed.iter().all(|what| self.0.get(what).copied().unwrap_or_default() > 0)
    }
}

/// A call as its row tells it.
#[derive(Clone, Debug)]
pub struct Row {
    pub direction: Direction,
    pub number: Option<String>,
    pub offered_at: Timestamp,
    pub answered: bool,
}

pub struct World {
    pub desk: Desk,
    ids: Counting,
    pub now: Timestamp,
    pub stations: BTreeMap<u8, StationId>,
    /// The line each place names now.
    pub lines: BTreeMap<u8, CallId>,
    pub arrived: BTreeSet<CallId>,
    pub rows: BTreeMap<CallId, Row>,
    pub ended: BTreeSet<CallId>,
    /// Open entries: number and the tries of the machine.
    pub entries: BTreeMap<CallbackId, (CallId, String, u32)>,
    /// Our lines to telephones outside.
    pub outside: Vec<CallId>,
    /// When the machine got a line, and whether a sign of a person was heard since.
    pub machine: BTreeMap<CallId, (Timestamp, bool)>,
    /// Numbers whose caller cannot speak freely, as the facts say.
    pub threatened: BTreeMap<String, Timestamp>,
    /// Since when a voice or noise is heard on a line without a pause.
    pub loud: BTreeMap<CallId, Timestamp>,
    /// When a call was handed off last.
    pub off_at: BTreeMap<CallId, Timestamp>,
    /// Just pressed a key.
    pub pressed: Option<CallId>,
    /// Handed off, and since when a voice or noise is heard without a pause.
    pub handed_off: BTreeMap<CallId, Option<Timestamp>>,
    /// Ordered simulated calls.
    pub drills: BTreeSet<CallId>,
    /// Wanted a person again after that, and nobody took them since.
    pub back: BTreeSet<CallId>,
    /// Calls whose person sent something beside the voice, line or no line.
    pub sent: BTreeSet<CallId>,
    pub counts: Counts,
}

fn user(p: u8) -> UserId {
    UserId(Uuid::from_u128(1 + u128::from(p)))
}

impl World {
    pub fn new() -> Self {
        Self {
            desk: Desk::new(START, Arc::default()),
            ids: Counting(1_000),
            now: START,
            stations: BTreeMap::new(),
            lines: BTreeMap::new(),
            arrived: BTreeSet::new(),
            rows: BTreeMap::new(),
            ended: BTreeSet::new(),
            entries: BTreeMap::new(),
            outside: Vec::new(),
            machine: BTreeMap::new(),
            threatened: BTreeMap::new(),
            loud: BTreeMap::new(),
            off_at: BTreeMap::new(),
            pressed: None,
            handed_off: BTreeMap::new(),
            drills: BTreeSet::new(),
            back: BTreeSet::new(),
            sent: BTreeSet::new(),
            counts: Counts::default(),
        }
    }

    pub fn input(&mut self, input: Input) {
        let asked_to_end = matches!(&input, Input::Command(C::End { .. } | C::Class { press: Press::Hold, .. }));
        let is_command = matches!(&input, Input::Command(_));
        let effects = self.desk.handle(self.now, input, &mut self.ids);
        let replies = effects.iter().filter(|effect| matches!(effect, Effect::Reply(_))).count();
        assert_eq!(replies, usize::from(is_command), "a command is answered once");
        let mut lost = Vec::new();
        for effect in effects {
            match effect {
                Effect::Line(LineOrder::HangUp { .. }) => {
                    assert!(asked_to_end, "the machine ended a call");
                    self.counts.one("hang up");
                }
                Effect::Line(LineOrder::RingOutside { leg, .. }) => {
                    self.counts.one("rang outside");
                    self.outside.push(leg);
                }
                Effect::Line(LineOrder::Release { leg }) => {
                    assert!(self.outside.contains(&leg), "only our own lines are released");
                    self.outside.retain(|open| *open != leg);
                }
                Effect::Line(LineOrder::Dial { call, .. }) => self.goes_out(call),
                Effect::Line(LineOrder::Ask { call, number, .. }) => {
                    let threatened = self.threatened.get(&number);
                    let free = threatened.is_none_or(|at| self.now.ms_since(*at) >= THREATENED_MS);
                    assert!(free, "the machine rings who cannot speak freely");
                    self.counts.one("asked");
                    self.goes_out(call);
                }
                Effect::Fact(fact) => self.fact(fact.fact, fact.at, &mut lost),
                Effect::Line(_) | Effect::Reply(_) => {}
            }
        }
        self.check(&lost);
        self.pressed = None;
    }

    fn goes_out(&mut self, call: CallId) {
        self.arrived.insert(call);
        let free = (0..=u8::MAX).find(|line| !self.lines.contains_key(line)).expect("because few lines are open");
        self.lines.insert(free, call);
    }

    pub fn act(&mut self, act: Act) {
        match act {
            Act::Pass(ms) => {
                self.now = self.now.plus_ms(i64::from(ms));
                self.input(Input::Tick);
            }
            Act::Beat => (0..PEOPLE).for_each(|p| self.command(C::Heartbeat { user: user(p) })),
            Act::Sit(p) => self.command(C::TakeSeat { user: user(p), display_name: String::new() }),
            Act::Station(p) => {
                let station = StationId(self.ids.next_id());
                self.stations.insert(p, station);
                self.command(C::BindStation { user: user(p), station });
            }
            Act::StationUp(p) => {
                if let Some(station) = self.stations.get(&p).copied() {
                    self.input(Input::Line(L::StationUp { station }));
                }
            }
            Act::StationDown(p) => {
                if let Some(station) = self.stations.get(&p).copied() {
                    self.input(Input::Line(L::StationDown { station }));
                }
            }
            Act::Leave(p) => self.command(C::LeaveSeat { user: user(p) }),
            Act::Pause(p, on) => self.command(C::Pause { user: user(p), on }),
            Act::Ready(p) => self.command(C::Ready { user: user(p) }),
            Act::Trunk(up) => self.input(Input::Line(L::Watchdog { up })),
            Act::Telephones(count) => {
                let mut policy = Policy::default();
                let one = |nth| Telephone { name: format!("telepon {nth}"), number: format!("0899000000{nth}") };
                policy.overflow.telephones = (0..count).map(one).collect();
                self.input(Input::Policy(Arc::new(policy)));
            }
            Act::OutsideUp(nth) | Act::OutsideDown(nth) => {
                let Some(leg) = self.outside.get(usize::from(nth) % self.outside.len().max(1)).copied() else { return };
                if matches!(act, Act::OutsideUp(_)) {
                    return self.input(Input::Line(L::Up { call: leg }));
                }
                self.outside.retain(|open| *open != leg);
                let by = EndedBy::Caller;
                let refused = L::NotReached { call: leg, status: Some(486) };
                self.input(Input::Line(if nth % 2 == 0 { L::Down { call: leg, by } } else { refused }));
            }
            Act::Fifo(on) => {
                let policy = if on { Policy::fifo() } else { Policy::default() };
                self.input(Input::Policy(Arc::new(policy)));
            }
            Act::Arrive(line) if !self.lines.contains_key(&line) => {
                let (call, arrival) = self.caller(line);
                self.lines.insert(line, call);
                self.input(Input::Line(L::Arrived { call, arrival }));
            }
            Act::Drill(line, ordered) if !self.lines.contains_key(&line) => {
                let token = self.ids.next_id().to_string();
                if ordered {
                    let (drill, until) = (DrillId(Uuid::from_u128(7)), self.now.plus_ms(60_000));
                    self.command(C::OrderDrill { drill, tokens: vec![token.clone()], until });
                    self.counts.one("drill");
                }
                let (call, mut arrival) = self.caller(line);
                arrival.sip_call_id = Some(token);
                if ordered {
                    self.drills.insert(call);
                }
                self.lines.insert(line, call);
                self.input(Input::Line(L::Arrived { call, arrival }));
            }
            Act::Deferred(line) => {
                let (call, arrival) = self.caller(line);
                self.input(Input::Line(L::Deferred { call, arrival }));
            }
            Act::CallBack(p, entry) | Act::Drop(p, entry) => {
                let view = self.desk.view(self.now, 1);
                let Some(entry) = view.callbacks.get(usize::from(entry) % view.callbacks.len().max(1)) else { return };
                let (user, callback) = (user(p), entry.callback_id);
                let dial = matches!(act, Act::CallBack(..));
                self.command(if dial { C::CallBack { user, callback } } else { C::DropCallback { user, callback } });
            }
            Act::Crash => self.crash(),
            _ => self.act_on_line(act),
        }
    }

    fn command(&mut self, command: C) {
        self.input(Input::Command(command));
    }

    fn caller(&mut self, line: u8) -> (CallId, Arrival) {
        let call = CallId(self.ids.next_id());
        self.arrived.insert(call);
        // One of them has no number.
        let number_raw = (line != CALLERS - 1).then(|| format!("08123456780{line}"));
        (call, Arrival { number_raw, ..Arrival::default() })
    }

    fn act_on_line(&mut self, act: Act) {
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

    /// Since the hand-off of this call (ms).
    pub fn handed_off_ms(&self, call: CallId) -> i64 {
        self.off_at.get(&call).map_or(0, |at| self.now.ms_since(*at))
    }

    fn sign(&mut self, call: CallId) {
        if let Some(machine) = self.machine.get_mut(&call) {
            machine.1 = true;
        }
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
