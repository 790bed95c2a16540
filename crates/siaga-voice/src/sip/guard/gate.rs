//! From where and how much: the decisions that must be made before the stack keeps any state.
//!
//! The trunk is never limited: three thousand nuisance calls a second arrive from the same address as the one good
//! caller. Only strangers have a bucket. A full machine defers new calls here, statelessly: one answer of a few
//! hundred bytes and one event, no transaction.

use super::{Carrier, Message, Verdict, answer, inspect, limit::Limiter};
use crate::{
    clock,
    event::Event,
    sip::{caller, registry::Registry},
};
use siaga_core::ids::CallId;
use std::{
    collections::{HashSet, VecDeque},
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};
use tokio::sync::mpsc;

/// Seconds a deferred caller is asked to wait: long enough to breathe, short enough for an emergency.
const RETRY_AFTER_S: &str = "5";
/// Deferred Call-IDs remembered, so that retransmissions of one INVITE count once.
const DEFERRED_KEPT: usize = 16_384;

/// What the network face does with a message.
pub enum Passage {
    Pass(Message),
    Answer(Vec<u8>),
    Silence,
}

/// Stands before the stack on every transport.
pub struct Gate {
    peers: Vec<IpAddr>,
    trunk: Option<IpAddr>,
    open_calls_max: usize,
    registry: Arc<Registry>,
    events: mpsc::Sender<Event>,
    limiter: Mutex<Limiter>,
    deferred: Mutex<Deferred>,
}

#[derive(Default)]
struct Deferred {
    known: HashSet<String>,
    order: VecDeque<String>,
}

impl Gate {
    pub fn new(config: &crate::VoiceConfig, registry: Arc<Registry>, events: mpsc::Sender<Event>) -> Self {
        Self {
            peers: config.trunk_peers.clone(),
            trunk: config.trunk.map(|address| address.ip()),
            open_calls_max: config.open_calls_max,
            registry,
            events,
            limiter: Mutex::default(),
            deferred: Mutex::default(),
        }
    }

    /// Judges one message from `source`.
    pub fn judge(&self, bytes: &[u8], source: SocketAddr, carrier: Carrier) -> Passage {
        let trusted = self.is_trusted(source.ip());
        if !trusted && !self.limiter.lock().unwrap_or_else(PoisonError::into_inner).take(source.ip(), Instant::now()) {
            return Passage::Silence;
        }
        let message = match inspect(bytes, carrier) {
            Verdict::Pass(message) => message,
            Verdict::Answer(bytes) => return Passage::Answer(bytes),
            Verdict::Ignore => return Passage::Silence,
        };
        if !message.is_new_invite() {
            return Passage::Pass(message);
        }
        if !trusted {
            tracing::info!(source = %source.ip(), "INVITE from an address that is no trunk peer: 403");
            return refuse(&message, 403, "Forbidden", &[]);
        }
        self.admit(message, source)
    }

    fn is_trusted(&self, source: IpAddr) -> bool {
        self.peers.is_empty() || self.peers.contains(&source) || self.trunk == Some(source)
    }

    fn admit(&self, message: Message, source: SocketAddr) -> Passage {
        let call_id = message.value("Call-ID").unwrap_or_default();
        if self.registry.len() < self.open_calls_max || self.registry.holds_sip_call(call_id) {
            return Passage::Pass(message);
        }
        let mut deferred = self.deferred.lock().unwrap_or_else(PoisonError::into_inner);
        if !deferred.known.contains(call_id) {
            let caller = caller::of_message(&message, source);
            let event = Event::Deferred { call: CallId(uuid::Uuid::now_v7()), at: clock::now(), caller };
            if self.events.try_send(event).is_err() {
                // Not counted, so not answered: the INVITE comes again and is counted then.
                return Passage::Silence;
            }
            if deferred.order.len() >= DEFERRED_KEPT
                && let Some(oldest) = deferred.order.pop_front()
            {
                deferred.known.remove(&oldest);
            }
            deferred.known.insert(call_id.to_string());
            deferred.order.push_back(call_id.to_string());
        }
        drop(deferred);
        refuse(&message, 503, "Service Unavailable", &[("Retry-After", RETRY_AFTER_S)])
    }
}

fn refuse(message: &Message, status: u16, reason: &str, extra: &[(&str, &str)]) -> Passage {
    answer(message, status, reason, extra).map_or(Passage::Silence, Passage::Answer)
}
