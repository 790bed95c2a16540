//! Drills (*latihan*): simulated calls that a shift lead orders, over the real telephone path.
//!
//! A call belongs to a drill when, and only when, it names a token that this server made for that drill and that no call
//! has named before. Nothing in an INVITE can ask for the mark: who guesses is an ordinary caller.

mod result;
mod scenario;

pub use result::{DrillCall, result};
pub use scenario::{DrillCaller, Scenario};

use crate::{
    ids::DrillId,
    time::Timestamp,
    view::desk::{CallPhase, DeskView, Direction},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Calls of one drill: a shift's worth, and few enough to talk about afterwards.
pub const CALLS_MAX: u32 = 40;
/// Minutes of one drill: attention is a thing of less than an hour.
pub const MINUTES_MAX: u32 = 60;
/// A real call that a free seat will ring for does so within this time (ms); one that stands longer waits.
const REAL_WAITS_MS: i64 = 500;

/// Which call of which drill.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DrillMark {
    pub drill: DrillId,
    /// From 0, in the order in which the calls were ordered.
    pub nth: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Ordered {
    mark: DrillMark,
    until: Timestamp,
}

/// The tokens that wait for their call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrillBook(BTreeMap<String, Ordered>);

impl DrillBook {
    /// One token for each call, in order; none counts after `until`.
    pub fn order(&mut self, drill: DrillId, tokens: Vec<String>, until: Timestamp) {
        for (nth, token) in (0..).zip(tokens) {
            self.0.insert(token, Ordered { mark: DrillMark { drill, nth }, until });
        }
    }

    /// The mark of the call that names this token; each token marks one call.
    pub fn take(&mut self, token: &str, now: Timestamp) -> Option<DrillMark> {
        self.0.retain(|_, ordered| now <= ordered.until);
        self.0.remove(token).map(|ordered| ordered.mark)
    }

    /// The drill is over: what did not call yet is no drill any more.
    pub fn close(&mut self, drill: DrillId) {
        self.0.retain(|_, ordered| ordered.mark.drill != drill);
    }

    #[must_use]
    pub fn holds(&self, token: &str) -> bool {
        self.0.contains_key(token)
    }
}

/// A caller who is no simulation has nobody, and no seat rings for them. Not so a silent line, which stands before
/// everybody in its panel and waits again with its first sign; nor somebody whom our machine calls and who has not
/// answered.
#[must_use]
pub fn real_waits(desk: &DeskView, now: Timestamp) -> bool {
    desk.calls.iter().any(|call| {
        let waits = match call.phase {
            CallPhase::Ringing => call.direction != Direction::CallBack,
            CallPhase::Listening => !call.silent_line,
            CallPhase::Waiting => true,
            _ => false,
        };
        let stands = now.ms_since(call.offered_at) >= REAL_WAITS_MS;
        waits && stands && call.seat.is_none() && call.direction != Direction::Drill
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    #[test]
    fn a_token_marks_one_call_and_none_after_its_time_or_drill() {
        let (drill, other) = (DrillId(Uuid::from_u128(1)), DrillId(Uuid::from_u128(2)));
        let tokens = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut book = DrillBook::default();
        book.order(drill, tokens(&["a", "b", "c"]), NOW.plus_ms(60_000));
        book.order(other, tokens(&["d"]), NOW.plus_ms(60_000));
        assert_eq!(book.take("x", NOW), None, "what nobody ordered");
        assert_eq!(book.take("b", NOW), Some(DrillMark { drill, nth: 1 }));
        assert_eq!(book.take("b", NOW), None, "once");
        book.close(other);
        assert_eq!(book.take("d", NOW), None, "its drill is over");
        assert_eq!(book.take("c", NOW.plus_ms(60_001)), None, "too late");
    }

    #[test]
    fn every_scenario_has_callers_and_words() {
        for scenario in Scenario::ALL {
            assert_eq!(Scenario::from_key(scenario.key()), Some(scenario));
            let callers = scenario.callers(CALLS_MAX);
            assert_eq!(callers.len(), 40, "{scenario:?}");
            assert!(callers.iter().all(|one| DrillCaller::ALL.contains(one)));
        }
        let real = |one: &&DrillCaller| one.truth().incident_type.is_some();
        assert!(Scenario::Storm.callers(10).iter().filter(real).count() >= 7, "a storm is mostly real");
        assert!(Scenario::FirstDay.callers(5).iter().any(|one| real(&one)), "a short one has a real one, too");
    }
}
