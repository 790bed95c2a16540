//! One thing measured about a caller. Measured here, weighed in `judge`.

use super::facts::NumberFacts;
use crate::{class::Class, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The weight of an earlier call halves in this time: what a household's child did last month says little today.
const HALF_LIFE_MS: i64 = 7 * 86_400_000;
/// Earlier calls at the same minute of the hour from which on a telephone may be calling by itself.
const SAME_MINUTE_FROM: u32 = 3;
const MINUTE_US: i64 = 60_000_000;

/// What is heard now. The strongest evidence of a person last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    Silence,
    /// A tap, a cough, a breath.
    Noise,
    Key,
    /// A line, a photo or a position over the location link: somebody typed, or let their telephone tell.
    Sent,
    Voice,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Signal {
    /// The line gives no number that could have a history.
    NoNumber,
    /// The history could not be read in time.
    HistoryUnknown,
    /// The number never called before.
    FirstCall,
    /// The number is under a block.
    Blocked,
    /// The number reported something real before.
    RealReport { count: u32 },
    /// All that the number reported so far ended with nothing found at its place: no proof against anybody.
    NothingFound { count: u32 },
    /// Earlier calls of one class; `weight` is their count after decay.
    Earlier { class: Class, count: u32, weight: f64 },
    /// Earlier calls that were over within seconds of the answer.
    Short { count: u32 },
    /// Earlier calls at this minute of the hour: telephones that call by themselves.
    SameMinute { count: u32 },
    /// The telephone sent its position.
    Position,
    /// And it is near an open incident.
    NearIncident,
    /// On the line now.
    Heard(Heard),
    /// So many different numbers fell silent within a minute: the network's fault, or a handset's.
    SilentFleet { numbers: usize },
}

/// Measures the history of a number.
#[must_use]
pub fn signals(facts: &NumberFacts, now: Timestamp) -> Vec<Signal> {
    let mut found = Vec::new();
    let reports = facts.count(Class::Emergency);
    let real = reports.saturating_sub(facts.nothing_found).max(u32::from(facts.real.is_some()));
    if real > 0 {
        found.push(Signal::RealReport { count: real });
    } else if reports > 0 {
        found.push(Signal::NothingFound { count: reports });
    }
    if facts.calls == 0 {
        found.push(Signal::FirstCall);
    }
    if facts.block.as_ref().is_some_and(|block| now < block.until) {
        found.push(Signal::Blocked);
    }
    for class in [Class::Prank, Class::Ghost, Class::Information] {
        let (mut count, mut weight) = (0, 0.0);
        for call in facts.newest.iter().filter(|call| call.class == Some(class)) {
            count += 1;
            weight += decayed(now.ms_since(call.at));
        }
        if count > 0 {
            found.push(Signal::Earlier { class, count, weight });
        }
    }
    if facts.short_calls > 0 {
        found.push(Signal::Short { count: facts.short_calls });
    }
    let minute = |at: Timestamp| at.0.div_euclid(MINUTE_US).rem_euclid(60);
    let same = facts.newest.iter().filter(|call| minute(call.at) == minute(now)).count();
    // The call before this one, a moment ago, is no pattern.
    let count = u32::try_from(same).unwrap_or(u32::MAX);
    let spread = facts.newest.iter().filter(|call| minute(call.at) == minute(now)).map(|call| call.at.0).min();
    if count >= SAME_MINUTE_FROM && spread.is_some_and(|first| now.0 - first > 60 * MINUTE_US) {
        found.push(Signal::SameMinute { count });
    }
    found
}

/// What is left of the weight of a call of this age.
fn decayed(age_ms: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "ages in milliseconds are far below 2^52")]
    let halvings = age_ms.max(0) as f64 / HALF_LIFE_MS as f64;
    0.5_f64.powf(halvings)
}
