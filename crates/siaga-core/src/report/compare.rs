//! A period beside the same days of the year before.

use crate::view::report::{Comparison, Figures, Report};
use std::collections::BTreeMap;

/// The report of `now`, compared with `before` where that was asked for.
#[must_use]
pub fn compare(now: Figures, before: Option<Figures>) -> Report {
    let compare = before.map(|before| {
        let (new, old) = (numbers(&now), numbers(&before));
        let change_pct = new
            .into_iter()
            .map(|(key, new)| {
                let old = old.get(&key).copied().unwrap_or(0);
                (key, change_pct(old, new))
            })
            .collect();
        Comparison { figures: before, change_pct }
    });
    Report { figures: now, compare }
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
