//! Likely the same: which incidents a call may report too, each with its reasons, best first.
//!
//! It only suggests. Nothing here attaches a call or joins incidents: a person's key does. Each thing that speaks for or
//! against is worth some points, and the sum orders the list; the points were set on the seeds that
//! `siaga sim storm` names and measured on others (`docs/likely-same.md`).

mod place;
mod words;

use crate::{
    city::City,
    ids::IncidentId,
    phone::Caller,
    time::Timestamp,
    view::{incident::IntakeFields, similar::SimilarReason},
};
use place::Nearness;

/// An incident whose last report is older than this (minutes) is seldom the same, unless its type lasts longer.
pub const SAME_FOR_MIN: u32 = 30;
/// A closed incident is suggested this long (ms) after its end: who calls late calls about what is over.
pub const CLOSED_FOR_MS: i64 = 30 * 60_000;
/// Suggestions in the list: as many as stand in the pane at 1366x768 without scrolling.
pub const SHOWN_MAX: usize = 5;
/// From this sum on an incident is shown.
const SHOWN_FROM: i32 = 12;
/// From this sum on, this far before the next one, in its time and with a place or a number that fits, the first is *likely*.
const LIKELY_FROM: i32 = 45;
const LIKELY_AHEAD: i32 = 20;
const MINUTE_MS: i64 = 60_000;

/// What the call-taker knows of this call.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub fields: &'a IntakeFields,
    /// The number it comes from.
    pub number: Option<&'a str>,
}

/// An incident that may be the same.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub incident: IncidentId,
    /// Its own sheet, then those of the calls that were attached to it.
    pub sheets: Vec<IntakeFields>,
    /// Numbers its calls came from.
    pub numbers: Vec<String>,
    /// When the last call about it came in.
    pub reported_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

/// One suggestion.
#[derive(Clone, Debug, PartialEq)]
pub struct Similar {
    pub incident: IncidentId,
    /// Sum of the points, for the order only.
    pub score: i32,
    /// At most the first of a list, and only when it stands out.
    pub likely: bool,
    /// What spoke for it, and an other type where one spoke against it.
    pub reasons: Vec<SimilarReason>,
}

/// What was added up for one candidate.
#[derive(Default)]
struct Sum {
    score: i32,
    reasons: Vec<SimilarReason>,
    /// A place, a word of a place or a number fits: a type alone is never *likely*.
    grounded: bool,
    /// Calls about it still come at this time.
    timely: bool,
}

impl Sum {
    fn add(&mut self, points: i32, reason: Option<SimilarReason>) {
        self.score += points;
        self.reasons.extend(reason);
    }
}

/// The list to show: at most [`SHOWN_MAX`], best first; of equals the one reported last.
#[must_use]
pub fn similar(city: &City, asked: &Asked<'_>, candidates: &[Candidate], now: Timestamp) -> Vec<Similar> {
    let common = words::Common::of(candidates);
    let mut found: Vec<(Timestamp, bool, Similar)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, one)| one.closed_at.is_none_or(|at| now.ms_since(at) <= CLOSED_FOR_MS))
        .map(|(index, one)| {
            let sum = weigh(city, asked, one, common.shared(asked.fields, index), now);
            let similar = Similar { incident: one.incident, score: sum.score, likely: false, reasons: sum.reasons };
            (one.reported_at, sum.grounded && sum.timely, similar)
        })
        .filter(|(_, _, one)| one.score >= SHOWN_FROM)
        .collect();
    found.sort_by_key(|(at, _, one)| std::cmp::Reverse((one.score, *at, one.incident)));
    let second = found.get(1).map_or(0, |(_, _, one)| one.score);
    if let Some((_, true, first)) = found.first_mut() {
        first.likely = first.score >= LIKELY_FROM && first.score - second >= LIKELY_AHEAD;
    }
    found.into_iter().take(SHOWN_MAX).map(|(_, _, one)| one).collect()
}

