//! The figures for a ministry, or for whoever else a city reports to: sums without any person in them.
//!
//! **This file is the adapter.** No official format is known to this program; the names below are ours. When one is published,
//! [`FIGURES`] and the two writers are what changes, and nothing else does. `docs/ministry-feed.md` is the contract.

use crate::csv_table::written;
use serde::Serialize;
use siaga_core::view::{
    report::{Count, Figures, Period},
    signed_report::{AsOf, ReportBody},
};
use std::borrow::Cow;

/// Grows when a name comes to mean something else or goes away; new names may come without it.
pub const FEED_FORMAT: &str = "siaga-feed-1";

/// Our name of a figure, and where it stands in a report. The four classes have the words that the national rules use.
const FIGURES: [(&str, fn(&Figures) -> u64); 11] = [
    ("calls_offered", |one| one.offered),
    ("calls_answered", |one| one.answered),
    ("calls_abandoned", |one| one.abandoned),
    ("calls_deferred", |one| one.deferred),
    ("calls_failed", |one| one.failed),
    ("normal", |one| class(one, "emergency")),
    ("informasi", |one| class(one, "information")),
    ("prank", |one| class(one, "prank")),
    ("ghost", |one| class(one, "ghost")),
    ("test", |one| class(one, "test")),
    ("unclassified", |one| class(one, siaga_core::report::UNCLASSIFIED)),
];

/// What is sent.
#[derive(Debug, Serialize)]
struct Feed<'a> {
    format: &'static str,
    /// With a demo's mark behind it: these rows are put under those of real cities.
    city: Cow<'a, str>,
    period: &'a Period,
    /// Version of `docs/definitions.md`.
    definitions: &'a str,
    /// The end of the event chain that the figures include: the same sequence, the same figures.
    as_of: &'a AsOf,
    /// No answered call waits for its class.
    complete: bool,
    figures: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    figure: &'static str,
    /// Of a list: the incident type, the month; otherwise empty.
    key: String,
    value: u64,
}

fn class(figures: &Figures, key: &str) -> u64 {
    figures.classes.get(key).copied().unwrap_or(0)
}

fn rows(figures: &Figures) -> Vec<Row> {
    let list = |figure: &'static str, counts: &[Count]| -> Vec<Row> {
        counts.iter().map(|one| Row { figure, key: one.key.clone(), value: one.count }).collect()
    };
    let mut rows: Vec<Row> =
        FIGURES.iter().map(|(figure, of)| Row { figure, key: String::new(), value: of(figures) }).collect();
    rows.extend(list("normal_by_type", &figures.by_type));
    rows.extend(list("calls_offered_by_month", &figures.by_month));
    rows
}

fn feed(body: &ReportBody) -> Feed<'_> {
    let figures = &body.report.figures;
    Feed {
        format: FEED_FORMAT,
        city: match &body.mark {
            Some(mark) => Cow::Owned(format!("{} ({mark})", body.city.name)),
            None => Cow::Borrowed(&body.city.name),
        },
        period: &figures.period,
        definitions: &figures.definitions,
        as_of: &body.as_of,
        complete: class(figures, siaga_core::report::UNCLASSIFIED) == 0,
        figures: rows(figures),
    }
}

/// The feed as JSON.
#[must_use]
pub fn ministry_json(body: &ReportBody) -> String {
    serde_json::to_string_pretty(&feed(body)).expect("because a feed is plain data")
}

/// The feed as a table: what belongs to all of it stands in each row, so that files of several cities can be put together.
#[must_use]
pub fn ministry_csv(body: &ReportBody) -> String {
    let feed = feed(body);
    let head = ["format", "city", "from", "to", "definitions", "as_of_seq", "complete", "figure", "key", "value"];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    lines.extend(feed.figures.iter().map(|row| {
        vec![
            feed.format.to_owned(),
            siaga_core::ledger::defuse(&feed.city).into_owned(),
            feed.period.from.clone(),
            feed.period.to.clone(),
            feed.definitions.to_owned(),
            feed.as_of.seq.to_string(),
            feed.complete.to_string(),
            row.figure.to_owned(),
            siaga_core::ledger::defuse(&row.key).into_owned(),
            row.value.to_string(),
        ]
    }));
    written(lines)
}
