//! `siaga sim`: the simulated city, against a running server or in virtual time, and the ear measured by itself.

mod city;
pub mod ledger;
mod staffing;
mod storm;

use super::CommandError;
use crate::serve::asked_to_stop;
use clap::{Args, Subcommand};
use siaga_core::class::Class;
use siaga_sim::{
    callers::{self, Kind, Pace, Sound},
    seats::{self, Classify},
    voices,
};
use std::{io::Write, net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};
use tokio_util::sync::CancellationToken;

/// Callers and call-takers for demos, tests and load (callers, seats), and the city in virtual time (year, flood, calibrate, storm, staffing).
#[derive(Args, Debug)]
pub struct SimArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// People who ring 112: real SIP and voices, mostly nuisance, now and then a real report.
    ///
    /// Example: siaga sim callers --target 127.0.0.1:5060 --per-minute 6
    Callers(CallersArgs),
    /// The calls of one drill. Started by the server, which writes the plan to the standard input; ends with its input.
    Drill(DrillArgs),
    /// A whole day of a city over real SIP: the mix of Kota Serang in 2020, sped up; callers can be called back.
    ///
    /// Example: siaga sim day --target 127.0.0.1:5060 --speed 60 --truth truth.jsonl
    Day(DayArgs),
    /// Call-takers without a browser: sign in, take a seat over WebRTC, answer, send a tone, give a class.
    ///
    /// Example: siaga sim seats --url http://127.0.0.1:8112 --count 3 --class random
    Seats(SeatsArgs),
    /// How well the machine hears: labelled sound through the detector of unattended lines, as a table. Needs no server.
    ///
    /// Example: siaga sim voices --runs 40
    Voices(VoicesArgs),
    /// A year of the city in virtual time, without a server: who was answered when, who was lost, call by call.
    ///
    /// Example: siaga sim year --seed 7 --policy city/serang/policy.toml --compare fifo
    Year(city::YearArgs),
    /// Hours in which 290 nuisance and 6 real calls an hour meet three seats, in virtual time.
    ///
    /// Example: siaga sim flood --seeds 50 --compare fifo --compare practice
    Flood(city::FloodArgs),
    /// Whether suspicion means what it says: Brier score and curve on years that were used for nothing else.
    ///
    /// Example: siaga sim calibrate --years 5
    Calibrate(city::CalibrateArgs),
    /// Storms of 300 calls about 12 events: how often the list of likely the same has the right incident.
    ///
    /// Example: siaga sim storm --seeds 20
    Storm(storm::StormArgs),
    /// A centre's own day, as its report counts it, with other seats than the advice.
    ///
    /// Example: siaga report --from 2020-01-01 --to 2020-09-30 --format json --data data | siaga sim staffing
    Staffing(staffing::StaffingArgs),
    Ledger(ledger::LedgerArgs),
}

#[derive(Args, Debug)]
struct DrillArgs {
    /// Address and port where 112 answers SIP over UDP.
    #[arg(long, value_name = "HOST:PORT")]
    target: String,
}

