//! Sends what waits in the outbox: on a signal, and every second in case the signal was lost. Mails have a loop of their
//! own, so that a slow mail server holds no dispatch back.

use super::{Complaint, JobContext, LOOK_EVERY};
use crate::{clock, notify::TALK_WITHIN};
use siaga_core::{ids::OutboxId, outbox::Urgency, view::desk::Topic};
use siaga_store::{
    StoreError,
    outbox::{Attempt, LeasedMessage},
};
use tokio::{sync::broadcast::error::RecvError, task::JoinSet, time};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Messages in the air at once.
const BATCH_MAX: i64 = 16;
/// Longer than any channel's timeout: when it runs out, the sender is dead.
const LEASE_MS: i64 = 30_000;
/// A mail sets its documents and talks to a server that may be slow: 75 s at most.
const MAIL_LEASE_MS: i64 = 90_000;
const _: () = assert!(TALK_WITHIN.as_millis() + 30_000 < MAIL_LEASE_MS as u128, "a mail outlives its lease");

pub(super) async fn run(context: JobContext, urgency: Urgency, stop: CancellationToken) {
    let mut changes = context.changes.listen();
    let mut timer = time::interval(LOOK_EVERY);
    timer.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    let mut complaint = Complaint::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = timer.tick() => {}
            change = changes.recv() => match change {
                Ok(change) if change.topic != Topic::Outbox => continue,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                // cannot be: the context holds a sender; should it be, the timer is enough
                Err(RecvError::Closed) => { timer.tick().await; }
            },
        }
        while let Some(sent) = complaint.heard("outbox", send_batch(&context, urgency).await) {
            if sent == 0 || stop.is_cancelled() {
                break;
            }
        }
    }
}

/// Sends what is due; gives how many messages were tried.
pub(super) async fn send_batch(context: &JobContext, urgency: Urgency) -> Result<usize, StoreError> {
    let lease = Uuid::now_v7();
    let lease_ms = if urgency == Urgency::Mail { MAIL_LEASE_MS } else { LEASE_MS };
    let due = context.store.outbox_lease(lease, lease_ms, BATCH_MAX, urgency, clock::now()).await?;
    let count = due.len();
    let mut sending = JoinSet::new();
    for message in due {
        let context = context.clone();
        sending.spawn(async move {
            let attempt = match urgency {
                Urgency::Dispatch => context.notifier.send(&context.city.now(), &message, clock::now()).await,
                Urgency::Mail => context.notifier.send_mail(&context.store, &message, clock::now()).await,
            };
            (message, attempt)
        });
    }
    while let Some(done) = sending.join_next().await {
        match done {
            Ok((message, attempt)) => settle(context, lease, &message, &attempt).await?,
            // its lease runs out and somebody tries again
            Err(error) => tracing::error!(%error, "sending a message broke"),
        }
    }
    Ok(count)
}

async fn settle(
    context: &JobContext,
    lease: Uuid,
    message: &LeasedMessage,
    attempt: &Attempt,
) -> Result<(), StoreError> {
    let id = OutboxId(message.outbox_id);
    if let Attempt::Failed(error) | Attempt::Refused(error) = attempt {
        tracing::warn!(outbox = %id, agency = %message.agency, channel = %message.channel, %error, "a message was not delivered");
    }
    if context.store.outbox_settle(id, lease, attempt, clock::now()).await? {
        context.changes.tell(Topic::Outbox, Some(id.to_string()));
        match message.incident_id {
            Some(incident) => context.changes.tell(Topic::Incidents, Some(incident.to_string())),
            // A message to a number belongs to no incident; a call-taker sees whether a link has left.
            None => context.changes.tell(Topic::Links, None),
        }
    }
    Ok(())
}
