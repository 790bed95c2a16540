//! Keeps the figures quick and true. Days that are over get what is read from several rows added up; and each night some
//! days, thrown by dice, are counted again from their calls. What differs is told, never repaired: a figure that went
//! wrong is a fault that somebody must understand first.

use super::{Complaint, JobContext};
use crate::clock;
use jiff::{SignedDuration, civil::Date};
use siaga_core::time::{LocalDay, Timestamp};
use siaga_store::StoreError;
use std::time::Duration;
use tokio::time;
use tokio_util::sync::CancellationToken;

const LOOK_EVERY: Duration = Duration::from_secs(60);
/// While days are waiting: whoever writes comes in between.
const GO_ON: Duration = Duration::from_secs(1);
/// Days added up at once: an imported year is done within a minute, and nobody who writes waits longer than for one.
const DAYS_AT_ONCE: usize = 40;
/// Hours of the city's night in which days are counted again.
const NIGHT: std::ops::Range<i8> = 2..5;
/// Days a night: in a year each day of ten years was looked at once, more or less.
const DAYS_A_NIGHT: u32 = 10;

pub(super) async fn run(context: JobContext, stop: CancellationToken) {
    let mut complaint = Complaint::default();
    let mut wait = GO_ON;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = time::sleep(wait) => {}
        }
        let now = clock::now();
        let filled = complaint.heard("figures", context.store.day_sums_fill_past(now, DAYS_AT_ONCE).await);
        wait = if filled == Some(DAYS_AT_ONCE) { GO_ON } else { LOOK_EVERY };
        complaint.heard("figures", look(&context, now).await);
    }
}

/// Checks once a night; gives how many figures differed, if it checked.
pub(super) async fn look(context: &JobContext, now: Timestamp) -> Result<Option<usize>, StoreError> {
    let store = &context.store;
    let local = now.in_zone(store.zone());
    let tonight = LocalDay::from_date(local.date());
    if !NIGHT.contains(&local.hour()) || store.last_night_checked().await? == Some(tonight) {
        return Ok(None);
    }
    let Some((first, last)) = store.call_days().await? else { return Ok(None) };
    // The day that runs is still being counted.
    let (Some(first), Some(last)) = (first.date(), last.date().min(local.date().yesterday().ok())) else {
        return Ok(None);
    };
    if last < first {
        return Ok(None);
    }
    let mut checked = Vec::new();
    for day in thrown(first, last) {
        let found = store.day_check(day).await?;
        for one in &found.differences {
            tracing::error!(
                day = one.day,
                table = one.table,
                written = one.written,
                counted = one.counted,
                "a figure differs from its calls; nothing was changed. siaga figures check names it"
            );
        }
        checked.push(found);
    }
    let differences = checked.iter().map(|day| day.differences.len()).sum();
    if !store.night_keep(tonight, &checked, now).await? {
        return Ok(None);
    }
    tracing::info!(days = checked.len(), differences, "random days were counted again");
    Ok(Some(differences))
}

/// Days by chance, each once; all of them where there are few.
fn thrown(first: Date, last: Date) -> Vec<LocalDay> {
    let span = first.duration_until(last).as_hours() / 24 + 1;
    let span = u32::try_from(span).unwrap_or(1).max(1);
    let mut days: Vec<u32> = match span <= DAYS_A_NIGHT {
        true => (0..span).collect(),
        false => (0..DAYS_A_NIGHT).map(|_| rand::random::<u32>() % span).collect(),
    };
    days.sort_unstable();
    days.dedup();
    let day = |after| first.saturating_add(SignedDuration::from_hours(i64::from(after) * 24));
    days.into_iter().map(|after| LocalDay::from_date(day(after))).collect()
}
