//! The desk: seats, live calls and the queue. One `handle(now, input)`, effects drained by the engine.
//!
//! Pure: time and ids are arguments, what must happen outside comes back as plain data. Between `CallArrived` and a
//! person this is the only place that decides. It must never end a call: `HangUp` leaves here only in answer to a
//! person's command, and a property test says so.
//!
//! `command` is what people ask and `refusal` why not; `line` what the voice side tells and is asked; `lines`, `stations`,
//! `seats`, `work`, `silent`, `callbacks`, `recover` handle the inputs by kind; `screen` judges, `listen` is the machine on
//! the line, `series` its call-backs, `hand_off` lets it go on with who abuses, `overflow` the telephones outside, `supervise` the shift lead beside a
//! call-taker, `sent` what comes beside the
//! voice; `rules` and `offers` run after each input; `snapshot` is the view.

mod callbacks;
mod command;
mod hand_off;
mod line;
mod lines;
mod listen;
mod offers;
mod overflow;
mod recover;
mod refusal;
mod rules;
mod screen;
mod seat;
mod seats;
mod sent;
mod series;
mod silent;
mod snapshot;
mod stations;
mod supervise;
mod work;

pub use command::{DeskCommand, DeskReply, Press};
pub use line::{Arrival, LineEvent, LineOrder, Position};
pub use recover::{LostCall, OpenCallback};
pub use refusal::Refusal;
pub use sent::{Sender, Sent};
pub use work::class_may_be_given;

use crate::{
    call::{
        Call,
        live::{Fact, LiveFact},
    },
    drill::DrillBook,
    ids::{CallId, CallbackId, SeatId, UserId},
    location::{Located, Region},
    policy::Policy,
    screening::{Fleet, facts::NumberFacts},
    time::Timestamp,
    view::desk::Link,
};
use callbacks::Callback;
use overflow::Outside;
use seat::Seat;
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;

/// With calls on the desk it looks at the time this often (ms): a fifth of the shortest limit a caller notices.
const TICK_MS: i64 = 200;
/// Positions that are kept for calls that have not arrived: more than the trunk brings in that time.
const EARLY_MAX: usize = 1_000;

/// Where ids come from; the engine gives UUIDv7, tests count.
pub trait IdSource {
    fn next_id(&mut self) -> Uuid;
}

/// Everything that can change the desk.
#[derive(Clone, Debug)]
pub enum Input {
    Line(LineEvent),
    /// The answer about a number's history; `None`: failed or late. May come once more, late, with the facts.
    Known {
        call: CallId,
        known: Option<Known>,
    },
    Command(DeskCommand),
    /// Something arrived beside the voice; it is written down already.
    Sent {
        from: Sender,
        sent: Sent,
    },
    /// Time passed. Comes several times a second.
    Tick,
    /// What only the database knows.
    World(World),
    /// Whether the database takes writes.
    DataLink(Link),
    /// The rules from now on.
    Policy(Arc<Policy>),
    /// At start: what the process before this one left behind.
    Recovered {
        calls: Vec<LostCall>,
        callbacks: Vec<OpenCallback>,
        /// Numbers (E.164) whose caller could not speak freely, and when that was marked.
        threatened: Vec<(String, Timestamp)>,
    },
    /// This call's line is down, but its state could not take the news: count it honestly and let it go.
    Broken {
        call: CallId,
    },
}

/// A number's history with its sentence (made by the engine, which knows the city's words).
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub facts: NumberFacts,
    pub sentence: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    pub overdue_count: u32,
    pub last_emergency_at: Option<Timestamp>,
    /// Since when a hand-over note waits for the next shift.
    pub handover_since: Option<Timestamp>,
    /// Where open incidents are: latitude and longitude, WGS 84.
    pub incidents: Arc<[(f64, f64)]>,
    /// Where the city's callers are.
    pub region: Option<Region>,
}

/// What must happen outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Line(LineOrder),
    /// To be written down.
    Fact(LiveFact),
    /// The answer to the command; exactly one for each.
    Reply(Result<DeskReply, Refusal>),
}

/// The whole live state.
#[derive(Clone, Debug)]
pub struct Desk {
    policy: Arc<Policy>,
    calls: BTreeMap<CallId, Call>,
    seats: BTreeMap<SeatId, Seat>,
    callbacks: BTreeMap<CallbackId, Arc<Callback>>,
    /// Our lines to telephones outside.
    outside: BTreeMap<CallId, Outside>,
    /// Who spoke with a number (E.164) last, and when.
    spoke: Arc<BTreeMap<String, (UserId, Timestamp)>>,
    /// Numbers that said "salah tekan", and until when the machine leaves them in peace.
    peace: Arc<BTreeMap<String, Timestamp>>,
    /// Numbers whose caller could not speak freely, and until when no machine rings them.
    threatened: Arc<BTreeMap<String, Timestamp>>,
    fleet: Arc<Fleet>,
    /// Positions of numbers (E.164) whose call has not arrived yet.
    early: Arc<BTreeMap<String, Located>>,
    /// Tokens of drills whose calls have not come yet.
    drills: Arc<DrillBook>,
    world: World,
    telephone: Link,
    data: Link,
    recording: Link,
    started_at: Timestamp,
}

