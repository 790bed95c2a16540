//! What the desk's facts leave written: the rows of calls, the history of numbers, the call-back list. Does what the
//! store does, in memory: it is all that a new process finds after a crash, and all that screening ever learns.

use siaga_core::{
    call::live::{Fact, LiveFact},
    class::Class,
    desk::{Known, LostCall, OpenCallback},
    ids::{CallId, CallbackId, SeatId, UserId},
    screening::facts::{Block, NEWEST_CALLS_MAX, NumberFacts, PastCall, RealReport, SHORT_CALL_MS_MAX},
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
        desk::{CallbackReason, Direction, Lane},
    },
};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub direction: Direction,
    pub number: Option<String>,
    pub offered_at: Timestamp,
    pub waited_in_b: bool,
    /// Before it rang.
    pub suspicion: u8,
    /// After the machine listened, where it did.
    pub suspicion_heard: u8,
    pub answered: Option<(Timestamp, SeatId, UserId)>,
    pub ended: Option<(Timestamp, CallOutcome, EndedBy)>,
    pub class: Option<Class>,
    pub callback: Option<CallbackId>,
}

/// One entry of the call-back list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub call: CallId,
    pub number: String,
    pub reason: CallbackReason,
    pub due_at: Timestamp,
    /// When each call to this number began that serves it.
    pub dialled: Vec<Timestamp>,
    pub missed: u32,
    pub missed_by_machine: u32,
    pub closed_at: Option<Timestamp>,
    /// Who said "salah tekan" a short while before is left in peace.
    pub in_peace: bool,
}

#[derive(Clone, Debug, Default)]
struct History {
    calls: u32,
    by_class: BTreeMap<Class, u32>,
    /// Newest first.
    newest: VecDeque<CallId>,
    real_at: Option<Timestamp>,
    block: Option<Block>,
    blocks: u32,
}

#[derive(Debug, Default)]
pub struct Record {
    pub rows: BTreeMap<CallId, Row>,
    pub entries: BTreeMap<CallbackId, Entry>,
    numbers: HashMap<String, History>,
    /// When a number said "salah tekan".
    mistakes: HashMap<String, Timestamp>,
    peace_ms: i64,
    open: BTreeMap<CallId, ()>,
}

impl Record {
    #[must_use]
    pub fn new(peace_ms: i64) -> Self {
        Self { peace_ms, ..Self::default() }
    }

    pub fn write(&mut self, fact: LiveFact) {
        let LiveFact { at, fact, .. } = fact;
        match fact {
            Fact::Offered { call, direction, number, lane, suspicion, callback, .. } => {
                if let Some(entry) = callback.and_then(|id| self.entries.get_mut(&id)) {
                    entry.dialled.push(at);
                }
                if let Some(number) = &number {
                    let history = self.numbers.entry(number.clone()).or_default();
                    history.calls += 1;
                    history.newest.push_front(call);
                    history.newest.truncate(NEWEST_CALLS_MAX);
                }
                let row = Row {
                    direction,
                    number,
                    offered_at: at,
                    waited_in_b: lane == Lane::B,
                    suspicion,
                    suspicion_heard: suspicion,
                    answered: None,
                    ended: None,
                    class: None,
                    callback,
                };
                self.rows.insert(call, row);
                self.open.insert(call, ());
            }
            Fact::Answered { call, seat, call_taker } => {
                if let Some(row) = self.rows.get_mut(&call) {
                    row.answered.get_or_insert((at, seat, call_taker));
                }
            }
            Fact::Classed { call, choice, .. } => self.class(call, choice.map(|choice| choice.class)),
            Fact::Ended { call, outcome, by } => {
                self.open.remove(&call);
                let Some(row) = self.rows.get_mut(&call) else { return };
                assert!(row.ended.is_none(), "a call ended twice: {call}");
                row.ended = Some((at, outcome, by));
                if outcome == CallOutcome::Abandoned && row.class.is_none() {
                    self.class(call, Some(Class::Abandoned));
                }
            }
            Fact::CallbackDue { callback, call, number, reason } => {
                let (due_at, dialled, closed_at) = (at, Vec::new(), None);
                let (missed, missed_by_machine) = (0, 0);
                let in_peace = self.mistakes.get(&number).is_some_and(|said| at.ms_since(*said) < self.peace_ms);
                let entry =
                    Entry { call, number, reason, due_at, dialled, missed, missed_by_machine, closed_at, in_peace };
                self.entries.insert(callback, entry);
            }
            Fact::CallbackTried { callback, result, by, .. } => {
                if let Some(entry) = self.entries.get_mut(&callback) {
                    if result == CallbackResult::Mistake {
                        self.mistakes.insert(entry.number.clone(), at);
                    }
                    if result.closes() {
                        entry.closed_at.get_or_insert(at);
                    } else {
                        entry.missed += 1;
                        entry.missed_by_machine += u32::from(by.is_none());
                    }
                }
            }
            Fact::Judged { call, lane, suspicion, .. } => {
                if let Some(row) = self.rows.get_mut(&call) {
                    row.waited_in_b |= lane == Lane::B;
                    row.suspicion_heard = suspicion;
                }
            }
            Fact::CallbackDropped { callback, .. } => {
                if let Some(entry) = self.entries.get_mut(&callback) {
                    entry.closed_at.get_or_insert(at);
                }
            }
            _ => {}
        }
    }

