//! Waits for the word to stop.

use tokio::signal::unix::{SignalKind, signal};

/// SIGTERM (a service manager, `kill`) or SIGINT (Ctrl+C).
pub async fn asked_to() {
    let mut terminate = signal(SignalKind::terminate()).expect("because the runtime handles signals");
    let mut interrupt = signal(SignalKind::interrupt()).expect("because the runtime handles signals");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
