//! The report as one long table: a spreadsheet's pivot reads it, and so does any program.

use crate::Edition;
use siaga_core::{
    ledger::defuse,
    report::change_pct,
    view::report::{Count, Figures, Report},
};

const HEADER: [&str; 6] = ["section", "key", "label", "value", "previous", "change_pct"];

/// One line per figure; over those of a demo a line that says so. `previous` and `change_pct` are empty without a comparison.
#[must_use]
pub fn csv(report: &Report, edition: Edition) -> String {
    let before = report.compare.as_ref().map(|compare| &compare.figures);
    let mut lines = vec![HEADER.map(str::to_owned).to_vec()];
    lines.extend(edition.mark().map(|mark| ["demo", "", mark, "", "", ""].map(str::to_owned).to_vec()));
    let now = &report.figures;
    let mut plain = |key: &str, value: &str, previous: Option<&str>| {
        lines.push(["period", key, "", value, previous.unwrap_or_default(), ""].map(str::to_owned).to_vec());
    };
    plain("from", &now.period.from, before.map(|one| one.period.from.as_str()));
    plain("to", &now.period.to, before.map(|one| one.period.to.as_str()));
    plain("definitions", &now.definitions, before.map(|one| one.definitions.as_str()));
    for (section, counts) in sections(now) {
        let previous = before.map(|before| previous_of(before, section));
        for (one, old) in beside(&counts, previous.as_deref()) {
            let change = old.and_then(|old| change_pct(old, one.count));
            lines.push(vec![
                section.to_owned(),
                defuse(&one.key).into_owned(),
                defuse(&one.label).into_owned(),
                one.count.to_string(),
                old.map(|old| old.to_string()).unwrap_or_default(),
                change.map(|change| format!("{change:.1}")).unwrap_or_default(),
            ]);
        }
    }
    written(lines)
}

/// The lists of a report by their name.
fn sections(figures: &Figures) -> Vec<(&'static str, Vec<Count>)> {
    let count = |key: &str, count: u64| Count { key: key.to_owned(), label: String::new(), count };
    let totals = vec![
        count("offered", figures.offered),
        count("answered", figures.answered),
        count("abandoned", figures.abandoned),
        count("deferred", figures.deferred),
        count("failed", figures.failed),
        count("nuisance", figures.nuisance),
    ];
    let takers = figures.detail.iter().flat_map(|detail| &detail.by_taker).map(|one| Count {
        key: one.key.clone(),
        label: one.label.clone(),
        count: one.total,
    });
    let hours = figures.detail.iter().flat_map(|detail| &detail.hours).map(|one| Count {
        key: format!("{}-{:02}", one.weekday, one.hour),
        label: String::new(),
        count: one.offered,
    });
    let (takers, hours) = (takers.collect(), hours.collect());
    let classes = figures.classes.iter().map(|(key, calls)| count(key, *calls)).collect();
    vec![
        ("total", totals),
        ("class", classes),
        ("type", figures.by_type.clone()),
        ("agency", figures.by_agency.clone()),
        ("village", figures.by_village.clone()),
        ("month", figures.by_month.clone()),
        ("taker", takers),
        ("hour", hours),
    ]
}

/// The same list of the year before. A month stands beside the same month of that year.
pub(crate) fn previous_of(before: &Figures, section: &str) -> Vec<Count> {
    let found = sections(before).into_iter().find(|(name, _)| *name == section);
    let mut counts = found.map(|(_, counts)| counts).unwrap_or_default();
    if section == "month" {
        for one in &mut counts {
            let year = one.key.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(0) + 1;
            one.key = format!("{year}{}", one.key.get(4..).unwrap_or_default());
        }
    }
    counts
}

/// Each entry with its count of the year before; entries that only the year before has come last with 0.
pub(crate) fn beside(now: &[Count], before: Option<&[Count]>) -> Vec<(Count, Option<u64>)> {
    let Some(before) = before else { return now.iter().map(|one| (one.clone(), None)).collect() };
    let old = |key: &str| before.iter().find(|one| one.key == key).map_or(0, |one| one.count);
    let mut all: Vec<(Count, Option<u64>)> = now.iter().map(|one| (one.clone(), Some(old(&one.key)))).collect();
    for one in before.iter().filter(|one| now.iter().all(|known| known.key != one.key)) {
        all.push((Count { count: 0, ..one.clone() }, Some(one.count)));
    }
    all
}

/// Lines as CSV; rows of unequal length are allowed (a rejected row may have too many cells).
pub(crate) fn written(lines: Vec<Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).expect("because writing to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("because writing to memory cannot fail");
    String::from_utf8(bytes).expect("because only text was written")
}
