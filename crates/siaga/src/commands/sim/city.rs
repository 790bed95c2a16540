//! `siaga sim year | flood | calibrate`: the city in virtual time, no server needed.

use crate::commands::CommandError;
use clap::{Args, ValueEnum};
use siaga_core::policy::Policy;
use siaga_sim::city::{
    ASKS_SILENT, Calibration, Figures, Handling, Judged, Shifts, Study, Town, Volume, assumptions, calibration, curve,
    table,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

/// Days of a simulated year.
const YEAR_DAYS: i64 = 365;
/// A share of real reports with which 30,000 of them need few years; said on stderr when it is chosen.
const REAL_SHARE_RAISED: f64 = 0.05;
/// Years or floods in one command: a day of computing.
const SEEDS_MAX: u64 = 10_000;
/// Progress is told when a run takes longer than this, and this often.
const TELL_EVERY: Duration = Duration::from_secs(1);
/// Seeds of the years in which a centre learns its own share of nuisance, far from those it is measured on.
const LEARNING_SEEDS: u64 = 1_000_000;

/// Something to set beside the policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Beside {
    /// Arrival order, no lanes, no listening; the same people with the same keys.
    Fifo,
    /// Arrival order, no call-back, and the handling times that centres publish (a minute for a silent call).
    Practice,
}

#[derive(Args, Debug)]
pub struct Common {
    /// The same seed gives the same people, calls and figures; further years or floods take the seeds after it.
    #[arg(long, default_value_t = 112)]
    seed: u64,
    /// Rules of screening, queue and sanctions (TOML, as city/serang/policy.toml). Absent: the preset.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Put another way of working beside it; repeat for both.
    #[arg(long, value_name = "fifo|practice", value_enum)]
    compare: Vec<Beside>,
    /// One JSON object per policy on stdout, one a line, with every lost and late call.
    #[arg(long)]
    json: bool,
    /// Call-takers do not close nuisance sooner when the screen shows that somebody waits.
    #[arg(long)]
    unhurried: bool,
    /// Share of lines on which nothing was heard whose caller is asked for a key (1: help, 2: a slip) before a call-taker
    /// ends them; 0: they are ended unasked.
    #[arg(long, value_name = "SHARE", default_value_t = ASKS_SILENT)]
    asks: f64,
}

#[derive(Args, Debug)]
pub struct YearArgs {
    #[command(flatten)]
    common: Common,
    /// How many years.
    #[arg(long, conflicts_with = "real")]
    years: Option<u64>,
    /// As many years as this many real calls need; raises the share of real calls to 0.05 unless --real-share is given.
    #[arg(long, value_name = "CALLS")]
    real: Option<u64>,
    /// Calls offered in a year; Kota Serang 2020: about 31,600.
    #[arg(long, default_value_t = Volume::default().calls_per_year)]
    calls_per_year: f64,
    /// Share of real reports, 0 to 0.5; Kota Serang 2020: 0.0068.
    #[arg(long)]
    real_share: Option<f64>,
    /// Only this many days of each year, from 1 January.
    #[arg(long, default_value_t = YEAR_DAYS)]
    days: i64,
    /// Seats from 7 to 23 h. Absent: 4, then 3.
    #[arg(long)]
    day_seats: Option<usize>,
    /// Seats from 23 to 7 h. Absent: 1.
    #[arg(long)]
    night_seats: Option<usize>,
    /// List every assumption with its value, unit and source, and stop.
    #[arg(long)]
    assumptions: bool,
}

#[derive(Args, Debug)]
pub struct FloodArgs {
    #[command(flatten)]
    common: Common,
    /// How many floods, each with its own seed.
    #[arg(long, default_value_t = 20)]
    seeds: u64,
    /// Hours of each flood: 290 nuisance and 6 real calls an hour.
    #[arg(long, default_value_t = 4)]
    hours: i64,
    #[arg(long, default_value_t = 3)]
    seats: usize,
}

#[derive(Args, Debug)]
pub struct CalibrateArgs {
    /// The measured years take the seeds from here on.
    #[arg(long, default_value_t = 9_000)]
    seed: u64,
    /// Years in each group.
    #[arg(long, default_value_t = 3)]
    years: u64,
    /// Rules of screening (TOML). Absent: the preset.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// One JSON object per group on stdout, one a line.
    #[arg(long)]
    json: bool,
}

fn told(text: String) -> CommandError {
    CommandError::Told(text)
}

pub(super) fn read_policy(file: Option<&Path>) -> Result<Policy, CommandError> {
    let Some(file) = file else { return Ok(Policy::default()) };
    let text = std::fs::read_to_string(file).map_err(|error| {
        told(format!(
            "sim: --policy {}: {error}. A TOML file such as city/serang/policy.toml is expected",
            file.display()
        ))
    })?;
    Policy::from_toml(&text).map_err(|error| told(format!("sim: --policy {}: {error}", file.display())))
}

fn seeds(first: u64, count: u64) -> Result<Vec<u64>, CommandError> {
    if !(1..=SEEDS_MAX).contains(&count) {
        return Err(told(format!("sim: {count} runs: from 1 to {SEEDS_MAX} are possible")));
    }
    Ok((0..count).map(|run| first.wrapping_add(run)).collect())
}

fn within<T: PartialOrd + std::fmt::Display>(flag: &str, value: T, low: T, high: T) -> Result<T, CommandError> {
    if value >= low && value <= high {
        Ok(value)
    } else {
        Err(told(format!("sim: {flag} {value}: from {low} to {high} is expected")))
    }
}

