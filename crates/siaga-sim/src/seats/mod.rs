//! Call-takers without a browser: each signs in, takes a seat over real WebRTC, answers, sends a tone, gives a class.

mod console;
mod live;
mod seat;

use crate::callers::{bare, measure::Heard};
use console::Console;
use serde::Serialize;
use siaga_core::{class::Class, role::Role, view::session::NewAccount};
use std::{collections::HashMap, io::Write, path::PathBuf, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// More seats than any city has; each costs one WebRTC connection and one live stream.
pub const SEATS_MAX: u32 = 400;

#[derive(Clone, Debug)]
pub struct Options {
    /// Base address of the server, for example `http://127.0.0.1:8112`.
    pub url: String,
    pub count: u32,
    /// `user:password` pairs; empty: the demo accounts, and more made by the demo's administrator.
    pub accounts: Vec<(String, String)>,
    /// The tone each seat sends, in Hz.
    pub tone: f64,
    pub answer_after: Duration,
    /// How long a seat talks before it ends the call itself; `None`: until the caller goes.
    pub talk: Option<Duration>,
    /// The same for calls that the truth file says are nobody's emergency; `None`: like the others.
    pub nuisance_talk: Option<Duration>,
    pub classify: Classify,
    /// What `siaga sim callers --truth FILE` writes.
    pub truth_file: Option<PathBuf>,
    /// Stop after this many calls in all (0: until stopped).
    pub calls: u32,
    pub seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Classify {
    /// By the truth file; prank where the number is not in it.
    Truth,
    Random,
    Always(Class),
}

#[derive(Debug, thiserror::Error)]
pub enum SeatsError {
    #[error("--count must be 1 to {SEATS_MAX}, not {0}")]
    Count(u32),
    #[error("{0} does not answer as a Siaga server: {1}")]
    Server(String, String),
    #[error("{accounts} accounts for {seats} seats: give more with --account user:password, or use a demo server")]
    Accounts { accounts: usize, seats: u32 },
    #[error("cannot read the truth file {0}: {1}")]
    TruthFile(PathBuf, std::io::Error),
}

/// Who was cut off, or found no server, tries again after this.
const SITS_AGAIN_AFTER: Duration = Duration::from_secs(2);

/// One line of output.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Line {
    Seated {
        seat: u16,
        user: String,
    },
    Failed {
        user: String,
        error: String,
    },
    Call {
        seat: u16,
        call_id: String,
        /// From the card's appearance in our live stream to our answer's confirmation.
        answer_ms: u64,
        talk_ms: u64,
        heard: Heard,
        class: Class,
        incident_id: Option<String>,
        ended_by: &'static str,
    },
}

/// Prints JSON lines to stdout until `stop` is cancelled or enough calls were taken.
///
/// # Errors
/// When the server is not there, accounts are too few or the options are out of bounds.
pub async fn run(options: Options, stop: CancellationToken) -> Result<(), SeatsError> {
    if options.count == 0 || options.count > SEATS_MAX {
        return Err(SeatsError::Count(options.count));
    }
    let accounts = accounts(&options).await?;
    let tasks = TaskTracker::new();
    let taken = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    for (index, (user, password)) in accounts.into_iter().take(options.count as usize).enumerate() {
        let (options, stop, taken) = (options.clone(), stop.clone(), taken.clone());
        tasks.spawn(async move {
            // Consoles that connect in the same instant would all pay for one handshake after the other.
            tokio::time::sleep(Duration::from_millis(20 * index as u64)).await;
            while let Err(error) = seat::work(&options, &user, &password, index as u64, &taken, stop.clone()).await {
                print(&Line::Failed { user: user.clone(), error: error.to_string() });
                // As a page does: it signs in and sits down again.
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(SITS_AGAIN_AFTER) => {}
                }
            }
        });
    }
    tasks.close();
    tasks.wait().await;
    Ok(())
}

async fn accounts(options: &Options) -> Result<Vec<(String, String)>, SeatsError> {
    if options.accounts.len() >= options.count as usize {
        return Ok(options.accounts.clone());
    }
    let fault = |error: console::ConsoleError| SeatsError::Server(options.url.clone(), error.to_string());
    let health = Console::open(&options.url).map_err(fault)?.health().await.map_err(fault)?;
    let mut accounts = options.accounts.clone();
    let takers = health.demo_accounts.iter().filter(|account| account.role == Role::CallTaker);
    accounts.extend(takers.map(|account| (account.user.clone(), account.password.clone())));
    let administrator = health.demo_accounts.iter().find(|account| account.role == Role::Administrator);
    let (Some(administrator), true) = (administrator, accounts.len() < options.count as usize) else {
        return match accounts.len() {
            enough if enough >= options.count as usize => Ok(accounts),
            few => Err(SeatsError::Accounts { accounts: few, seats: options.count }),
        };
    };
    let console = Console::open(&options.url).map_err(fault)?;
    console.sign_in(&administrator.user, &administrator.password).await.map_err(fault)?;
    while accounts.len() < options.count as usize {
        let account = NewAccount {
            user: format!("sim-{}-{}", accounts.len() + 1, uuid::Uuid::new_v4().simple()),
            display_name: format!("Simulasi {}", accounts.len() + 1),
            role: Role::CallTaker,
            password: uuid::Uuid::new_v4().simple().to_string(),
        };
        console.post("users", &account).await.map_err(fault)?;
        accounts.push((account.user, account.password));
    }
    Ok(accounts)
}

/// What the callers of these numbers truly want; the newest line of a number counts.
fn truths(path: &PathBuf) -> Result<HashMap<String, serde_json::Value>, SeatsError> {
    let text = std::fs::read_to_string(path).map_err(|e| SeatsError::TruthFile(path.clone(), e))?;
    Ok(text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|line| Some((line["number"].as_str()?.to_owned(), line["truth"].clone())))
        .collect())
}

pub(crate) fn truth_of(path: &PathBuf, number: Option<&str>) -> Option<(Class, Option<String>, Option<String>)> {
    let number = bare(number?);
    let truth = truths(path).ok()?.into_iter().find(|(listed, _)| bare(listed) == number)?.1;
    let word = |field: &str| truth[field].as_str().map(str::to_owned);
    Some((Class::from_key(truth["class"].as_str()?)?, word("sub"), word("incident_type")))
}

fn print(line: &Line) {
    if let Ok(text) = serde_json::to_string(line) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{text}");
        let _ = out.flush();
    }
}
