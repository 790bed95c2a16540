//! `siaga bench`: what this program takes on this machine, beside its goals.

use super::{CommandError, DataArgs, figures::rebuild, sim::ledger};
use crate::serve::city_of;
use clap::{Args, Subcommand};
use jiff::{ToSpan, civil::Date};
use siaga_core::{city::City, report::ReportPeriod};
use siaga_store::{
    Store,
    reports::{Compare, Part, ReportError},
    rollup::Begin,
};
use std::{fmt::Write, process::ExitCode, time::Instant};

/// Goals of the figures (milliseconds).
const REPORT_GOAL_MS: f64 = 300.0;
const PDF_GOAL_MS: f64 = 3_000.0;
/// A document is set this often at most: it takes a second or so.
const PDF_RUNS_MAX: usize = 10;

#[derive(Args)]
pub struct BenchArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The figures over made-up years: cold rebuild, each report and document, and the same questions asked of the calls
    /// themselves in plain SQL, whose answers must be equal.
    ///
    /// Makes the calls first (`siaga sim ledger`), unless the folder has some. Exit code 1 when an answer differs; being
    /// slower than a goal is told, and no error.
    ///
    /// Example: siaga bench figures --data /tmp/million --calls 1000000
    Figures(FiguresArgs),
}

#[derive(Args)]
struct FiguresArgs {
    #[command(flatten)]
    ledger: ledger::LedgerArgs,
    /// How often each report is asked for.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1_000))]
    runs: u16,
    /// Leave the tables as they are instead of rebuilding them cold.
    #[arg(long)]
    no_rebuild: bool,
}

pub async fn run(args: BenchArgs) -> Result<ExitCode, CommandError> {
    let What::Figures(args) = args.what;
    figures(&args).await
}

/// Milliseconds of several runs, in order.
struct Times(Vec<f64>);

impl Times {
    fn quantile(&self, pct: usize) -> f64 {
        let place = (self.0.len() * pct).div_ceil(100).clamp(1, self.0.len());
        self.0[place - 1]
    }

    /// The least, p50 and p99.
    fn shown(&self, decimals: usize) -> [String; 3] {
        [self.0[0], self.quantile(50), self.quantile(99)].map(|ms| format!("{ms:.decimals$} ms"))
    }
}

/// Runs something so often, once before to warm up; the last answer and the times.
async fn timed<T, E>(runs: usize, mut ask: impl AsyncFnMut() -> Result<T, E>) -> Result<(T, Times), E> {
    let mut answer = ask().await?;
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let began = Instant::now();
        answer = ask().await?;
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok((answer, Times(times)))
}

fn told(error: ReportError) -> CommandError {
    match error {
        ReportError::Store(error) => error.into(),
        ReportError::Broken(broken) => CommandError::Told(broken.to_string()),
    }
}