    fn class(&mut self, call: CallId, class: Option<Class>) {
        let Some(row) = self.rows.get_mut(&call) else { return };
        let before = std::mem::replace(&mut row.class, class);
        let Some(history) = row.number.as_ref().and_then(|number| self.numbers.get_mut(number)) else { return };
        if let Some(count) = before.and_then(|class| history.by_class.get_mut(&class)) {
            *count = count.saturating_sub(1);
        }
        if let Some(class) = class {
            *history.by_class.entry(class).or_default() += 1;
            if class == Class::Emergency {
                history.real_at = Some(row.offered_at);
            }
        }
    }

    /// As the engine gives it to the desk when a number calls; `call` itself has no row yet.
    #[must_use]
    pub fn known(&self, number: &str, now: Timestamp) -> Known {
        let Some(history) = self.numbers.get(number) else {
            return Known { facts: NumberFacts::default(), sentence: String::new() };
        };
        let rows = || history.newest.iter().filter_map(|id| self.rows.get(id));
        let short = rows().filter(|row| {
            let (Some((answered, ..)), Some((ended, ..))) = (row.answered, row.ended) else { return false };
            ended.ms_since(answered) <= SHORT_CALL_MS_MAX
        });
        let past =
            |id: &CallId| self.rows.get(id).map(|row| PastCall { at: row.offered_at, class: row.class, sub: None });
        let real = history.by_class.get(&Class::Emergency).is_some_and(|count| *count > 0);
        let facts = NumberFacts {
            calls: history.calls,
            by_class: history.by_class.iter().filter(|(_, n)| **n > 0).map(|(class, n)| (*class, *n)).collect(),
            threatened: 0,
            nothing_found: 0,
            real: history.real_at.filter(|_| real).map(|at| RealReport { at, incident_type: None }),
            newest: history.newest.iter().filter_map(past).collect(),
            short_calls: u32::try_from(short.count()).unwrap_or(u32::MAX),
            block: self.block(number, now),
        };
        // The sentence is for a person's eye and takes no part in any decision.
        Known { facts, sentence: String::new() }
    }

    #[must_use]
    pub fn block(&self, number: &str, now: Timestamp) -> Option<Block> {
        self.numbers.get(number)?.block.clone().filter(|block| now < block.until)
    }

    /// Confirmed pranks of this number since then; only the newest calls are looked at.
    #[must_use]
    pub fn pranks_since(&self, number: &str, since: Timestamp) -> u32 {
        let Some(history) = self.numbers.get(number) else { return 0 };
        let pranks = history.newest.iter().filter_map(|id| self.rows.get(id));
        let count = pranks.filter(|row| row.class == Some(Class::Prank) && row.offered_at >= since).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// How often this number was blocked before.
    #[must_use]
    pub fn blocks(&self, number: &str) -> u32 {
        self.numbers.get(number).map_or(0, |history| history.blocks)
    }

    pub fn set_block(&mut self, number: &str, block: Block) {
        if let Some(history) = self.numbers.get_mut(number) {
            history.block = Some(block);
            history.blocks += 1;
        }
    }

    /// What a new process reads at its start.
    #[must_use]
    pub fn left_behind(&self) -> (Vec<LostCall>, Vec<OpenCallback>) {
        let calls = self.open.keys().filter_map(|id| {
            let row = self.rows.get(id)?;
            Some(LostCall {
                call: *id,
                direction: row.direction,
                number: row.number.clone(),
                offered_at: row.offered_at,
                answered: row.answered.is_some(),
                history: String::new(),
                lead: None,
            })
        });
        let entries = self.entries.iter().filter(|(_, entry)| entry.closed_at.is_none());
        let callbacks = entries.map(|(id, entry)| OpenCallback {
            callback: *id,
            call: entry.call,
            number: entry.number.clone(),
            reason: entry.reason,
            since: entry.due_at,
            attempts: entry.missed,
            machine_attempts: entry.missed_by_machine,
            history: String::new(),
        });
        (calls.collect(), callbacks.collect())
    }
}
