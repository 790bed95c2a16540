//! A storm: 300 calls about 12 events and some about nothing else, through the rule that suggests *likely the same*.
//!
//! The calls know the truth only by an index that the rule never sees. A person attaches, as the truth says; sometimes
//! they miss it and open a second incident. What the figures mean stands in `docs/likely-same.md`.

mod world;

use crate::city::Dice;
use serde::Serialize;
use siaga_core::{
    city::City,
    ids::IncidentId,
    incident::similar::{Asked, Candidate, similar},
    time::Timestamp,
};
use std::fmt;
use uuid::Uuid;
use world::{Call, World};

/// Seeds on which the points of the rule were set. Figures come from others.
pub const TUNING_SEEDS: std::ops::RangeInclusive<u64> = 1..=20;
/// The first seed that is for figures.
pub const HELD_OUT_FROM: u64 = 1_001;

/// Events of one storm.
pub const EVENTS: usize = 12;
/// Calls about them.
pub const CALLS: usize = 300;
/// Calls about something else each.
pub const UNRELATED: usize = 60;

/// Share of calls in which the person does not see the suggestion and opens a second incident.
const MISSED: f64 = 0.04;
/// An incident that is no flood is closed this long after it began (ms).
const CLOSED_AFTER_MS: i64 = 55 * 60_000;
/// When the first event begins.
const START: Timestamp = Timestamp(1_800_000_000_000_000);

/// What one storm, or several, gave.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StormFigures {
    pub first_seed: u64,
    pub seeds: u64,
    pub calls: u64,
    /// Calls whose event had an incident when they came in.
    pub same_event: u64,
    /// Of these: their incident stood in the list shown.
    pub offered: u64,
    /// Of these: it stood first.
    pub first: u64,
    /// Calls about something new: whatever is suggested is wrong.
    pub new_event: u64,
    /// Calls whose first suggestion was marked *likely*.
    pub likely: u64,
    /// Of these: another event's incident.
    pub likely_wrong: u64,
    /// Calls or incidents that were joined without a person.
    pub merged_by_machine: u64,
    /// Suggestions shown, over all calls.
    pub suggestions: u64,
}

/// An incident and the event it truly is.
struct Held {
    event: usize,
    closes_at: Option<Timestamp>,
    candidate: Candidate,
}

/// `seeds` storms, the first with seed `first`.
#[must_use]
pub fn run(city: &City, first: u64, seeds: u64) -> StormFigures {
    let mut sum = StormFigures { first_seed: first, seeds, ..StormFigures::default() };
    for seed in first..first.saturating_add(seeds) {
        storm(city, seed, &mut sum);
    }
    sum
}

fn storm(city: &City, seed: u64, sum: &mut StormFigures) {
    let world = World::new(city, seed);
    let mut person = Dice::of(seed, 2);
    let mut held: Vec<Held> = Vec::new();
    for (index, call) in world.calls.iter().enumerate() {
        let now = START.plus_ms(call.at_ms);
        for one in &mut held {
            one.candidate.closed_at = one.closes_at.filter(|at| *at <= now);
        }
        judge(city, call, &held, now, sum);
        let own = held.iter_mut().rfind(|one| one.event == call.event && one.candidate.closed_at.is_none());
        match own {
            Some(own) if !person.chance(MISSED) => attach(&mut own.candidate, call, now),
            _ => held.push(open(&world, call, u128::from(seed) << 32 | index as u128, now)),
        }
    }
}

fn open(world: &World, call: &Call, id: u128, now: Timestamp) -> Held {
    let candidate = Candidate {
        incident: IncidentId(Uuid::from_u128(id)),
        sheets: vec![call.fields.clone()],
        numbers: call.number.iter().cloned().collect(),
        reported_at: now,
        closed_at: None,
    };
    let closes_at = (!world.lasts(call.event)).then(|| now.plus_ms(CLOSED_AFTER_MS));
    Held { event: call.event, closes_at, candidate }
}

fn attach(candidate: &mut Candidate, call: &Call, now: Timestamp) {
    candidate.sheets.push(call.fields.clone());
    candidate.numbers.extend(call.number.clone());
    candidate.reported_at = now;
}

