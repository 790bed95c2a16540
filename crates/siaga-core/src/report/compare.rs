//! A period beside the same days of the year before.

use super::interval::change_limits_pct;
use crate::view::report::{Change, Comparison, Figures, Mark, Report};
use std::collections::BTreeMap;

/// Counts under this say little: a change is shown with a caution (calls). Twenty is where a count's own spread falls
/// under about half of it.
pub const FEW: u64 = 20;

/// The report of `now`, compared with `before` where that was asked for.
#[must_use]
pub fn compare(now: Figures, before: Option<Figures>) -> Report {
    let compare = before.map(|before| {
        let (new, old) = (numbers(&now), numbers(&before));
        let change: BTreeMap<String, Change> = new
            .into_iter()
            .map(|(key, new)| {
                let old = old.get(&key).copied().unwrap_or(0);
                (key, change(old, new))
            })
            .collect();
        let change_pct = change.iter().map(|(key, change)| (key.clone(), change.pct)).collect();
        Comparison { marks: marks(&now, &before), figures: before, change_pct, change }
    });
    Report { figures: now, compare, proceedings: None }
}

/// A change with its limits and whether it rests on few calls.
#[must_use]
pub fn change(old: u64, new: u64) -> Change {
    let tenths = |pct: f64| (pct * 10.0).round() / 10.0 + 0.0;
    let limits = (old > 0).then(|| change_limits_pct(old, new));
    Change {
        pct: change_pct(old, new),
        low_pct: limits.map(|(low, _)| tenths(low)),
        high_pct: limits.and_then(|(_, high)| high).map(tenths),
        few: old < FEW || new < FEW,
    }
}

/// Why the two periods are not quite alike.
fn marks(now: &Figures, before: &Figures) -> Vec<Mark> {
    let sources_of = |figures: &Figures| {
        let ledger = figures.detail.as_ref().map(|detail| detail.exposure.from_ledger);
        ledger.filter(|_| figures.offered > 0).map(|ledger| (ledger > 0, ledger < figures.offered))
    };
    let sources = (sources_of(now), sources_of(before));
    let mut marks = Vec::new();
    if now.definitions != before.definitions {
        marks.push(Mark::Definitions);
    }
    if let (Some(now), Some(before)) = sources
        && now != before
    {
        marks.push(Mark::Source);
    }
    if now.period.days != before.period.days {
        marks.push(Mark::Days);
    }
    let gaps = |figures: &Figures| {
        figures.detail.as_ref().is_some_and(|one| one.exposure.days_with_calls < u64::from(figures.period.days))
    };
    if before.offered > 0 && gaps(now) != gaps(before) {
        marks.push(Mark::Gaps);
    }
    marks
}

/// The plain numbers of a report by their key.
fn numbers(figures: &Figures) -> BTreeMap<String, u64> {
    let mut numbers = figures.classes.clone();
    for (key, value) in [
        ("offered", figures.offered),
        ("answered", figures.answered),
        ("abandoned", figures.abandoned),
        ("deferred", figures.deferred),
        ("failed", figures.failed),
        ("nuisance", figures.nuisance),
    ] {
        numbers.insert(key.to_owned(), value);
    }
    numbers
}

/// In percent with one decimal, halves away from zero; nothing can be said about a change from 0.
#[must_use]
pub fn change_pct(old: u64, new: u64) -> Option<f64> {
    if old == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of calls stay far under 2^52")]
    let change = (new as f64 - old as f64) * 1_000.0 / old as f64;
    // Adding 0.0 turns -0.0 into 0.0.
    Some(change.round() / 10.0 + 0.0)
}
