//! Proposes what the ladder asks for, ends blocks whose time is over, takes back what lost its ground.
//!
//! The world is looked at whole at start and every ten minutes, in between only what was classed since the last look: that
//! keeps a look at a few queries, and a class that came late through the spool is found within ten minutes.

use super::{Complaint, JobContext};
use crate::clock;
use siaga_core::{time::Timestamp, view::desk::Topic};
use siaga_store::{StoreError, sanctions::Ground};
use std::time::Duration;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// A proposal waits for a person anyway, and a block's end is asked of the clock at each call.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long the look at everything may be missed (ms).
const WHOLE_EVERY_MS: i64 = 600_000;
/// Classes written while the last look ran are seen by the next (ms).
const OVERLAP_MS: i64 = 60_000;

pub(super) async fn run(context: JobContext, stop: CancellationToken) {
    let mut timer = time::interval(LOOK_EVERY);
    timer.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    let mut complaint = Complaint::default();
    let mut looked: Option<Timestamp> = None;
    let mut whole_at = Timestamp(0);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = timer.tick() => {}
        }
        let now = clock::now();
        let whole = now.ms_since(whole_at) >= WHOLE_EVERY_MS;
        let since = looked.filter(|_| !whole).map(|at| at.plus_ms(-OVERLAP_MS));
        if complaint.heard("sanctions", look(&context, since, now).await).is_some() {
            looked = Some(now);
            if whole {
                whole_at = now;
            }
        }
    }
}

/// Rules that another node put into force hold here too.
async fn follow_decree(context: &JobContext) -> Result<(), StoreError> {
    if let Some(decreed) = context.store.policy_in_force().await?.filter(|decreed| *decreed != *context.policy.now()) {
        context.policy.replace(decreed);
    }
    Ok(())
}

/// Gives how many sanctions changed. Without `since`: everything of the ladder's window.
pub(super) async fn look(context: &JobContext, since: Option<Timestamp>, now: Timestamp) -> Result<usize, StoreError> {
    let city = context.city.now();
    follow_decree(context).await?;
    let policy = context.policy.now();
    let ground = Ground { city: &city, policy: &policy, base_url: &context.base_url, now };
    let since = since.unwrap_or_else(|| now.plus_ms(-policy.sanction.window_ms()));
    let changed = context.store.sanctions_look(&ground, since).await?;
    for id in &changed {
        context.changes.tell(Topic::Sanctions, Some(id.to_string()));
    }
    Ok(changed.len())
}
