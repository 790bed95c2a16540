//! Callers: each a telephone number with a temper, a voice and a patience, calling 112 over SIP.

mod line;
pub mod measure;
mod persona;
mod phone;
mod rtp;
mod sdp;
mod sound;

pub use persona::{Kind, Truth};
pub use sound::Sound;

use persona::Persona;
use phone::Phone;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::Serialize;
use std::{io::Write, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Calls in the air at once; a home machine's worth of RTP at 50 packets a second each.
pub const OPEN_CALLS_MAX: usize = 500;

#[derive(Clone, Debug)]
pub struct Options {
    /// Where 112 answers.
    pub target: SocketAddr,
    /// New calls per minute; `count` ends the series (0: until stopped).
    pub per_minute: f64,
    pub count: u32,
    pub seed: u64,
    /// Share of real reports, 0-1.
    pub real_share: f64,
    /// All callers are of this kind.
    pub kind: Option<Kind>,
    /// All callers send this sound instead of their own.
    pub sound: Option<Sound>,
    pub number: Option<String>,
    pub anonymous: bool,
    /// Seconds a caller talks before hanging up, once answered.
    pub talk_s: Option<f64>,
    /// Seconds a caller waits for an answer.
    pub patience_s: Option<f64>,
    /// Print twice a second what each caller hears.
    pub meter: bool,
    /// One JSON line per call start is appended: what the caller truly wants, for simulated call-takers.
    pub truth_file: Option<PathBuf>,
}

/// One line of output.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Line {
    Started {
        call: u32,
        number: Option<String>,
        kind: Kind,
        truth: Truth,
    },
    Ringing {
        call: u32,
        ms: u64,
    },
    Answered {
        call: u32,
        ms: u64,
    },
    Heard {
        call: u32,
        rms_dbfs: f32,
        hz: f32,
    },
    CalledBack {
        number: String,
    },
    Ended {
        call: u32,
        number: Option<String>,
        kind: Kind,
        truth: Truth,
        status: Option<u16>,
        answered: bool,
        talk_ms: u64,
        ended_by: EndedBy,
        heard: measure::Heard,
    },
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    Caller,
    Siaga,
    NotAnswered,
    Refused,
    Failed,
}

#[derive(Debug, thiserror::Error)]
pub enum CallersError {
    #[error("cannot open a SIP socket: {0}. Another program may hold the address; try again.")]
    Socket(String),
    #[error("cannot write the truth file {0}: {1}. Give a path in a folder you may write.")]
    TruthFile(PathBuf, std::io::Error),
    #[error("--per-minute must be more than 0 and at most 60000, not {0}")]
    Rate(f64),
}

/// Prints JSON lines to stdout until all calls are over or `stop` is cancelled.
///
/// # Errors
/// When no SIP socket can be opened, the rate is out of bounds or the truth file cannot be written.
pub async fn run(options: Options, stop: CancellationToken) -> Result<(), CallersError> {
    if !(options.per_minute > 0.0 && options.per_minute <= 60_000.0) {
        return Err(CallersError::Rate(options.per_minute));
    }
    let phone = Arc::new(
        Phone::open(options.target, CancellationToken::new()).await.map_err(|e| CallersError::Socket(e.to_string()))?,
    );
    let tasks = TaskTracker::new();
    tasks.spawn(phone::answer_callbacks(phone.clone()));
    let mut dice = StdRng::seed_from_u64(options.seed);
    let room = Arc::new(tokio::sync::Semaphore::new(OPEN_CALLS_MAX));
    let calls = TaskTracker::new();
    let mut call = 0;
    let mut next = tokio::time::Instant::now();
    while options.count == 0 || call < options.count {
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep_until(next) => {}
        }
        // Calls of a city come by chance: exponential gaps around the mean.
        let gap = 60.0 / options.per_minute * -(1.0 - dice.random::<f64>()).ln();
        next += Duration::from_secs_f64(gap.min(600.0));
        let Ok(permit) = room.clone().acquire_owned().await else { break };
        call += 1;
        let persona = Persona::roll(&mut dice, &options);
        print(&Line::Started { call, number: persona.number.clone(), kind: persona.kind, truth: persona.truth });
        if let Some(path) = &options.truth_file {
            note_truth(path, &persona).map_err(|e| CallersError::TruthFile(path.clone(), e))?;
        }
        let (phone, meter, stop) = (phone.clone(), options.meter, stop.clone());
        calls.spawn(async move {
            line::place(&phone, call, persona, meter, &stop).await;
            drop(permit);
        });
    }
    calls.close();
    calls.wait().await;
    if !stop.is_cancelled() && options.count == 0 {
        stop.cancelled().await;
    }
    phone.close();
    Ok(())
}

fn note_truth(path: &PathBuf, persona: &Persona) -> std::io::Result<()> {
    let line = serde_json::json!({ "number": persona.number, "truth": persona.truth });
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
    writeln!(file, "{line}")
}

/// A line that cannot be written (closed pipe) must not end the callers.
fn print(line: &Line) {
    if let Ok(text) = serde_json::to_string(line) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{text}");
        let _ = out.flush();
    }
}
