//! What the handle asks of the media thread, and the bounded line it travels on.

use super::{LegAddress, LegStatus, MediaError, RemoteMedia, StationError};
use crate::{Command, record::Heard};
use mio::Waker;
use siaga_core::ids::{CallId, StationId};
use std::sync::mpsc::{SyncSender, TrySendError};
use tokio::sync::oneshot;

/// Requests that may wait for the next tick. A tick is 4 ms: more than this means that the thread is dead.
pub(super) const REQUESTS_MAX: usize = 4_096;

pub(super) enum Request {
    LegOpen {
        call: CallId,
        reply: oneshot::Sender<Result<LegAddress, MediaError>>,
    },
    LegDescribe {
        call: CallId,
        remote: RemoteMedia,
    },
    LegAnswered {
        call: CallId,
    },
    LegClose {
        call: CallId,
    },
    LegStatus {
        call: CallId,
        reply: oneshot::Sender<Option<LegStatus>>,
    },
    Apply(Command),
    StationOffer {
        station: StationId,
        offer: String,
        reply: oneshot::Sender<Result<String, StationError>>,
    },
    Recall {
        call: CallId,
        reply: oneshot::Sender<Option<Heard>>,
    },
    /// The program ends: every recording is completed, then answered.
    Finish {
        done: oneshot::Sender<()>,
    },
    /// The next packet of this line and of this station panics.
    #[cfg(test)]
    Poison {
        call: CallId,
        station: StationId,
    },
}

/// The sending end. Dropping it ends the thread.
pub(super) struct Line {
    requests: Option<SyncSender<Request>>,
    waker: Waker,
}

impl Line {
    pub(super) fn new(requests: SyncSender<Request>, waker: Waker) -> Self {
        Self { requests: Some(requests), waker }
    }

    /// Never blocks. A request that finds the line full is lost, loudly.
    pub(super) fn put(&self, request: Request) {
        let Some(requests) = &self.requests else { return };
        match requests.try_send(request) {
            Ok(()) => {
                if let Err(error) = self.waker.wake() {
                    tracing::error!(%error, "cannot wake the media thread");
                }
            }
            Err(TrySendError::Full(_)) => tracing::error!(waiting = REQUESTS_MAX, "the media thread does not keep up"),
            Err(TrySendError::Disconnected(_)) => tracing::error!("the media thread is gone"),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.requests = None;
        // The thread may sleep without a deadline; it sees the closed line only when woken.
        let _ = self.waker.wake();
    }
}
