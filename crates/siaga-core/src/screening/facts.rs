//! What is known about a number before its call is answered.

use crate::{class::Class, time::Timestamp};
use std::collections::BTreeMap;

/// Earlier calls kept one by one, newest first: enough for every rule that looks at the last days.
pub const NEWEST_CALLS_MAX: usize = 50;

/// A call that ended this soon (ms) after a person answered was short: nobody tells of a fire in that time.
pub const SHORT_CALL_MS_MAX: i64 = 5_000;

/// The history of a number. A number is a household, not a person; the facts order, they never end a call.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct NumberFacts {
    /// All earlier calls, the unclassed ones included.
    pub calls: u32,
    /// Earlier calls by class; what is missing to `calls` has no class, or is among `threatened`.
    pub by_class: BTreeMap<Class, u32>,
    /// Calls classed prank or ghost whose caller was marked as not free to speak: what they said or did not say is held
    /// against nobody. They stand in no class here, nor in `newest`, and are not short.
    pub threatened: u32,
    /// Of the emergencies, those whose incident ended with nothing found at its place. It is no proof against anybody: such
    /// a number keeps its lane, it is only not said to have reported something real.
    pub nothing_found: u32,
    /// The newest real report: an emergency that did not end so.
    pub real: Option<RealReport>,
    /// The newest calls, newest first.
    pub newest: Vec<PastCall>,
    /// Of the newest calls, those that were over within seconds of the answer.
    pub short_calls: u32,
    /// The number is blocked now: a slower door, never a wall.
    pub block: Option<Block>,
}

/// A block in force: a slower door, not a wall.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    pub until: Timestamp,
    /// As decided, for the person who answers.
    pub reason: String,
}

impl NumberFacts {
    /// Earlier calls of a class.
    #[must_use]
    pub fn count(&self, class: Class) -> u32 {
        self.by_class.get(&class).copied().unwrap_or_default()
    }

    /// When the number called last.
    #[must_use]
    pub fn last_at(&self) -> Option<Timestamp> {
        self.newest.first().map(|call| call.at)
    }
}

/// A call that was an emergency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RealReport {
    pub at: Timestamp,
    /// Key of the incident type, where one was given.
    pub incident_type: Option<String>,
}

/// An earlier call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastCall {
    pub at: Timestamp,
    pub class: Option<Class>,
    pub sub: Option<String>,
}
