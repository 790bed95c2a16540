//! Rules being tried on last year's calls: one at a time, with progress, an end and a way to stop it. Nothing of it is
//! written; what it found is kept for the page until newer runs push it out.

use siaga_core::{
    city::City,
    ids::CallId,
    policy::{Policy, replay::Replay},
    time::Timestamp,
    view::policies::{DryRunFindings, DryRunState, DryRunView},
};
use siaga_store::{Store, StoreError};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
/// Calls that are judged (days).
const YEAR_MS: i64 = 365 * DAY_MS;
/// Calls before them that only make history (days): twice the preset's window.
const BEFORE_MS: i64 = 180 * DAY_MS;
/// Calls read at once: some megabytes, and often enough for progress and stop.
const PAGE: i64 = 5_000;
/// Longest run. A year of a busy city takes seconds; a machine that needs longer has other work to do.
const RUN_WITHIN: Duration = Duration::from_secs(120);
/// Runs remembered.
const KEPT_MAX: usize = 8;

/// The runs of this process.
#[derive(Default)]
pub struct DryRuns(Mutex<VecDeque<Arc<Run>>>);

struct Run {
    id: Uuid,
    version: i64,
    stop: CancellationToken,
    progress: Mutex<Progress>,
}

struct Progress {
    state: DryRunState,
    done: u32,
    total: u32,
    findings: Option<DryRunFindings>,
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked left plain numbers.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run {
    fn view(&self) -> DryRunView {
        let progress = hold(&self.progress);
        DryRunView {
            dry_run_id: self.id.to_string(),
            version: self.version,
            state: progress.state,
            done: progress.done,
            total: progress.total,
            findings: progress.findings.clone(),
        }
    }

    fn end(&self, state: DryRunState, findings: Option<DryRunFindings>) {
        let mut progress = hold(&self.progress);
        progress.state = state;
        progress.findings = findings;
    }
}

impl DryRuns {
    /// Starts a run; `None` while another one runs.
    pub fn begin(
        &self,
        store: &Store,
        city: Arc<City>,
        version: i64,
        in_force: Policy,
        draft: Policy,
        now: Timestamp,
    ) -> Option<DryRunView> {
        let mut runs = hold(&self.0);
        if runs.iter().any(|run| hold(&run.progress).state == DryRunState::Running) {
            return None;
        }
        let progress = Progress { state: DryRunState::Running, done: 0, total: 0, findings: None };
        let run = Arc::new(Run {
            id: Uuid::now_v7(),
            version,
            stop: CancellationToken::new(),
            progress: Mutex::new(progress),
        });
        runs.push_front(Arc::clone(&run));
        runs.truncate(KEPT_MAX);
        let view = run.view();
        let replay = Replay::new(in_force, draft, city, now.plus_ms(-YEAR_MS));
        tokio::spawn(drive(store.clone(), run, replay, now));
        Some(view)
    }

    #[must_use]
    pub fn view(&self, id: Uuid) -> Option<DryRunView> {
        self.find(id).map(|run| run.view())
    }

    /// Stops a run; unknown and ended ones are left alone.
    pub fn cancel(&self, id: Uuid) {
        if let Some(run) = self.find(id) {
            run.stop.cancel();
        }
    }

    fn find(&self, id: Uuid) -> Option<Arc<Run>> {
        hold(&self.0).iter().find(|run| run.id == id).cloned()
    }
}

async fn drive(store: Store, run: Arc<Run>, replay: Replay, now: Timestamp) {
    let played = tokio::select! {
        played = timeout(RUN_WITHIN, play(&store, &run, replay, now)) => played,
        () = run.stop.cancelled() => return run.end(DryRunState::Cancelled, None),
    };
    match played {
        Ok(Ok(findings)) => run.end(DryRunState::Done, Some(findings)),
        Ok(Err(error)) => {
            tracing::warn!(%error, "a dry run of rules stopped");
            run.end(DryRunState::Failed, None);
        }
        Err(_) => {
            tracing::warn!("a dry run of rules took too long");
            run.end(DryRunState::Failed, None);
        }
    }
}

async fn play(store: &Store, run: &Run, mut replay: Replay, now: Timestamp) -> Result<DryRunFindings, StoreError> {
    let begin = now.plus_ms(-YEAR_MS - BEFORE_MS);
    hold(&run.progress).total = store.replay_count(begin).await?;
    for (number, at) in store.reported_before(begin).await? {
        replay.reported_before(number, at);
    }
    let mut after = (begin, CallId(Uuid::nil()));
    loop {
        let page = store.replay_page(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = (last.at, last.call);
        let count = u32::try_from(page.len()).unwrap_or(u32::MAX);
        // Arithmetic for some tens of milliseconds: not on a thread that serves the consoles.
        let judged = tokio::task::spawn_blocking(move || {
            page.into_iter().for_each(|call| replay.call(call));
            replay
        });
        replay = judged.await.map_err(|error| StoreError::Bug(error.to_string()))?;
        hold(&run.progress).done += count;
    }
    let ended = tokio::task::spawn_blocking(move || replay.finish(now));
    ended.await.map_err(|error| StoreError::Bug(error.to_string()))
}
