//! Callers whom the machine could not take: each is told to the engine once, behind the calls it can take.

use crate::event::Event;
use std::{
    collections::{HashSet, VecDeque},
    hash::{BuildHasher, RandomState},
    time::Duration,
};
use tokio::{
    sync::mpsc::{Receiver, Sender},
    time::sleep,
};

/// Deferred INVITEs remembered, so that retransmissions of one INVITE count once: 20 s of three thousand a second.
const KEPT: usize = 65_536;
/// Deferrals that wait for the engine: three quarters of a minute of three thousand a second, about 60 MB. When
/// even these are full an INVITE gets no answer, comes again, and is counted then.
pub const WAITING_MAX: usize = 131_072;
/// Deferrals put before the engine at a time. A call that rings never waits behind more of them.
const AHEAD: usize = 32;
/// How long to wait for the engine to work them off, and for more of them.
const PAUSE: Duration = Duration::from_millis(2);

/// Which INVITEs were deferred lately, by a keyed hash of their Call-ID and CSeq.
#[derive(Default)]
pub struct Known {
    hasher: RandomState,
    set: HashSet<u64>,
    order: VecDeque<u64>,
}

impl Known {
    pub fn holds(&self, invite: &str) -> bool {
        self.set.contains(&self.hasher.hash_one(invite))
    }

    pub fn remember(&mut self, invite: &str) {
        let hash = self.hasher.hash_one(invite);
        if !self.set.insert(hash) {
            return;
        }
        self.order.push_back(hash);
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.set.remove(&oldest);
        }
    }
}

/// Hands deferrals to the engine, never more than [`AHEAD`] of them in front of anything else. Ends with the gate or
/// with the engine.
pub async fn report(mut waiting: Receiver<Event>, events: Sender<Event>) {
    let mut batch = Vec::with_capacity(AHEAD);
    loop {
        let ahead = events.max_capacity() - events.capacity();
        if ahead < AHEAD {
            if waiting.recv_many(&mut batch, AHEAD - ahead).await == 0 {
                return;
            }
            for event in batch.drain(..) {
                if events.send(event).await.is_err() {
                    return;
                }
            }
        } else if events.is_closed() {
            return;
        }
        // Those that come meanwhile go together: to wake somebody for each would cost more than the deferral.
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_is_bounded_and_the_newest_are_known() {
        let mut known = Known::default();
        for nth in 0..KEPT + 10 {
            known.remember(&nth.to_string());
            known.remember(&nth.to_string());
        }
        assert_eq!((known.set.len(), known.order.len()), (KEPT, KEPT));
        assert!(!known.holds("9"));
        assert!(known.holds("10"));
    }
}
