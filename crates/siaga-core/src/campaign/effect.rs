//! What a campaign did to the calls: calls per day before, during and after it, the change with its limits, and what else
//! must be said beside it (`docs/definitions.md`, `docs/decisions/0016-what-a-campaign-can-show.md`).

use super::{
    Campaign,
    days::{DayCount, Days, Span},
    ratio::LogRatio,
    sample::{Sample, Spread},
};
use crate::{
    time::LocalDay,
    view::campaign::{Effect, EffectCaution, EffectSeries, EffectVerdict, EffectWindow, SeriesEffect, WindowKey},
};
use jiff::ToSpan;

/// Version of the section "Campaigns" of `docs/definitions.md`; grows when the effect comes to mean something else.
pub const EFFECT_DEFINITION: u32 = 1;
/// Fewer counted days on either side have no spread to speak of.
const DAYS_MIN: usize = 14;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub campaign: &'a Campaign,
    /// Days before and after: one of [`super::WINDOWS`].
    pub window: u16,
    /// All other campaigns that were not cancelled.
    pub others: &'a [Span],
    pub today: LocalDay,
}

/// The spans that are compared.
struct Spans {
    own: Span,
    before: Option<Span>,
    after: Option<Span>,
    year: Option<(Span, Span)>,
}

impl EffectSeries {
    fn of(self, day: &DayCount) -> u64 {
        match self {
            EffectSeries::Nuisance => day.prank + day.ghost,
            EffectSeries::Prank => day.prank,
            EffectSeries::Ghost => day.ghost,
            EffectSeries::Real => day.real,
        }
    }
}

/// The effect; none of a campaign that has not begun.
#[must_use]
pub fn effect(question: Question<'_>, days: &Days) -> Option<Effect> {
    let Question { campaign, window, others, today } = question;
    let own = campaign.span()?;
    if today < campaign.first {
        return None;
    }
    let spans = spans(own, window / 7, others);
    let series: Vec<SeriesEffect> =
        EffectSeries::ALL.into_iter().map(|series| one(series, &spans, days, today)).collect();
    let windows = windows(&spans, days, today);
    let end = spans.after.map_or(own.last, |after| after.last);
    Some(Effect {
        definition: EFFECT_DEFINITION,
        window,
        cautions: cautions(&question, &spans, &series, &windows),
        complete_on: LocalDay::from_date(end.saturating_add(1.day())),
        windows,
        series,
    })
}

/// A campaign's days with those before and after it.
#[must_use]
pub fn around(span: Span, window: u16) -> Span {
    let days = i32::from(window).days();
    Span { first: span.first.saturating_sub(days), last: span.last.saturating_add(days) }
}

/// Which days are asked for: these, and the same of the year before.
#[must_use]
pub fn asked(span: Span, window: u16) -> Span {
    Span { first: around(span.year_before(), window).first, ..around(span, window) }
}

fn spans(own: Span, weeks: u16, others: &[Span]) -> Spans {
    let (before, after) = (own.weeks_before(weeks, others), own.weeks_after(weeks, others));
    let year = before.zip(after).and_then(|(before, after)| {
        let then = own.year_before();
        let weeks = |span: Span| u16::try_from(span.days() / 7).unwrap_or(0);
        let around = (then.weeks_before(weeks(before), &[])?, then.weeks_after(weeks(after), &[])?);
        let whole = Span { first: around.0.first, last: around.1.last };
        // A campaign then, or this one still: that year has a change of its own.
        let free = !others.iter().chain([&own]).any(|one| whole.touches(one));
        free.then_some(around)
    });
    Spans { own, before, after, year }
}