fn weigh(city: &City, asked: &Asked<'_>, one: &Candidate, (points, shared): (i32, Vec<String>), now: Timestamp) -> Sum {
    let mut sum = Sum::default();
    weigh_type(city, asked, one, &mut sum);
    weigh_place(city, asked, one, &mut sum);
    if points > 0 {
        sum.grounded |= points >= words::NAME_POINTS;
        sum.add(points, Some(SimilarReason::Words { words: shared }));
    }
    if let Some(number) = same_number(city, asked, one) {
        sum.grounded = true;
        sum.add(35, Some(number));
    }
    weigh_time(city, one, now, &mut sum);
    sum
}

/// The same type, one that people mistake for it (a family of the city's document), or another. What several callers
/// said counts, not only the first.
fn weigh_type(city: &City, asked: &Asked<'_>, one: &Candidate, sum: &mut Sum) {
    let Some(asked) = asked.fields.incident_type.as_deref() else { return };
    let mut types = one.sheets.iter().filter_map(|sheet| sheet.incident_type.as_deref()).peekable();
    if types.peek().is_none() {
        return;
    }
    let types: Vec<&str> = types.collect();
    if types.first() == Some(&asked) {
        sum.add(18, Some(SimilarReason::SameType));
    } else if types.contains(&asked) {
        sum.add(12, Some(SimilarReason::SameType));
    } else if types.iter().any(|other| is_family(city, asked, other)) {
        sum.add(8, Some(SimilarReason::SameFamily));
    } else {
        sum.add(-14, Some(SimilarReason::OtherType));
    }
}

fn is_family(city: &City, a: &str, b: &str) -> bool {
    let families = |key: &str| city.incident_type(key).map(|one| one.families.as_slice()).unwrap_or_default();
    families(a).iter().any(|family| families(b).contains(family))
}

/// The nearest of its sheets counts, once.
fn weigh_place(city: &City, asked: &Asked<'_>, one: &Candidate, sum: &mut Sum) {
    let nearest =
        one.sheets.iter().filter_map(|sheet| place::nearness(city, asked.fields, sheet)).max_by_key(Nearness::points);
    let Some(nearest) = nearest else { return };
    sum.grounded |= nearest.fits();
    sum.add(nearest.points(), nearest.reason());
}

/// A number that many telephones share says nothing.
fn same_number(city: &City, asked: &Asked<'_>, one: &Candidate) -> Option<SimilarReason> {
    let known = |text: &str| match Caller::read(text) {
        Caller::Known(number) if !city.shares_number(&number) => Some(number),
        _ => None,
    };
    let reporter = |sheet: &IntakeFields| sheet.reporter_number.as_deref().and_then(known);
    let ours = [asked.number.and_then(known), reporter(asked.fields)];
    let mut theirs = one.numbers.iter().filter_map(|text| known(text)).chain(one.sheets.iter().filter_map(reporter));
    theirs.any(|number| ours.iter().flatten().any(|our| *our == number)).then_some(SimilarReason::SameNumber)
}

fn weigh_time(city: &City, one: &Candidate, now: Timestamp, sum: &mut Sum) {
    let lasts = one
        .sheets
        .iter()
        .filter_map(|sheet| city.incident_type(sheet.incident_type.as_deref()?))
        .map(|known| known.same_for_min)
        .max()
        .unwrap_or(SAME_FOR_MIN);
    let minutes = now.ms_since(one.reported_at).max(0) / MINUTE_MS;
    let told = u32::try_from(minutes).unwrap_or(u32::MAX);
    if told <= lasts {
        sum.timely = true;
        let fresh = if minutes <= 10 { 6 } else { 0 };
        sum.add(fresh, Some(SimilarReason::Recent { minutes: told }));
    } else {
        sum.add(-20, None);
    }
    if let Some(at) = one.closed_at {
        let minutes = u32::try_from(now.ms_since(at).max(0) / MINUTE_MS).unwrap_or(u32::MAX);
        sum.add(-6, Some(SimilarReason::JustClosed { minutes }));
    }
}

#[cfg(test)]
mod tests;
