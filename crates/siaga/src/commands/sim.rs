//! `siaga sim`: the simulated city against a running server.

use super::CommandError;
use crate::serve::asked_to_stop;
use clap::{Args, Subcommand};
use siaga_sim::callers::{self, Kind, Sound};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};
use tokio_util::sync::CancellationToken;

/// Callers and call-takers for demos, tests and load; each prints one JSON line per step on stdout.
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
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::from_key(word).ok_or_else(|| format!("one of {} is expected", Kind::ALL.map(Kind::key).join(", ")))
}

/// Runs until its calls are over or it is asked to stop.
pub async fn run(args: SimArgs) -> Result<ExitCode, CommandError> {
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        asked.cancel();
    });
    let done = match args.what {
        What::Callers(args) => call(args, stop).await,
    };
    done.map_err(|error| CommandError::Told(format!("sim: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

async fn call(args: CallersArgs, stop: CancellationToken) -> Result<(), String> {
    let target = resolve(&args.target).await?;
    let options = callers::Options {
        target,
        per_minute: args.per_minute,
        count: args.count,
        seed: args.seed,
        real_share: args.real,
        kind: args.kind,
        sound: args.tone.map(Sound::Tone),
        number: args.number,
        anonymous: args.anonymous,
        talk_s: args.talk,
        patience_s: args.patience,
        meter: args.meter,
        truth_file: args.truth,
    };
    callers::run(options, stop).await.map_err(|error| error.to_string())
}

async fn resolve(target: &str) -> Result<SocketAddr, String> {
    tokio::net::lookup_host(target)
        .await
        .map_err(|error| format!("--target {target}: {error}. HOST:PORT is expected, for example 127.0.0.1:5060."))?
        .next()
        .ok_or_else(|| format!("--target {target}: the name has no address"))
}
