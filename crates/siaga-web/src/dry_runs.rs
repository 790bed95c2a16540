//! Rules being tried on last year's calls.

use crate::runs::{Broken, Run, Runs};
use siaga_core::{
    city::City,
    ids::CallId,
    policy::{Policy, replay::Replay},
    time::Timestamp,
    view::policies::{DryRunFindings, DryRunView},
};
use siaga_store::{Store, StoreError};
use std::{sync::Arc, time::Duration};
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

/// Of which version, and what came of it.
type DryRun = Run<i64, DryRunFindings>;

/// The runs of this process.
#[derive(Default)]
pub struct DryRuns(Runs<i64, DryRunFindings>);

fn view(run: &DryRun) -> DryRunView {
    let progress = run.progress();
    DryRunView {
        dry_run_id: run.id.to_string(),
        version: run.about,
        state: progress.state,
        done: progress.done,
        total: progress.total,
        findings: progress.findings,
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
        let replay = Replay::new(in_force, draft, city, now.plus_ms(-YEAR_MS));
        let store = store.clone();
        let run = self.0.begin(version, RUN_WITHIN, |run| async move {
            play(&store, &run, replay, now).await.map_err(|error| Broken(error.to_string()))
        });
        run.map(|run| view(&run))
    }

    #[must_use]
    pub fn view(&self, id: Uuid) -> Option<DryRunView> {
        self.0.find(id).map(|run| view(&run))
    }

    /// Stops a run; unknown and ended ones are left alone.
    pub fn cancel(&self, id: Uuid) {
        self.0.cancel(id);
    }
}

async fn play(store: &Store, run: &DryRun, mut replay: Replay, now: Timestamp) -> Result<DryRunFindings, StoreError> {
    let begin = now.plus_ms(-YEAR_MS - BEFORE_MS);
    let total = store.replay_count(begin).await?;
    run.at(0, total);
    for (number, at) in store.reported_before(begin).await? {
        replay.reported_before(number, at);
    }
    let (mut after, mut done) = ((begin, CallId(Uuid::nil())), 0);
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
        done += count;
        run.at(done, total);
    }
    let ended = tokio::task::spawn_blocking(move || replay.finish(now));
    ended.await.map_err(|error| StoreError::Bug(error.to_string()))
}
