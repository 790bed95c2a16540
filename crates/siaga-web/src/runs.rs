//! Computations that a page asks for and looks after: one of a sort at a time, with progress, an end and a way to stop it.
//! Nothing of one is written; what it found is kept for the page until newer ones push it out.

use siaga_core::view::run::RunState;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Runs remembered.
const KEPT_MAX: usize = 8;

/// The runs of one sort in this process: what each is about, and what it finds.
pub struct Runs<About, Found>(Mutex<VecDeque<Arc<Run<About, Found>>>>);

impl<About, Found> Default for Runs<About, Found> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

pub struct Run<About, Found> {
    pub id: Uuid,
    pub about: About,
    stop: CancellationToken,
    progress: Mutex<Progress<Found>>,
}

/// How far it is.
#[derive(Clone, Debug)]
pub struct Progress<Found> {
    pub state: RunState,
    pub done: u32,
    pub total: u32,
    pub findings: Option<Found>,
}

/// Why there is nothing found: said in the log, and as [`RunState::Failed`] on the page.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Broken(pub String);

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Whoever panicked left plain numbers.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<About, Found: Clone> Run<About, Found> {
    #[must_use]
    pub fn progress(&self) -> Progress<Found> {
        hold(&self.progress).clone()
    }

    pub fn at(&self, done: u32, total: u32) {
        let mut progress = hold(&self.progress);
        (progress.done, progress.total) = (done, total);
    }

    fn end(&self, state: RunState, findings: Option<Found>) {
        let mut progress = hold(&self.progress);
        (progress.state, progress.findings) = (state, findings);
    }
}

impl<About: Send + Sync + 'static, Found: Clone + Send + 'static> Runs<About, Found> {
    /// Starts a run that may take `within`; `None` while another one runs.
    pub fn begin<Work>(
        &self,
        about: About,
        within: Duration,
        work: impl FnOnce(Arc<Run<About, Found>>) -> Work,
    ) -> Option<Arc<Run<About, Found>>>
    where
        Work: Future<Output = Result<Found, Broken>> + Send + 'static,
    {
        let mut runs = hold(&self.0);
        if runs.iter().any(|run| hold(&run.progress).state == RunState::Running) {
            return None;
        }
        let progress = Progress { state: RunState::Running, done: 0, total: 0, findings: None };
        let (id, stop) = (Uuid::now_v7(), CancellationToken::new());
        let run = Arc::new(Run { id, about, stop, progress: Mutex::new(progress) });
        runs.push_front(Arc::clone(&run));
        runs.truncate(KEPT_MAX);
        tokio::spawn(look_after(Arc::clone(&run), within, work(Arc::clone(&run))));
        Some(run)
    }

    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<Arc<Run<About, Found>>> {
        hold(&self.0).iter().find(|run| run.id == id).cloned()
    }

    /// Stops a run; unknown and ended ones are left alone.
    pub fn cancel(&self, id: Uuid) {
        if let Some(run) = self.find(id) {
            run.stop.cancel();
        }
    }
}

async fn look_after<About, Found: Clone>(
    run: Arc<Run<About, Found>>,
    within: Duration,
    work: impl Future<Output = Result<Found, Broken>>,
) {
    let worked = tokio::select! {
        worked = timeout(within, work) => worked,
        () = run.stop.cancelled() => return run.end(RunState::Cancelled, None),
    };
    match worked {
        Ok(Ok(findings)) => return run.end(RunState::Done, Some(findings)),
        Ok(Err(error)) => tracing::warn!(%error, "a computation for a page broke off"),
        Err(_) => tracing::warn!(within_s = within.as_secs(), "a computation for a page took too long"),
    }
    run.end(RunState::Failed, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_runs_at_a_time_and_can_be_stopped() {
        let runs = Runs::<&str, u32>::default();
        let never = runs.begin("first", Duration::from_secs(60), |_| std::future::pending()).unwrap();
        assert!(runs.begin("second", Duration::from_secs(60), |_| async { Ok(1) }).is_none(), "the first one runs");
        runs.cancel(never.id);
        let state = |id| runs.find(id).unwrap().progress().state;
        while state(never.id) == RunState::Running {
            tokio::task::yield_now().await;
        }
        assert_eq!(state(never.id), RunState::Cancelled);
        let told = runs.begin("second", Duration::from_secs(60), |run| async move {
            run.at(2, 3);
            Ok(7)
        });
        let told = told.unwrap();
        while state(told.id) == RunState::Running {
            tokio::task::yield_now().await;
        }
        let progress = told.progress();
        assert_eq!((progress.state, progress.done, progress.total), (RunState::Done, 2, 3));
        assert_eq!((progress.findings, told.about), (Some(7), "second"));
        let late = runs.begin("late", Duration::ZERO, |_| std::future::pending()).unwrap();
        while state(late.id) == RunState::Running {
            tokio::task::yield_now().await;
        }
        assert_eq!(state(late.id), RunState::Failed);
    }
}
