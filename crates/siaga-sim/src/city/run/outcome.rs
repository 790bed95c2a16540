//! What a run is given and what it leaves.

use crate::city::{
    assume as a,
    floor::{Breaks, Handling, Shifts},
    record::Record,
    truth::Truths,
};
use siaga_core::{
    ids::{CallId, SeatId},
    policy::Policy,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

/// Everything that makes a run besides the people who call.
#[derive(Clone, Debug)]
pub struct Options {
    pub policy: Arc<Policy>,
    pub handling: Handling,
    /// Share of lines on which nothing was heard whose caller is asked for a key before a person ends them.
    pub asks: f64,
    pub shifts: Shifts,
    pub breaks: Breaks,
    /// Conversations last so many times as long as the city's own, by the hour in which the call comes.
    pub talk: [f64; 24],
    /// The process is killed at these moments (ms since the start).
    pub crashes: Vec<i64>,
    /// Events of lines come twice, late and after the end, by this seed.
    pub adverse: Option<u64>,
    /// Count what the desk was told, to compare runs.
    pub digest: Digest,
    pub pen: Pen,
}

/// How the ledger is written. A lying one must change nothing that the desk is told: it is only for the proof of that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pen {
    Truthful,
    Lying,
}

impl Options {
    /// A run without faults.
    #[must_use]
    pub fn new(policy: Arc<Policy>, handling: Handling, shifts: Shifts) -> Self {
        Self {
            policy,
            handling,
            asks: a::ASKS_SILENT,
            shifts,
            breaks: Breaks::Taken,
            talk: [1.0; 24],
            crashes: Vec::new(),
            adverse: None,
            digest: Digest::No,
            pen: Pen::Truthful,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Digest {
    No,
    Yes,
}

/// The time of a seat that one call took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeatTime {
    pub seat: SeatId,
    pub ms: i64,
}

/// What was measured beside the written record.
#[derive(Debug, Default)]
pub struct Marks {
    pub seat_time: BTreeMap<CallId, SeatTime>,
    /// Arrived under a block.
    pub blocked: BTreeSet<CallId>,
    /// Gave evidence before a person came: voice, key or noise.
    pub evidence: BTreeSet<CallId>,
    /// A person ended these, of whom nothing was heard, without having them asked.
    pub unasked: BTreeSet<CallId>,
    /// The machine ended these on its own account. Must stay empty.
    pub ended_by_machine: Vec<CallId>,
    /// Heard busy from the telco: person and time. Never offered.
    pub busy: Vec<(u32, Timestamp)>,
    /// The person behind each call that we made.
    pub called: BTreeMap<CallId, u32>,
    pub staffed_ms: i64,
    pub inputs: u64,
    pub digest: u64,
}

/// All that a run leaves.
#[derive(Debug)]
pub struct Outcome {
    pub record: Record,
    pub truths: Truths,
    pub marks: Marks,
    /// When each number called, in order.
    pub(super) calls_of: HashMap<String, Vec<Timestamp>>,
}

impl Outcome {
    /// When this number called again by itself.
    pub(crate) fn again(&self, number: &str, after: Timestamp) -> Option<Timestamp> {
        let calls = self.calls_of.get(number)?;
        calls.get(calls.partition_point(|at| *at <= after)).copied()
    }
}