impl Desk {
    #[must_use]
    pub fn new(now: Timestamp, policy: Arc<Policy>) -> Self {
        Self {
            policy,
            calls: BTreeMap::new(),
            seats: BTreeMap::new(),
            callbacks: BTreeMap::new(),
            outside: BTreeMap::new(),
            spoke: Arc::default(),
            peace: Arc::default(),
            threatened: Arc::default(),
            fleet: Arc::default(),
            early: Arc::default(),
            drills: Arc::default(),
            world: World::default(),
            telephone: Link::Up,
            data: Link::Up,
            recording: Link::Up,
            started_at: now,
        }
    }

    /// Takes one input in and says what must happen. `now` never goes back by much; ids are unique.
    pub fn handle(&mut self, now: Timestamp, input: Input, ids: &mut dyn IdSource) -> Vec<Effect> {
        let mut step = Step { desk: self, now, ids, effects: Vec::new() };
        match input {
            Input::Line(event) => step.line_event(event),
            Input::Known { call, known } => step.known(call, known),
            Input::Command(command) => {
                let reply = step.command(command);
                step.effects.push(Effect::Reply(reply));
            }
            Input::Sent { from, sent } => step.sent(&from, sent),
            Input::Tick => step.call_back_by_itself(),
            Input::World(world) => step.desk.world = world,
            Input::DataLink(link) => step.desk.data = link,
            Input::Policy(policy) => step.desk.policy = policy,
            Input::Recovered { calls, callbacks, threatened } => step.recovered(calls, callbacks, threatened),
            Input::Broken { call } => step.broken(call),
        }
        step.apply_rules();
        step.effects
    }

    /// The calls on the desk; for the engine's own checks.
    #[must_use]
    pub fn open_calls(&self) -> usize {
        self.calls.len()
    }

    /// The line of this call, or to this telephone outside, is up or coming up, as far as the desk knows.
    #[must_use]
    pub fn knows(&self, call: CallId) -> bool {
        self.calls.contains_key(&call) || self.outside.contains_key(&call)
    }

    /// Without another input nothing changes before this moment: when to tick next. `None`: nothing waits for time.
    #[must_use]
    pub fn next_tick(&self, now: Timestamp) -> Option<Timestamp> {
        if !self.calls.is_empty() {
            return Some(now.plus_ms(TICK_MS));
        }
        let calls_back = self.callbacks.values().filter_map(|entry| entry.next_at).min();
        let seats = self.seats.values().map(Seat::dropped_at).min();
        calls_back.into_iter().chain(seats).min().map(|at| at.max(now.plus_ms(TICK_MS)))
    }

    fn seat_of(&self, user: UserId) -> Option<SeatId> {
        self.seats.iter().find(|(_, seat)| seat.user == user).map(|(id, _)| *id)
    }

    /// The call that a seat is busy with on the line.
    fn on_line(&self, seat: SeatId) -> Option<CallId> {
        self.calls
            .iter()
            .find(|(_, call)| call.phase.on_line().is_some_and(|holder| holder.seat == seat))
            .map(|(id, _)| *id)
    }

    /// The call that a seat writes up.
    fn wrap(&self, seat: SeatId) -> Option<CallId> {
        use crate::call::Phase::Wrap;
        self.calls
            .iter()
            .find(|(_, call)| matches!(call.phase, Wrap(wrap) if wrap.holder.is_some_and(|h| h.seat == seat)))
            .map(|(id, _)| *id)
    }

    /// The call that rings at a seat.
    fn ringing_at(&self, seat: SeatId) -> Option<CallId> {
        self.calls
            .iter()
            .find(|(_, call)| call.phase.offer().is_some_and(|offer| offer.seat == seat))
            .map(|(id, _)| *id)
    }
}

/// One input being handled.
struct Step<'a> {
    desk: &'a mut Desk,
    now: Timestamp,
    ids: &'a mut dyn IdSource,
    effects: Vec<Effect>,
}

impl Step<'_> {
    fn fact(&mut self, fact: Fact) {
        let id = self.ids.next_id();
        self.effects.push(Effect::Fact(LiveFact { id, at: self.now, fact }));
    }

    fn order(&mut self, order: LineOrder) {
        self.effects.push(Effect::Line(order));
    }
}