fn one(series: EffectSeries, spans: &Spans, days: &Days, today: LocalDay) -> SeriesEffect {
    let sample = |span: Option<Span>| span.map(|span| Sample::of(days, &span, today, |day| series.of(day)));
    let enough = |sample: Option<Sample>| sample.filter(|sample| sample.days() >= DAYS_MIN);
    let mut found =
        SeriesEffect { series, verdict: EffectVerdict::TooFew, during: None, after: None, beyond_year: None };
    let before = enough(sample(spans.before));
    if let (Some(before), Some(during)) = (&before, sample(Some(spans.own))) {
        let spread = before.spread().and(during.spread());
        found.during = LogRatio::of(&during, before).and_then(|ratio| ratio.told(spread));
    }
    // Whoever looks again each day until it fits finds what is not there: no result before its days are over.
    let end = spans.after.filter(|after| after.dates().count() >= DAYS_MIN).map_or(spans.own.last, |after| after.last);
    if today <= LocalDay::from_date(end) {
        found.verdict = EffectVerdict::Running;
        return found;
    }
    let (Some(before), Some(after)) = (before, enough(sample(spans.after))) else { return found };
    let spread = before.spread().and(after.spread());
    let Some(change) = LogRatio::of(&after, &before) else { return found };
    found.after = change.told(spread);
    let year = spans.year.and_then(|(then, later)| Some((enough(sample(Some(then)))?, enough(sample(Some(later)))?)));
    found.beyond_year = year.and_then(|(then, later)| {
        let spread: Spread = spread.and(then.spread()).and(later.spread());
        change.beyond(LogRatio::of(&later, &then)?)?.told(spread)
    });
    let said = found.beyond_year.as_ref().or(found.after.as_ref());
    found.verdict = said.map_or(EffectVerdict::TooFew, |ratio| ratio.verdict);
    found
}

fn windows(spans: &Spans, days: &Days, today: LocalDay) -> Vec<EffectWindow> {
    let (then, later) = spans.year.unzip();
    let all = [
        (WindowKey::Before, spans.before),
        (WindowKey::During, Some(spans.own)),
        (WindowKey::After, spans.after),
        (WindowKey::YearBefore, then),
        (WindowKey::YearAfter, later),
    ];
    all.into_iter()
        .filter_map(|(key, span)| {
            let span = span?;
            let known: Vec<&DayCount> = span
                .dates()
                .map(LocalDay::from_date)
                .filter(|day| *day < today)
                .filter_map(|day| days.get(&day))
                .collect();
            // A year without a record is no year to compare with.
            if known.is_empty() && matches!(key, WindowKey::YearBefore | WindowKey::YearAfter) {
                return None;
            }
            let sum = |what: fn(&DayCount) -> u64| known.iter().map(|day| what(day)).sum();
            Some(EffectWindow {
                key,
                from: LocalDay::from_date(span.first),
                to: LocalDay::from_date(span.last),
                days: span.days(),
                counted: u32::try_from(known.len()).unwrap_or(u32::MAX),
                offered: sum(|day| day.offered),
                prank: sum(|day| day.prank),
                ghost: sum(|day| day.ghost),
                real: sum(|day| day.real),
                ledger: sum(|day| day.ledger),
            })
        })
        .collect()
}

fn cautions(
    question: &Question<'_>,
    spans: &Spans,
    series: &[SeriesEffect],
    windows: &[EffectWindow],
) -> Vec<EffectCaution> {
    let Question { campaign, window, others, today } = *question;
    let of = |what: EffectSeries| series.iter().find(|one| one.series == what);
    let has_year = of(EffectSeries::Nuisance)
        .is_some_and(|one| one.beyond_year.is_some() || one.verdict == EffectVerdict::Running);
    let campaign_then = spans.year.is_none() && spans.before.is_some() && spans.after.is_some();
    let short = |span: Option<Span>| span.map_or(0, |span| span.days()) < u32::from(window);
    // Days that are still to come are not missing.
    let gaps = windows.iter().any(|one| one.to < today && one.counted < one.days);
    // Whether both rest on the same kind of record: (some from a ledger, some from the telephone).
    let source = |key| {
        let window = windows.iter().find(|one| one.key == key && one.offered > 0)?;
        Some((window.ledger > 0, window.ledger < window.offered))
    };
    let differs = |a, b| source(a).zip(source(b)).is_some_and(|(a, b)| a != b);
    let told = [
        (EffectCaution::NoComparisonYear, !has_year && !campaign_then),
        (EffectCaution::CampaignThen, campaign_then),
        (EffectCaution::Overlap, others.iter().any(|other| other.touches(&spans.own))),
        (EffectCaution::Shortened, short(spans.before) || short(spans.after)),
        (EffectCaution::DaysMissing, gaps),
        (
            EffectCaution::Source,
            differs(WindowKey::Before, WindowKey::After) || differs(WindowKey::YearBefore, WindowKey::YearAfter),
        ),
        (EffectCaution::Local, !campaign.villages.is_empty()),
        (EffectCaution::RealFell, of(EffectSeries::Real).is_some_and(|one| one.verdict == EffectVerdict::Fell)),
        (EffectCaution::OtherWindow, window != campaign.window),
    ];
    told.into_iter().filter_map(|(caution, holds)| holds.then_some(caution)).collect()
}

#[cfg(test)]
mod tests;