fn judge(city: &City, call: &Call, held: &[Held], now: Timestamp, sum: &mut StormFigures) {
    let candidates: Vec<Candidate> = held.iter().map(|one| one.candidate.clone()).collect();
    let asked = Asked { fields: &call.fields, number: call.number.as_deref() };
    let calls_before: usize = candidates.iter().map(|one| one.sheets.len()).sum();
    let shown = similar(city, &asked, &candidates, now);
    let calls_after: usize = held.iter().map(|one| one.candidate.sheets.len()).sum();
    let is_own = |id: IncidentId| held.iter().any(|one| one.candidate.incident == id && one.event == call.event);
    sum.calls += 1;
    sum.suggestions += shown.len() as u64;
    sum.merged_by_machine += u64::from(calls_before != calls_after);
    let exists = held.iter().any(|one| {
        let late =
            one.candidate.closed_at.is_some_and(|at| now.ms_since(at) > siaga_core::incident::similar::CLOSED_FOR_MS);
        one.event == call.event && !late
    });
    if exists {
        sum.same_event += 1;
        sum.offered += u64::from(shown.iter().any(|one| is_own(one.incident)));
        sum.first += u64::from(shown.first().is_some_and(|one| is_own(one.incident)));
    } else {
        sum.new_event += 1;
    }
    if let Some(first) = shown.first().filter(|one| one.likely) {
        sum.likely += 1;
        sum.likely_wrong += u64::from(!is_own(first.incident));
    }
}

impl StormFigures {
    /// Of the calls whose event had an incident.
    #[must_use]
    pub fn offered_share(&self) -> f64 {
        share(self.offered, self.same_event)
    }

    #[must_use]
    pub fn first_share(&self) -> f64 {
        share(self.first, self.same_event)
    }

    /// Of the calls at which something was marked *likely*.
    #[must_use]
    pub fn likely_wrong_share(&self) -> f64 {
        share(self.likely_wrong, self.likely)
    }

    /// One object, figures and shares.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        value["offered_share"] = self.offered_share().into();
        value["first_share"] = self.first_share().into();
        value["likely_wrong_share"] = self.likely_wrong_share().into();
        value
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of calls")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for StormFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| format!("{:.2} %", share * 100.0);
        writeln!(f, "seeds {} to {}: {} calls", self.first_seed, self.first_seed + self.seeds - 1, self.calls)?;
        writeln!(f, "  about an event that has an incident   {:>7}", self.same_event)?;
        writeln!(f, "    their incident stood in the list    {:>7}  {}", self.offered, percent(self.offered_share()))?;
        writeln!(f, "    their incident stood first          {:>7}  {}", self.first, percent(self.first_share()))?;
        writeln!(f, "  about something new                   {:>7}", self.new_event)?;
        writeln!(f, "  first suggestion marked likely        {:>7}", self.likely)?;
        writeln!(
            f,
            "    wrong                               {:>7}  {}",
            self.likely_wrong,
            percent(self.likely_wrong_share())
        )?;
        writeln!(f, "  suggestions shown per call            {:>7.2}", share(self.suggestions, self.calls))?;
        writeln!(f, "  joined by the machine                 {:>7}", self.merged_by_machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_core::city::serang;

    /// Few, because tests are built without optimisation; the command takes as many as one likes.
    const STORMS: u64 = 5;

    #[test]
    fn held_out_storms_offer_the_incident_and_are_seldom_wrong() {
        let figures = run(&serang(), HELD_OUT_FROM, STORMS);
        println!("{figures}");
        assert!(!TUNING_SEEDS.contains(&figures.first_seed));
        assert_eq!(figures.calls, STORMS * (CALLS + UNRELATED) as u64);
        assert!(figures.same_event > STORMS * 200, "{figures}");
        assert!(figures.offered_share() >= 0.95, "{figures}");
        assert!(figures.likely_wrong_share() <= 0.01, "{figures}");
        // a mark that is never given is never wrong
        assert!(figures.likely * 3 > figures.same_event, "{figures}");
        assert_eq!(figures.merged_by_machine, 0);
    }

    #[test]
    fn a_seed_gives_the_same_storm() {
        let city = serang();
        assert_eq!(run(&city, 7, 1), run(&city, 7, 1));
        assert_ne!(run(&city, 7, 1), run(&city, 8, 1));
    }
}
