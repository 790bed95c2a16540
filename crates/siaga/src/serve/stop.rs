//! Waits for the word to stop, and for what must end then.

use std::{future::Future, time::Duration};
use tokio::signal::unix::{SignalKind, signal};

/// Each part of the program has this long to end; what is written is safe already.
pub const END_WAIT: Duration = Duration::from_secs(5);

/// SIGTERM (a service manager, `kill`) or SIGINT (Ctrl+C).
pub async fn asked_to() {
    let mut terminate = signal(SignalKind::terminate()).expect("because the runtime handles signals");
    let mut interrupt = signal(SignalKind::interrupt()).expect("because the runtime handles signals");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

/// Waits for a part to end, not for ever.
pub async fn in_time<T>(part: &str, end: impl Future<Output = T>) {
    if tokio::time::timeout(END_WAIT, end).await.is_err() {
        tracing::warn!(part, "did not end in time");
    }
}
