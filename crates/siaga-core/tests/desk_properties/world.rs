//! The desk, and what the world outside believes.

use crate::act::{Act, CALLERS, PEOPLE};
use siaga_core::{
    desk::{Arrival, Desk, DeskCommand as C, Effect, IdSource, Input, LineEvent as L, LineOrder, Press},
    ids::{CallId, CallbackId, DrillId, StationId, UserId},
    limits::THREATENED_MS,
    policy::Policy,
    queue::Telephone,
    time::Timestamp,
    view::{call::EndedBy, desk::Direction},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

pub const START: Timestamp = Timestamp(1_790_000_000_000_000);
pub struct Counting(u128);

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
            "supervised",
            "supervision ended by itself",
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
    pub ids: Counting,
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
    /// Calls that carry the mark now.
    pub marked: BTreeSet<CallId>,
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
    /// Who is on a call beside its call-taker, as the facts say.
    pub leads: BTreeMap<CallId, UserId>,
    pub counts: Counts,
}

pub fn user(p: u8) -> UserId {
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
            marked: BTreeSet::new(),
            loud: BTreeMap::new(),
            off_at: BTreeMap::new(),
            pressed: None,
            handed_off: BTreeMap::new(),
            drills: BTreeSet::new(),
            back: BTreeSet::new(),
            sent: BTreeSet::new(),
            leads: BTreeMap::new(),
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
            Act::Supervise(..) | Act::SuperviseNoMore(..) | Act::LeadDown(_) => self.act_of_lead(act),
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

    /// Since the hand-off of this call (ms).
    pub fn handed_off_ms(&self, call: CallId) -> i64 {
        self.off_at.get(&call).map_or(0, |at| self.now.ms_since(*at))
    }

    pub fn sign(&mut self, call: CallId) {
        if let Some(machine) = self.machine.get_mut(&call) {
            machine.1 = true;
        }
    }
}