#[derive(Args, Debug)]
struct VoicesArgs {
    /// Draws per kind, level and condition; 40 take about a minute in a release build.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: u32,
    /// The same seed gives the same sound and the same figures.
    #[arg(long, default_value_t = 112)]
    seed: u64,
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
struct CallersArgs {
    /// Address and port where 112 answers SIP over UDP.
    #[arg(long, value_name = "HOST:PORT")]
    target: String,
    /// New calls per minute, on average.
    #[arg(long, default_value_t = 4.0)]
    per_minute: f64,
    /// Stop after this many calls (0: go on until stopped).
    #[arg(long, default_value_t = 0)]
    count: u32,
    /// The same seed gives the same callers in the same order.
    #[arg(long, default_value_t = 112)]
    seed: u64,
    /// Share of real reports, 0 to 1. Published centres report 0.003 to 0.02.
    #[arg(long, default_value_t = 0.02)]
    real: f64,
    /// All callers are of one kind: fire, short_circuit, accident, ambulance, fallen_tree, child, laughter, abuse,
    /// silent, noise, phone_locked, electricity_token, mistake, hang_up.
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// All callers send a sine of this many Hz instead of a voice.
    #[arg(long, value_name = "HZ")]
    tone: Option<f64>,
    /// All callers show this number.
    #[arg(long)]
    number: Option<String>,
    /// No caller shows a number.
    #[arg(long, conflicts_with = "number")]
    anonymous: bool,
    /// Seconds a caller talks once answered.
    #[arg(long, value_name = "SECONDS")]
    talk: Option<f64>,
    /// Seconds a caller waits for an answer.
    #[arg(long, value_name = "SECONDS")]
    patience: Option<f64>,
    /// Also print twice a second what each caller hears.
    #[arg(long)]
    meter: bool,
    /// Append what each number truly wants to this file, for `siaga sim seats --class truth`.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Hang up and end when standard input is closed.
    #[arg(long)]
    until_closed: bool,
}

#[derive(Args, Debug)]
struct DayArgs {
    /// Address and port where 112 answers SIP over UDP.
    #[arg(long, value_name = "HOST:PORT")]
    target: String,
    /// How many times faster than the clock the day passes; each call itself lasts as long as a call does.
    #[arg(long, default_value_t = 60.0)]
    speed: f64,
    /// The mix has less than one real call a day; at least this many, so that the day has something to lose.
    #[arg(long, default_value_t = 5)]
    real_at_least: usize,
    /// Port on which the callers' telephones listen, so that the server's trunk can be pointed at them (0: any).
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The same seed gives the same day.
    #[arg(long, default_value_t = 112)]
    seed: u64,
    /// Tone by which a person at a seat is told from the machine, in Hz; repeat for more.
    #[arg(long = "human", value_name = "HZ", default_value = "880")]
    human: Vec<f64>,
    /// Also print twice a second what each caller hears.
    #[arg(long)]
    meter: bool,
    /// Append what each number truly wants to this file, for `siaga sim seats --class truth`.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct SeatsArgs {
    /// The server's address as a browser would open it.
    #[arg(long, default_value = "http://127.0.0.1:8112")]
    url: String,
    /// How many seats.
    #[arg(long, default_value_t = 1)]
    count: u32,
    /// Account of a seat as user:password; repeat for more. Absent: the demo's own accounts.
    #[arg(long = "account", value_name = "USER:PASSWORD", value_parser = account)]
    accounts: Vec<(String, String)>,
    /// The tone each seat sends to its callers, in Hz.
    #[arg(long, value_name = "HZ", default_value_t = 880.0)]
    tone: f64,
    /// Milliseconds between ring and answer.
    #[arg(long, value_name = "MS", default_value_t = 500)]
    answer_after: u64,
    /// Seconds a seat talks before it ends the call itself. Absent: until the caller hangs up.
    #[arg(long, value_name = "SECONDS")]
    talk: Option<f64>,
    /// The same for calls that are no emergency by the truth file.
    #[arg(long, value_name = "SECONDS")]
    nuisance_talk: Option<f64>,
    /// How calls are classed: truth (needs --truth), random, or one class such as prank.
    #[arg(long = "class", default_value = "truth", value_parser = classify)]
    classify: Classify,
    /// The file that `siaga sim callers --truth FILE` writes.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Stop after this many calls (0: go on until stopped).
    #[arg(long, default_value_t = 0)]
    calls: u32,
    #[arg(long, default_value_t = 112)]
    seed: u64,
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::from_key(word).ok_or_else(|| format!("one of {} is expected", Kind::ALL.map(Kind::key).join(", ")))
}

fn account(word: &str) -> Result<(String, String), String> {
    word.split_once(':')
        .map(|(user, password)| (user.to_owned(), password.to_owned()))
        .ok_or_else(|| "user:password is expected".to_owned())
}

fn classify(word: &str) -> Result<Classify, String> {
    match word {
        "truth" => Ok(Classify::Truth),
        "random" => Ok(Classify::Random),
        class => Class::from_key(class)
            .map(Classify::Always)
            .ok_or_else(|| "truth, random or a class is expected".to_owned()),
    }
}

/// Runs until its calls are over or it is asked to stop.
pub async fn run(args: SimArgs) -> Result<ExitCode, CommandError> {
    let stop = CancellationToken::new();
    let (asked, stop_at_end) = (stop.clone(), stop.clone());
    tokio::spawn(async move {
        asked_to_stop().await;
        asked.cancel();
    });
    let done = match args.what {
        What::Voices(args) => hear(args).await,
        What::Callers(args) => {
            if args.until_closed {
                std::thread::spawn(move || until_closed(&stop_at_end));
            }
            call(args, stop).await
        }
        What::Drill(args) => {
            let plan = plan()?;
            std::thread::spawn(move || until_closed(&stop_at_end));
            drill(args, plan, stop).await
        }
        What::Day(args) => live_a_day(args, stop).await,
        What::Year(args) => return virtual_time(move || city::year(&args), stop).await,
        What::Flood(args) => return virtual_time(move || city::flood(&args), stop).await,
        What::Calibrate(args) => return virtual_time(move || city::calibrate(&args), stop).await,
        What::Staffing(args) => return virtual_time(move || staffing::staffing(&args), stop).await,
        What::Ledger(args) => {
            return tokio::select! {
                done = ledger::ledger(&args) => done,
                () = stop.cancelled() => Err(CommandError::Told("sim: stopped; run it again to go on".to_owned())),
            };
        }
        What::Storm(args) => return virtual_time(move || storm::storm(&args), stop).await,
        What::Seats(args) => sit(args, stop).await.map_err(|error| error.to_string()),
    };
    done.map_err(|error| CommandError::Told(format!("sim: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

/// Whoever started us holds the other end: it closes when they ask, and when they die. On its own thread, because a read
/// of standard input cannot be taken back.
fn until_closed(stop: &CancellationToken) {
    // An error is as good as its end.
    let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
    stop.cancel();
}

/// Computes on a thread of its own, so that Ctrl-C ends it at once.
async fn virtual_time(
    work: impl FnOnce() -> Result<String, CommandError> + Send + 'static,
    stop: CancellationToken,
) -> Result<ExitCode, CommandError> {
    let (tell, hear) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        // Who stopped waiting needs no result.
        let _ = tell.send(work());
    });
    tokio::select! {
        done = hear => {
            let text = done.map_err(|_| CommandError::Told("sim: the simulation broke off, see above".to_owned()))??;
            print!("{text}");
            Ok(ExitCode::SUCCESS)
        }
        () = stop.cancelled() => Err(CommandError::Told("sim: stopped before its end".to_owned())),
    }
}

async fn call(args: CallersArgs, stop: CancellationToken) -> Result<(), String> {
    let target = resolve(&args.target).await?;
    let options = callers::Options {
        target,
        pace: Pace::Chance { per_minute: args.per_minute, count: args.count },
        local_port: 0,
        seed: args.seed,
        real_share: args.real,
        kind: args.kind,
        sound: args.tone.map(Sound::Tone),
        number: args.number,
        anonymous: args.anonymous,
        talk_s: args.talk,
        patience_s: args.patience,
        meter: args.meter,
        human_hz: Vec::new(),
        truth_file: args.truth,
    };
    callers::run(options, stop).await.map_err(|error| error.to_string())
}

/// The first line of the standard input.
fn plan() -> Result<callers::drill::Plan, CommandError> {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| error.to_string())
        .and_then(|_| serde_json::from_str(&line).map_err(|error| error.to_string()))
        .map_err(|error| {
            CommandError::Told(format!("sim drill: its plan is expected as the first line of the input: {error}"))
        })
}

async fn drill(args: DrillArgs, plan: callers::drill::Plan, stop: CancellationToken) -> Result<(), String> {
    let target = resolve(&args.target).await?;
    callers::drill::run(plan, target, stop).await.map_err(|error| error.to_string())
}

async fn live_a_day(args: DayArgs, stop: CancellationToken) -> Result<(), String> {
    let options = callers::Options {
        target: resolve(&args.target).await?,
        pace: Pace::Day { speed: args.speed, real_at_least: args.real_at_least },
        local_port: args.port,
        seed: args.seed,
        real_share: 0.0,
        kind: None,
        sound: None,
        number: None,
        anonymous: false,
        talk_s: None,
        patience_s: None,
        meter: args.meter,
        human_hz: args.human,
        truth_file: args.truth,
    };
    callers::run(options, stop).await.map_err(|error| error.to_string())
}

async fn sit(args: SeatsArgs, stop: CancellationToken) -> Result<(), seats::SeatsError> {
    let options = seats::Options {
        url: args.url,
        count: args.count,
        accounts: args.accounts,
        tone: args.tone,
        answer_after: Duration::from_millis(args.answer_after),
        talk: args.talk.map(Duration::from_secs_f64),
        nuisance_talk: args.nuisance_talk.map(Duration::from_secs_f64),
        classify: args.classify,
        truth_file: args.truth,
        calls: args.calls,
        seed: args.seed,
    };
    seats::run(options, stop).await
}

async fn hear(args: VoicesArgs) -> Result<(), String> {
    let options = voices::Options {
        runs: args.runs,
        seed: args.seed,
        levels_dbfs: voices::LEVELS_DBFS.to_vec(),
        conditions: voices::Condition::ALL.to_vec(),
    };
    let measured = tokio::task::spawn_blocking(move || voices::measure(&options)).await;
    let figures = measured.map_err(|error| format!("the measurement failed: {error}"))?;
    let text = if args.json { figures.to_json().map_err(|error| error.to_string())? } else { figures.to_string() };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").map_err(|error| format!("cannot print: {error}"))
}

async fn resolve(target: &str) -> Result<SocketAddr, String> {
    tokio::net::lookup_host(target)
        .await
        .map_err(|error| format!("--target {target}: {error}. HOST:PORT is expected, for example 127.0.0.1:5060."))?
        .next()
        .ok_or_else(|| format!("--target {target}: the name has no address"))
}
