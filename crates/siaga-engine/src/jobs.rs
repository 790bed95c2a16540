//! Work that no person waits for. Each job takes no input: on a signal and on a timer it looks at the world and does
//! what is missing, so a restart loses nothing and doing it twice changes nothing.

pub mod figures;
pub mod links;
pub mod mailings;
pub mod map;
pub mod outbox;
pub mod overdue;
pub mod reviews;
pub mod sanctions;

use crate::{changes::Changes, city::LiveCity, clock, notify::Notifier, policy::LivePolicy};
use siaga_core::{outbox::Urgency, review::Seed, time::Timestamp};
use siaga_store::{Store, StoreError, incidents::TaskKey};
use std::time::Duration;
use tokio::{task::JoinSet, time};
use tokio_util::sync::CancellationToken;

/// How long a signal may be missed.
pub const LOOK_EVERY: Duration = Duration::from_secs(1);

/// What the jobs stand on.
#[derive(Clone)]
pub struct JobContext {
    pub store: Store,
    pub city: LiveCity,
    pub changes: Changes,
    pub key: TaskKey,
    /// In front of `/tugas/...` in messages: `https://siaga.serangkota.go.id`.
    pub base_url: String,
    pub notifier: Notifier,
    /// The rules in force.
    pub policy: LivePolicy,
    /// The key of the draws.
    pub review_seed: Seed,
}

/// Starts all jobs; they end when `stop` is cancelled. A message on its way is finished or its lease runs out.
#[must_use]
pub fn start(context: &JobContext, stop: &CancellationToken) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(figures::run(context.clone(), stop.clone()));
    jobs.spawn(repeat("links", LOOK_EVERY, context.clone(), stop.clone(), |context, now| async move {
        links::look(&context, now).await
    }));
    jobs.spawn(map::run(context.clone(), stop.clone()));
    jobs.spawn(repeat("mailings", mailings::LOOK_EVERY, context.clone(), stop.clone(), |context, now| async move {
        mailings::look(&context, now).await
    }));
    for urgency in [Urgency::Dispatch, Urgency::Mail] {
        jobs.spawn(outbox::run(context.clone(), urgency, stop.clone()));
    }
    jobs.spawn(repeat("overdue", LOOK_EVERY, context.clone(), stop.clone(), |context, now| async move {
        overdue::look(&context, now).await
    }));
    jobs.spawn(repeat("reviews", reviews::LOOK_EVERY, context.clone(), stop.clone(), |context, now| async move {
        reviews::look(&context, now).await
    }));
    jobs.spawn(sanctions::run(context.clone(), stop.clone()));
    jobs
}

/// A job that needs nothing but to look now and then: at once, and at this interval until `stop`.
async fn repeat<T, Look>(
    job: &'static str,
    every: Duration,
    context: JobContext,
    stop: CancellationToken,
    look: impl Fn(JobContext, Timestamp) -> Look,
) where
    Look: Future<Output = Result<T, StoreError>>,
{
    let mut timer = time::interval(every);
    timer.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    let mut complaint = Complaint::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = timer.tick() => {}
        }
        complaint.heard(job, look(context.clone(), clock::now()).await);
    }
}

/// Says once that the database is away and once that it is back, not every second.
#[derive(Default)]
struct Complaint {
    away: bool,
}

impl Complaint {
    fn heard<T>(&mut self, job: &str, result: Result<T, StoreError>) -> Option<T> {
        match result {
            Ok(value) => {
                if std::mem::take(&mut self.away) {
                    tracing::info!(job, "the job works again");
                }
                Some(value)
            }
            Err(error) => {
                if !std::mem::replace(&mut self.away, true) {
                    tracing::warn!(job, %error, "the job cannot reach the database and keeps trying");
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests;
