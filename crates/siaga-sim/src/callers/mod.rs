//! Callers: each a telephone number with a temper, a voice and a patience, calling 112 over SIP.

mod day;
pub mod drill;
mod keys;
mod line;
pub mod measure;
mod persona;
mod phone;
mod rtp;
mod sdp;
mod sound;

pub use persona::{Kind, Truth};
pub(crate) use phone::bare;
pub use sound::Sound;
pub(crate) use sound::speech;

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
    pub pace: Pace,
    /// Where the callers' telephones listen, so that a trunk can be pointed at them; port 0 picks one.
    pub local_port: u16,
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
    /// Tones by which a person at a seat is told from the machine, Hz.
    pub human_hz: Vec<f64>,
    /// One JSON line per call start is appended: what the caller truly wants, for simulated call-takers.
    pub truth_file: Option<PathBuf>,
}

/// When calls come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// By chance, so many per minute on average; `count` ends the series (0: until stopped).
    Chance { per_minute: f64, count: u32 },
    /// A whole day, so many times faster than the clock; each call itself lasts as long as a call does.
    Day { speed: f64, real_at_least: usize },
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
    CallBackEnded {
        number: String,
        kind: Kind,
        truth: Truth,
        /// From our picking up to the first tone of a person; absent: none was heard.
        human_ms: Option<u64>,
        ended_by: EndedBy,
        heard: measure::Heard,
    },
    Ended {
        call: u32,
        number: Option<String>,
        kind: Kind,
        truth: Truth,
        status: Option<u16>,
        answered: bool,
        talk_ms: u64,
        /// From the INVITE to the first tone of a person; absent: none was heard.
        human_ms: Option<u64>,
        ended_by: EndedBy,
        heard: measure::Heard,
    },
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    Caller,
    Siaga,
    /// Nothing came any more, not even silence: the caller gave up.
    DeadLine,
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
    #[error("--speed must be 1 to 3600, not {0}")]
    Speed(f64),
}

impl Options {
    /// Callers of every kind, none of them special, at no pace yet.
    #[cfg(test)]
    fn quiet() -> Self {
        Self::plain(([127, 0, 0, 1], 5060).into())
    }

    /// As [`Options::quiet`], towards this target.
    fn plain(target: SocketAddr) -> Self {
        Self {
            target,
            pace: Pace::Chance { per_minute: 1.0, count: 1 },
            local_port: 0,
            seed: 112,
            real_share: 0.0,
            kind: None,
            sound: None,
            number: None,
            anonymous: false,
            talk_s: None,
            patience_s: None,
            meter: false,
            human_hz: Vec::new(),
            truth_file: None,
        }
    }

    /// Every call with its time after the start.
    fn calls(&self) -> Result<Box<dyn Iterator<Item = (Duration, Persona)> + Send>, CallersError> {
        match self.pace {
            Pace::Chance { per_minute, count } => {
                if !(per_minute > 0.0 && per_minute <= 60_000.0) {
                    return Err(CallersError::Rate(per_minute));
                }
                let (options, mut at) = (self.clone(), Duration::ZERO);
                let mut dice = StdRng::seed_from_u64(self.seed);
                let most = if count == 0 { usize::MAX } else { count as usize };
                Ok(Box::new((0..most).map(move |_| {
                    let now = at;
                    // Calls of a city come by chance: exponential gaps around the mean.
                    let gap = 60.0 / per_minute * -(1.0 - dice.random::<f64>()).ln();
                    at += Duration::from_secs_f64(gap.min(600.0));
                    (now, Persona::roll(&mut dice, &options))
                })))
            }
            Pace::Day { speed, real_at_least } => {
                if !(1.0..=3_600.0).contains(&speed) {
                    return Err(CallersError::Speed(speed));
                }
                let day = day::calls(self, real_at_least);
                Ok(Box::new(day.into_iter().map(move |(at, persona)| (at.div_f64(speed), persona))))
            }
        }
    }
}

/// Prints JSON lines to stdout until all calls are over or `stop` is cancelled. Who may still be called back stays
/// reachable until `stop`.
///
/// # Errors
/// When no SIP socket can be opened, the pace is out of bounds or the truth file cannot be written.
pub async fn run(options: Options, stop: CancellationToken) -> Result<(), CallersError> {
    let series = options.calls()?;
    let phone = Phone::open(&options, CancellationToken::new()).await;
    let phone = Arc::new(phone.map_err(|e| CallersError::Socket(e.to_string()))?);
    let tasks = TaskTracker::new();
    tasks.spawn(phone::answer_callbacks(phone.clone()));
    let room = Arc::new(tokio::sync::Semaphore::new(OPEN_CALLS_MAX));
    let calls = TaskTracker::new();
    let start = tokio::time::Instant::now();
    for (call, (at, persona)) in (1..).zip(series) {
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep_until(start + at) => {}
        }
        let Ok(permit) = room.clone().acquire_owned().await else { break };
        phone.remember(&persona);
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
    let may_be_called_back = matches!(options.pace, Pace::Chance { count: 0, .. } | Pace::Day { .. });
    if may_be_called_back && !stop.is_cancelled() {
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
