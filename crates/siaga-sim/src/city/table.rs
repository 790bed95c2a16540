//! Figures as a table for people: one column for each policy.

use super::{
    assume,
    calibrate::Calibration,
    figures::{Case, Figures},
    floor::Handling,
};
use std::fmt::Write;

/// Cases shown one by one; `--json` has them all.
const CASES_SHOWN: usize = 20;

type Row = (&'static str, fn(&Figures) -> String);

const ROWS: [Row; 34] = [
    ("calls offered", |f| f.offered.to_string()),
    ("  answered by a human", |f| f.answered.to_string()),
    ("  abandoned", |f| f.abandoned.to_string()),
    ("  deferred", |f| f.deferred.to_string()),
    ("  failed", |f| f.failed.to_string()),
    ("real calls", |f| f.real_calls.to_string()),
    ("  people behind them", |f| f.real_people.to_string()),
    ("  LOST by the system", |f| f.real_lost.to_string()),
    ("  not reached after three call-backs", |f| f.real_not_reached.to_string()),
    ("  late (over 10 s, or gave up)", |f| f.real_late.to_string()),
    ("  human within 10 s, %", |f| number(f.real_within_10s_pct)),
    ("    who gave up censored, %", |f| number(f.real_within_10s_censored_pct)),
    ("  median, s", |f| number(f.real_p50_s)),
    ("  99 %, s", |f| number(f.real_p99_s)),
    ("  99.9 %, s", |f| number(f.real_p999_s)),
    ("  longest, s", |f| number(f.real_max_s)),
    ("  normal days, within 10 s, %", |f| number(f.normal_real_within_10s_pct)),
    ("    who gave up censored, %", |f| number(f.normal_real_within_10s_censored_pct)),
    ("  normal days, 99.9 %, s", |f| number(f.normal_real_p999_s)),
    ("silent real people", |f| f.silent_real_people.to_string()),
    ("  in front of a human or called back, %", |f| number(f.silent_real_reached_pct)),
    ("  heard by a human and not recognised", |f| f.silent_real_not_recognised.to_string()),
    ("    of these ended without being asked", |f| f.silent_real_unasked.to_string()),
    ("real calls under a block", |f| f.blocked_real_calls.to_string()),
    ("  to a human with evidence, 95 %, s", |f| number(f.blocked_real_to_human_p95_s)),
    ("call-backs due", |f| f.callbacks_due.to_string()),
    ("  attempted within 30 s, %", |f| number(f.callbacks_within_30s_pct)),
    ("nuisance calls", |f| f.nuisance_calls.to_string()),
    ("  wait, median, s", |f| number(f.nuisance_wait_p50_s)),
    ("  wait, 95 %, s", |f| number(f.nuisance_wait_p95_s)),
    ("  longest wait in lane B, s", |f| number(f.lane_b_wait_max_s)),
    ("  seat time per ghost, median, s", |f| number(f.seat_s_per_ghost_median)),
    ("  seat hours of nuisance", |f| number(Some(f.seat_h_nuisance))),
    ("real people busy at the telco, never offered", |f| f.real_busy_at_telco.to_string()),
];

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"))
}

/// One column for each policy, then the cases call by call.
#[must_use]
pub fn table(columns: &[Figures]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, cells: Vec<String>| {
        let _ = write!(text, "{name:<46}");
        for cell in cells {
            let _ = write!(text, "{cell:>16}");
        }
        text.push('\n');
    };
    line("", columns.iter().map(|f| f.policy.clone()).collect());
    line("", columns.iter().map(|f| f.handling.map_or("", Handling::words).to_owned()).collect());
    for (name, cell) in ROWS {
        line(name, columns.iter().map(cell).collect());
    }
    for figures in columns {
        cases(&mut text, &figures.policy, "lost", &figures.lost);
        cases(&mut text, &figures.policy, "not reached after three call-backs", &figures.not_reached);
        cases(&mut text, &figures.policy, "late", &figures.late);
    }
    text
}

fn cases(text: &mut String, policy: &str, word: &str, all: &[Case]) {
    if all.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{policy}: {word}, call by call");
    for case in all.iter().take(CASES_SHOWN) {
        let Case { seed, call, kind, scene, at, what } = case;
        let _ = writeln!(text, "  seed {seed}  {at}  {kind:?}, {scene:?}: {what}  ({call})");
    }
    if let Some(more) = all.len().checked_sub(CASES_SHOWN).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more: --json lists all");
    }
}

/// The list of everything that is assumed.
#[must_use]
pub fn assumptions() -> String {
    let mut text = String::new();
    for one in assume::ALL {
        let value = one.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "{} = {value} ({})\n    {}\n    {}", one.name, one.unit, one.what, one.source);
    }
    text
}

/// Brier score and curve.
#[must_use]
pub fn curve(group: &Calibration) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}: {} calls with a number, {:.1} % nuisance",
        group.what,
        group.calls,
        100.0 * group.nuisance_share
    );
    let _ = writeln!(
        text,
        "  Brier score {:.4}; always saying the base rate: {:.4}; area under the curve {:.3}",
        group.brier, group.brier_of_base_rate, group.auc
    );
    let _ = writeln!(text, "  suspicion      calls   said %    was %");
    for bin in &group.curve {
        let percent =
            |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{:.1}", 100.0 * share));
        let _ = writeln!(
            text,
            "  {:>3} to {:>3} {:>10} {:>8} {:>8}",
            bin.suspicion_from,
            bin.suspicion_to,
            bin.calls,
            percent(bin.said),
            percent(bin.was)
        );
    }
    text
}
