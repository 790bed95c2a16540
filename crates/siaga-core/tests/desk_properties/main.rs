//! Whatever happens in whatever order: no call is lost, none is ended by the machine, none has two seats.

use proptest::{collection::vec, prelude::*};
use siaga_core::{
    call::{Sound, live::Fact},
    class::Class,
    desk::{Arrival, Desk, DeskCommand as C, Effect, IdSource, Input, Known, LineEvent as L, LineOrder, Press},
    ids::{CallId, StationId, UserId},
    role::Role,
    screening::facts::{NumberFacts, PastCall},
    time::Timestamp,
    view::{
        call::EndedBy,
        desk::{ClassChoice, SeatState},
    },
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

const START: Timestamp = Timestamp(1_790_000_000_000_000);
const PEOPLE: u8 = 3;
const CALLS: u8 = 6;

/// One thing that happens; numbers choose person and call.
#[derive(Clone, Debug)]
enum Act {
    Pass(u32),
    Beat,
    Sit(u8),
    Station(u8),
    StationUp(u8),
    StationDown(u8),
    Leave(u8),
    Pause(u8, bool),
    Ready(u8),
    Arrive(u8, bool),
    Known(u8, u8),
    Up(u8),
    Down(u8, bool),
    Heard(u8, bool),
    Answer(u8, u8),
    Hold(u8, u8, bool),
    End(u8, u8),
    Class(u8, u8, bool),
    Undo(u8, u8),
    Claim(u8, u8, bool),
    CallBack(u8, u8),
    Broken(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let (p, c) = (0..PEOPLE, 0..CALLS);
    let act = prop_oneof![
        3 => (10u32..30_000).prop_map(Act::Pass),
        2 => Just(Act::Beat),
        2 => p.clone().prop_map(Act::Sit),
        2 => p.clone().prop_map(Act::Station),
        4 => p.clone().prop_map(Act::StationUp),
        1 => p.clone().prop_map(Act::StationDown),
        1 => p.clone().prop_map(Act::Leave),
        1 => (p.clone(), any::<bool>()).prop_map(|(p, on)| Act::Pause(p, on)),
        1 => p.clone().prop_map(Act::Ready),
        4 => (c.clone(), any::<bool>()).prop_map(|(c, named)| Act::Arrive(c, named)),
        3 => (c.clone(), 0u8..10).prop_map(|(c, pranks)| Act::Known(c, pranks)),
        4 => c.clone().prop_map(Act::Up),
        3 => (c.clone(), any::<bool>()).prop_map(|(c, network)| Act::Down(c, network)),
        1 => (c.clone(), any::<bool>()).prop_map(|(c, voice)| Act::Heard(c, voice)),
        6 => (p.clone(), c.clone()).prop_map(|(p, c)| Act::Answer(p, c)),
        1 => (p.clone(), c.clone(), any::<bool>()).prop_map(|(p, c, on)| Act::Hold(p, c, on)),
        2 => (p.clone(), c.clone()).prop_map(|(p, c)| Act::End(p, c)),
        3 => (p.clone(), c.clone(), any::<bool>()).prop_map(|(p, c, hold)| Act::Class(p, c, hold)),
        1 => (p.clone(), c.clone()).prop_map(|(p, c)| Act::Undo(p, c)),
        1 => (p.clone(), c.clone(), any::<bool>()).prop_map(|(p, c, lead)| Act::Claim(p, c, lead)),
        2 => (p, 0u8..4).prop_map(|(p, entry)| Act::CallBack(p, entry)),
        1 => c.prop_map(Act::Broken),
    ];
    vec(act, 1..160)
}

struct Counting(u128);

impl IdSource for Counting {
    fn next_id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(self.0)
    }
}

/// The desk, and what the world outside believes.
struct World {
    desk: Desk,
    ids: Counting,
    now: Timestamp,
    stations: BTreeMap<u8, StationId>,
    /// The line each number names now.
    lines: BTreeMap<u8, CallId>,
    arrived: BTreeSet<CallId>,
    offered: BTreeMap<CallId, u32>,
    ended: BTreeMap<CallId, u32>,
}

impl World {
    fn new() -> Self {
        Self {
            desk: Desk::new(START),
            ids: Counting(1_000),
            now: START,
            stations: BTreeMap::new(),
            lines: BTreeMap::new(),
            arrived: BTreeSet::new(),
            offered: BTreeMap::new(),
            ended: BTreeMap::new(),
        }
    }

    fn input(&mut self, input: Input) {
        let asked_to_end = matches!(&input, Input::Command(C::End { .. } | C::Class { press: Press::Hold, .. }));
        let is_command = matches!(&input, Input::Command(_));
        let effects = self.desk.handle(self.now, input, &mut self.ids);
        let replies = effects.iter().filter(|effect| matches!(effect, Effect::Reply(_))).count();
        assert_eq!(replies, usize::from(is_command), "a command is answered once");
        for effect in effects {
            match effect {
                Effect::Line(LineOrder::HangUp { .. }) => assert!(asked_to_end, "the machine ended a call"),
                Effect::Line(LineOrder::Dial { call, .. }) => {
                    self.arrived.insert(call);
                    let free = (0..CALLS).find(|line| !self.lines.contains_key(line)).unwrap_or(0);
                    self.lines.insert(free, call);
                }
                Effect::Fact(fact) => match fact.fact {
                    Fact::Offered { call, .. } => *self.offered.entry(call).or_default() += 1,
                    Fact::Ended { call, .. } => {
                        assert!(self.offered.contains_key(&call), "an end without a beginning");
                        *self.ended.entry(call).or_default() += 1;
                    }
                    Fact::Answered { call, .. } | Fact::Moved { call, .. } => {
                        assert!(!self.ended.contains_key(&call), "answered after its end");
                    }
                    _ => {}
                },
                Effect::Line(_) | Effect::Reply(_) => {}
            }
        }
        self.check();
    }

    fn check(&self) {
        let view = self.desk.view(self.now, 1);
        let mut busy = BTreeSet::new();
        for seat in &view.seats {
            if matches!(seat.state, SeatState::Talking | SeatState::Ringing) {
                let call = seat.call.expect("because a busy seat has a call");
                assert!(busy.insert(call), "two seats on one call");
            }
        }
        let mut users = BTreeSet::new();
        assert!(view.seats.iter().all(|seat| users.insert(seat.user_id)), "one person on two seats");
        for call in &self.arrived {
            let ends = self.ended.get(call).copied().unwrap_or_default();
            assert!(ends <= 1, "a call ended twice");
            assert!(ends == 1 || self.desk.knows(*call), "a call is lost");
            assert!(self.offered.get(call).copied().unwrap_or_default() <= 1, "two rows for one call");
        }
    }

    fn act(&mut self, act: &Act) {
        let user = |p: u8| UserId(Uuid::from_u128(1 + u128::from(p)));
        let command = |command: C| Input::Command(command);
        match *act {
            Act::Pass(ms) => {
                self.now = self.now.plus_ms(i64::from(ms));
                self.input(Input::Tick);
            }
            Act::Beat => (0..PEOPLE).for_each(|p| self.input(command(C::Heartbeat { user: user(p) }))),
            Act::Sit(p) => self.input(command(C::TakeSeat { user: user(p), display_name: String::new() })),
            Act::Station(p) => {
                let station = StationId(self.ids.next_id());
                self.stations.insert(p, station);
                self.input(command(C::BindStation { user: user(p), station }));
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
            Act::Leave(p) => self.input(command(C::LeaveSeat { user: user(p) })),
            Act::Pause(p, on) => self.input(command(C::Pause { user: user(p), on })),
            Act::Ready(p) => self.input(command(C::Ready { user: user(p) })),
            Act::Arrive(line, named) => {
                if self.lines.contains_key(&line) {
                    return;
                }
                let call = CallId(self.ids.next_id());
                self.lines.insert(line, call);
                self.arrived.insert(call);
                let number_raw = named.then(|| format!("08123456780{line}"));
                self.input(Input::Line(L::Arrived { call, arrival: Arrival { number_raw, ..Arrival::default() } }));
            }
            Act::CallBack(p, entry) => {
                let view = self.desk.view(self.now, 1);
                if let Some(entry) = view.callbacks.get(usize::from(entry)) {
                    let callback = entry.callback_id;
                    if (0..CALLS).any(|line| !self.lines.contains_key(&line)) {
                        self.input(command(C::CallBack { user: user(p), callback }));
                    }
                }
            }
            _ => self.act_on_line(act, user),
        }
    }

    fn act_on_line(&mut self, act: &Act, user: impl Fn(u8) -> UserId) {
        let line = match *act {
            Act::Known(line, _) | Act::Up(line) | Act::Down(line, _) | Act::Heard(line, _) | Act::Broken(line) => line,
            Act::Answer(_, line) | Act::Hold(_, line, _) | Act::End(_, line) | Act::Class(_, line, _) => line,
            Act::Undo(_, line) | Act::Claim(_, line, _) => line,
            _ => return,
        };
        let Some(call) = self.lines.get(&line).copied() else { return };
        let input = match *act {
            Act::Known(_, pranks) => {
                let past = PastCall { at: self.now, class: Some(Class::Prank), sub: None };
                let newest = vec![past; usize::from(pranks)];
                let facts = NumberFacts { calls: u32::from(pranks), newest, ..NumberFacts::default() };
                Input::Known { call, known: Some(Known { facts, sentence: String::new() }) }
            }
            Act::Up(_) => Input::Line(L::Up { call }),
            Act::Down(_, network) => {
                self.lines.remove(&line);
                let by = if network { EndedBy::Network } else { EndedBy::Caller };
                Input::Line(L::Down { call, by })
            }
            Act::Broken(_) => {
                self.lines.remove(&line);
                Input::Broken { call }
            }
            Act::Heard(_, voice) => {
                let sound = if voice { Sound::Voice } else { Sound::Silence };
                Input::Line(L::Heard { call, sound, level_dbfs: -30 })
            }
            Act::Answer(p, _) => Input::Command(C::Answer { user: user(p), call }),
            Act::Hold(p, _, on) => Input::Command(C::Hold { user: user(p), call, on }),
            Act::End(p, _) => Input::Command(C::End { user: user(p), call }),
            Act::Class(p, _, hold) => {
                let choice = ClassChoice { class: Class::Prank, sub: None };
                let press = if hold { Press::Hold } else { Press::Tap };
                Input::Command(C::Class { user: user(p), call, choice, press })
            }
            Act::Undo(p, _) => Input::Command(C::UndoClass { user: user(p), call }),
            Act::Claim(p, _, lead) => {
                let role = if lead { Role::ShiftLead } else { Role::CallTaker };
                Input::Command(C::Claim { user: user(p), role, call })
            }
            _ => return,
        };
        self.input(input);
    }

    /// The night is over: every line goes down, and every call has begun and ended exactly once.
    fn close(&mut self) {
        for call in std::mem::take(&mut self.lines).into_values() {
            self.input(Input::Line(L::Down { call, by: EndedBy::Caller }));
        }
        for call in &self.arrived {
            assert_eq!(self.offered.get(call), Some(&1), "one row");
            assert_eq!(self.ended.get(call), Some(&1), "one end");
        }
        self.now = self.now.plus_ms(86_400_000);
        self.input(Input::Tick);
        assert_eq!(self.desk.open_calls(), 0, "nothing stays for ever");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_call_is_lost_and_none_is_ended_by_the_machine(acts in acts()) {
        let mut world = World::new();
        for act in &acts {
            world.act(act);
        }
        world.close();
    }
}
