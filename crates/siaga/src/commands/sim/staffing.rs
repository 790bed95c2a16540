//! `siaga sim staffing`: a centre's own day with other seats, in virtual time.

use super::city::read_policy;
use crate::commands::CommandError;
use clap::Args;
use serde_json::{Value, json};
use siaga_core::{
    limits::SEATS_MAX,
    policy::Policy,
    view::report::{
        Report,
        what_if::{Seen, WhatIfFindings},
    },
};
use siaga_sim::city::{CALLS, Centre, Seats, what_if};
use std::{
    fmt::Write,
    io::{IsTerminal, Read},
    path::PathBuf,
    sync::Arc,
};

#[derive(Args, Debug)]
pub struct StaffingArgs {
    /// The report whose hours are played, as `siaga report --format json` prints it. Absent: the standard input.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// So many seats less than the advice at every hour, at least one.
    #[arg(long, default_value_t = 1)]
    less: usize,
    /// The seats to try, from 0 to 23 h: 24 numbers with commas between them.
    #[arg(long, value_name = "N,N,...", conflicts_with = "less", value_parser = seats)]
    seats: Option<Seats>,
    /// Rules of screening and queue (TOML). Absent: the preset.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Calls that are simulated each way, about; more of them give narrower limits.
    #[arg(long, default_value_t = CALLS, value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
    calls: u32,
    /// The same seed gives the same callers and figures.
    #[arg(long, default_value_t = 112)]
    seed: u64,
    /// Print progress and findings as JSON, an object a line.
    #[arg(long)]
    json: bool,
}

fn seats(text: &str) -> Result<Seats, String> {
    let most = usize::from(SEATS_MAX);
    let numbers: Vec<usize> = text
        .split(',')
        .map_while(|number| number.trim().parse().ok())
        .filter(|number| (1..=most).contains(number))
        .collect();
    let count = text.split(',').count();
    Seats::try_from(numbers)
        .ok()
        .filter(|_| count == 24)
        .ok_or_else(|| format!("24 numbers from 1 to {SEATS_MAX} are expected, one for each hour from 0 to 23"))
}

fn told(text: impl Into<String>) -> CommandError {
    CommandError::Told(format!("sim staffing: {}", text.into()))
}

/// A report, or an object of a report and the rules that the server has in force.
fn asked(args: &StaffingArgs) -> Result<(Report, Policy), CommandError> {
    let text = match &args.report {
        Some(file) => {
            std::fs::read_to_string(file).map_err(|error| told(format!("--report {}: {error}", file.display())))?
        }
        None if std::io::stdin().is_terminal() => {
            return Err(told(
                "a report is expected: --report FILE, or siaga report --format json ... | siaga sim staffing",
            ));
        }
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| told(error.to_string()))?;
            text
        }
    };
    let unreadable =
        |error: serde_json::Error| told(format!("this is no report as siaga report --format json prints it: {error}"));
    let mut value: Value = serde_json::from_str(&text).map_err(unreadable)?;
    let policy = match value.get_mut("policy").map(Value::take) {
        Some(policy) => serde_json::from_value(policy).map_err(unreadable)?,
        None => read_policy(args.policy.as_deref())?,
    };
    let report = value.get_mut("report").map(Value::take).unwrap_or(value);
    Ok((serde_json::from_value(report).map_err(unreadable)?, policy))
}

pub fn staffing(args: &StaffingArgs) -> Result<String, CommandError> {
    let (report, policy) = asked(args)?;
    let centre = Centre::of(&report).map_err(|error| told(error.to_string()))?;
    let seats = args.seats.unwrap_or_else(|| centre.advised().map(|seats| seats.saturating_sub(args.less).max(1)));
    let found = what_if(&centre, &seats, &Arc::new(policy), (args.calls, args.seed), |done, total| {
        if args.json {
            println!("{}", json!({ "done": done, "total": total }));
        } else if std::io::stderr().is_terminal() {
            eprint!("\rsim: {done} of {total} runs ");
        }
    });
    if args.json {
        return Ok(format!("{}\n", json!({ "findings": found })));
    }
    Ok(table(&found))
}

fn table(found: &WhatIfFindings) -> String {
    let mut text = format!(
        "{} simulated days; answered within 10 s of those who were answered or waited longer (95 % limits), longest wait\n\
         hour    calls   advised                                   tried\n",
        found.days
    );
    let pct = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"));
    let cell = |seen: &Seen| {
        let limits = format!("{} ({}-{})", pct(seen.within_pct), pct(seen.low_pct), pct(seen.high_pct));
        format!("{:>3} seats {limits:<20} {:>6.1} s", seen.seats, seen.longest_s)
    };
    let rows = (0..).map(|hour: u32| format!("{hour:02}")).zip(found.advised.hours.iter().zip(&found.tried.hours));
    let all = std::iter::once(("day".to_owned(), (&found.advised.day, &found.tried.day)));
    for (name, (advised, tried)) in rows.chain(all) {
        writeln!(text, "{name:<5}{:>8}   {}  {}", advised.calls, cell(advised), cell(tried))
            .expect("because writing to a String cannot fail");
    }
    text
}