pub fn year(args: &YearArgs) -> Result<String, CommandError> {
    if args.assumptions {
        return Ok(assumptions());
    }
    let calls_per_year = within("--calls-per-year", args.calls_per_year, 1.0, 500_000.0)?;
    let days = within("--days", args.days, 1, YEAR_DAYS)?;
    for (flag, seats) in [("--day-seats", args.day_seats), ("--night-seats", args.night_seats)] {
        within(flag, seats.unwrap_or(1), 1, usize::from(siaga_core::limits::SEATS_MAX))?;
    }
    let raised = args.real.is_some() && args.real_share.is_none();
    let preset = if raised { REAL_SHARE_RAISED } else { Volume::default().real_share };
    let real_share = within("--real-share", args.real_share.unwrap_or(preset), 0.0, 0.5)?;
    if raised {
        eprintln!("sim: the share of real calls is raised to {REAL_SHARE_RAISED}; --real-share chooses another");
    }
    let count = match args.real {
        Some(real) => {
            // A tenth more, since chance may give fewer.
            let each = calls_per_year * real_share * days as f64 / YEAR_DAYS as f64;
            (real as f64 * 1.1 / each).ceil().max(1.0) as u64
        }
        None => args.years.unwrap_or(1),
    };
    let town = Town::Year { volume: Volume { calls_per_year, real_share }, days };
    studies(&args.common, town, &seeds(args.common.seed, count)?, &Shifts::with(args.day_seats, args.night_seats))
}

pub fn flood(args: &FloodArgs) -> Result<String, CommandError> {
    let hours = within("--hours", args.hours, 1, 24)?;
    let seats = within("--seats", args.seats, 1, usize::from(siaga_core::limits::SEATS_MAX))?;
    studies(&args.common, Town::Flood { hours }, &seeds(args.common.seed, args.seeds)?, &Shifts::always(seats))
}

fn studies(common: &Common, town: Town, seeds: &[u64], shifts: &Shifts) -> Result<String, CommandError> {
    let asks = within("--asks", common.asks, 0.0, 1.0)?;
    let ours = if common.unhurried { Handling::Unhurried } else { Handling::OneKey };
    let mut ways = vec![(read_policy(common.policy.as_deref())?, ours)];
    for beside in &common.compare {
        ways.push(match beside {
            Beside::Fifo => (Policy::fifo(), ours),
            Beside::Practice => {
                let mut practice = Policy::fifo();
                practice.name = "practice".to_owned();
                practice.queue.call_back_after_ms.clear();
                (practice, Handling::Published)
            }
        });
    }
    let columns: Vec<Figures> = ways
        .into_iter()
        .map(|(policy, handling)| {
            let study =
                Study { town, seeds: seeds.to_vec(), shifts: shifts.clone(), policy: Arc::new(policy), handling, asks };
            measured(&study)
        })
        .collect();
    if !common.json {
        return Ok(table(&columns));
    }
    lines(&columns)
}

/// Runs a study and says on stderr how far it is.
fn measured(study: &Study) -> Figures {
    let (started, told) = (Instant::now(), std::sync::Mutex::new(Instant::now()));
    let all = study.seeds.len();
    study.figures(|done| {
        let Ok(mut last) = told.lock() else { return };
        if last.elapsed() >= TELL_EVERY || (done == all && started.elapsed() >= TELL_EVERY) {
            *last = Instant::now();
            eprintln!("sim: {}: {done} of {all} after {:.0} s", study.policy.name, started.elapsed().as_secs_f64());
        }
    })
}

fn lines<T: serde::Serialize>(all: &[T]) -> Result<String, CommandError> {
    let mut text = String::new();
    for one in all {
        let line = serde_json::to_string(one).map_err(|error| told(format!("sim: {error}")))?;
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

/// The centre learns its share of nuisance in other years; the groups differ from them in seeds and in shares.
pub fn calibrate(args: &CalibrateArgs) -> Result<String, CommandError> {
    let policy = Arc::new(read_policy(args.policy.as_deref())?);
    let judged = |volume: Volume, first: u64| -> Result<Vec<Judged>, CommandError> {
        let town = Town::Year { volume, days: YEAR_DAYS };
        let (seeds, shifts) = (seeds(first, args.years)?, Shifts::default());
        let study =
            Study { town, seeds, shifts, policy: Arc::clone(&policy), handling: Handling::OneKey, asks: ASKS_SILENT };
        Ok(measured(&study).judged)
    };
    let preset = Volume::default();
    let learned = judged(preset, LEARNING_SEEDS)?;
    let share = learned.iter().filter(|call| call.nuisance).count() as f64 / learned.len().max(1) as f64;
    let groups = [
        ("other seeds, the shares of 2020", preset),
        ("other seeds, 0.3 % real, a third of the calls", Volume { calls_per_year: 10_000.0, real_share: 0.003 }),
        ("other seeds, 2 % real, three times the calls", Volume { calls_per_year: 95_000.0, real_share: 0.02 }),
        ("other seeds, 15 % real", Volume { real_share: 0.15, ..preset }),
    ];
    let mut measured: Vec<Calibration> = Vec::new();
    for (index, (what, volume)) in groups.into_iter().enumerate() {
        let first = args.seed.wrapping_add(index as u64 * args.years);
        measured.push(calibration(what.to_owned(), &judged(volume, first)?, share));
    }
    if args.json { lines(&measured) } else { Ok(measured.iter().map(curve).collect::<Vec<_>>().join("\n")) }
}
