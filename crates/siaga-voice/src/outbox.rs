//! Events on their way to the engine from a thread that must not wait: what the channel cannot take now is kept, in
//! order, and tried again.

use crate::Event;
use std::collections::VecDeque;
use tokio::sync::mpsc::{Sender, error::TrySendError};

/// Events kept while the engine does not take any; a busy minute makes some hundreds.
const KEPT_MAX: usize = 8_192;

pub(crate) struct Outbox {
    channel: Sender<Event>,
    kept: VecDeque<Event>,
}

impl Outbox {
    pub(crate) fn new(channel: Sender<Event>) -> Self {
        Self { channel, kept: VecDeque::new() }
    }

    pub(crate) fn send(&mut self, event: Event) {
        if self.kept.len() < KEPT_MAX {
            self.kept.push_back(event);
        } else {
            tracing::error!(kept = KEPT_MAX, "the engine takes no events; one is lost");
        }
        self.flush();
    }

    pub(crate) fn flush(&mut self) {
        while let Some(event) = self.kept.pop_front() {
            match self.channel.try_send(event) {
                Ok(()) => {}
                Err(TrySendError::Full(event)) => {
                    self.kept.push_front(event);
                    return;
                }
                Err(TrySendError::Closed(_)) => return self.kept.clear(),
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}
