//! Makes the reports that are due by e-mail; the outbox sends them. Looks at the schedules and at what was made: a restart
//! neither loses a report nor makes one twice.

use super::JobContext;
use siaga_core::{mailing, mailing::Rhythm, time::Timestamp, view::desk::Topic};
use siaga_store::{
    StoreError,
    mailings::{NewMailing, Reason},
    reports::ReportError,
};
use std::time::Duration;

/// A report may be this much later than the minute it was asked for.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Gives how many reports were made.
pub(super) async fn look(context: &JobContext, now: Timestamp) -> Result<usize, StoreError> {
    let city = context.city.now();
    let mut made = 0;
    for rhythm in Rhythm::ALL {
        let Some(kept) = context.store.schedule(rhythm).await? else { continue };
        for due in mailing::due(rhythm, &kept.schedule, city.time_zone(), kept.since, now) {
            let new =
                NewMailing { rhythm, period: due.period, recipients: &kept.schedule.recipients, reason: Reason::Due };
            let key = context.store.evidence_key(rand::random()).await?;
            match context.store.mailing_make(new, &city, &key, now).await {
                Ok(true) => {
                    made += 1;
                    context.changes.tell(Topic::Outbox, None);
                }
                Ok(false) => {}
                Err(ReportError::Store(error)) => return Err(error),
                // Figures that do not add up go to nobody; the next look tries again, and `siaga verify` says why.
                Err(ReportError::Broken(broken)) => tracing::error!(%broken, "a report that is due does not add up"),
            }
        }
    }
    Ok(made)
}