async fn figures(args: &FiguresArgs) -> Result<ExitCode, CommandError> {
    let store = store(&args.ledger.data).await?;
    let city = city_of(&store).await?;
    let store = store.in_zone(city.time_zone().clone());
    if store.call_days().await?.is_none() {
        ledger::generate(&store, &city, &args.ledger).await?;
    }
    let mut table = String::new();
    if !args.no_rebuild {
        let seconds = rebuild(&store, Begin::Cold).await?;
        row(
            &mut table,
            "cold rebuild of all figures",
            [format!("{seconds:.1} s"), String::new(), String::new()],
            "",
            "",
        );
    }
    let runs = usize::from(args.runs);
    let periods = periods(args.ledger.until, args.ledger.years);
    for (name, from, to, with) in &periods {
        let period = ReportPeriod::new(*from, *to).map_err(|problem| CommandError::Told(problem.to_string()))?;
        let (_, times) = timed(runs, || store.report(&period, *with, &city)).await.map_err(told)?;
        goal_row(&mut table, name, &times, REPORT_GOAL_MS);
        eprint!(".");
    }
    let mut differing = 0;
    for (name, from, to, _) in [&periods[0], &periods[periods.len() - 1]] {
        let period = ReportPeriod::new(*from, *to).map_err(|problem| CommandError::Told(problem.to_string()))?;
        writeln!(table, "parts of {name}, by themselves").expect("because writing to a String cannot fail");
        for part in Part::ALL {
            differing += usize::from(!part_row(&mut table, &store, &city, &period, (part, runs)).await?);
        }
    }
    let (_, from, to, with) = &periods[0];
    let period = ReportPeriod::new(*from, *to).map_err(|problem| CommandError::Told(problem.to_string()))?;
    document(&mut table, &store, &city, &period, runs.min(PDF_RUNS_MAX), *with).await?;
    eprintln!();
    let mut head = String::new();
    row(&mut head, "", ["least", "p50", "p99"].map(str::to_owned), "goal", "plain SQL over the calls");
    print!("{head}{table}");
    store.close().await;
    Ok(if differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn store(data: &DataArgs) -> Result<Store, CommandError> {
    let store = data.store().await?;
    match store.accounts_empty().await? {
        true => Ok(store),
        false => Err(CommandError::Told(
            "people have accounts in this database: measure in a new folder, --data DIR".to_owned(),
        )),
    }
}

/// The row of one part, and whether a scan of the calls says the same.
async fn part_row(
    table: &mut String,
    store: &Store,
    city: &City,
    period: &ReportPeriod,
    (part, runs): (Part, usize),
) -> Result<bool, CommandError> {
    let (ours, times) = timed(runs, || store.report_part(period, part, city)).await?;
    let began = Instant::now();
    let scanned = store.report_scan(period, part, city).await?;
    let scan_ms = began.elapsed().as_secs_f64() * 1_000.0;
    let is_same = scanned.as_ref().is_none_or(|scanned| *scanned == ours);
    let verdict = if is_same { "the same" } else { "DIFFERS" };
    let beside = scanned.map_or(String::new(), |_| format!("{scan_ms:.0} ms {verdict}"));
    row(table, &format!("  {}", part.name()), times.shown(1), "", &beside);
    eprint!(".");
    Ok(is_same)
}

async fn document(
    table: &mut String,
    store: &Store,
    city: &City,
    period: &ReportPeriod,
    runs: usize,
    with: Compare,
) -> Result<(), CommandError> {
    let key = store.evidence_key(rand::random()).await?;
    for (name, set) in
        [("PDF", siaga_report::pdf as fn(&_) -> _), ("DOCX", siaga_report::docx), ("XLSX", siaga_report::xlsx)]
    {
        let (bytes, times) = timed(runs, async || {
            let signed = store.signed_report(period, with, city, &key).await?;
            Ok::<_, ReportError>(set(&siaga_report::period_report(&signed, siaga_report::Edition::City)))
        })
        .await
        .map_err(told)?;
        let bytes = bytes.map_err(|error| CommandError::Told(error.to_string()))?;
        goal_row(table, &format!("{name} of nine months, {} kB", bytes.len() / 1_000), &times, PDF_GOAL_MS);
        eprint!(".");
    }
    Ok(())
}

type Asked = (String, Date, Date, Compare);

/// Periods that end with the made-up years; the first one is what everything else is asked of.
fn periods(last: Date, years: u16) -> Vec<Asked> {
    let day = |month: i8, day: i8| Date::new(last.year(), month, day).unwrap_or(last);
    let first = last.saturating_sub((i32::from(years) * 365 - 1).days());
    let week = (day(9, 8), day(9, 14));
    let (before, alone) = (Compare::PreviousYear, Compare::Nothing);
    [
        ("nine months, compared", day(1, 1), day(9, 30), before),
        ("nine months", day(1, 1), day(9, 30), alone),
        ("15 January to 17 September, compared", day(1, 15), day(9, 17), before),
        ("one month, compared", day(9, 1), day(9, 30), before),
        ("two halves of months, compared", day(7, 2), day(8, 30), before),
        ("one week, compared", week.0, week.1, before),
        ("one day, compared", day(9, 14), day(9, 14), before),
        ("all years", first, last, alone),
    ]
    .map(|(name, from, to, with)| (name.to_owned(), from, to, with))
    .to_vec()
}

fn goal_row(table: &mut String, name: &str, times: &Times, goal_ms: f64) {
    let verdict = if times.quantile(99) <= goal_ms { "held" } else { "MISSED" };
    row(table, name, times.shown(0), &format!("{goal_ms:.0} ms {verdict}"), "");
}

fn row(table: &mut String, name: &str, [least, p50, p99]: [String; 3], goal: &str, scan: &str) {
    writeln!(table, "{name:<38} {least:>10} {p50:>10} {p99:>10}  {goal:<16} {scan}")
        .expect("because writing to a String cannot fail");
}
