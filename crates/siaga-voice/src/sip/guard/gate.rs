//! From where and how much: the decisions that must be made before the stack keeps any state.
//!
//! The trunk is never limited: three thousand nuisance calls a second arrive from the same address as the one good
//! caller. Only strangers have a bucket. Who finds no line ([`super::admission`]) is deferred here, statelessly: one
//! answer of a few hundred bytes and one event, no transaction.

use super::{Carrier, Message, Passed, Verdict, admission::Admission, answer, deferred, finish, limit::Limiter, read};
use crate::{
    clock,
    event::Event,
    sip::{caller, registry::Registry},
    suspects,
};
use siaga_core::ids::CallId;
use std::{
    net::{IpAddr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio::sync::mpsc;

/// Seconds a deferred caller is asked to wait: long enough to breathe, short enough for an emergency.
const RETRY_AFTER_S: &str = "5";

/// What the network face does with a message.
pub enum Passage {
    Pass(Box<Passed>),
    Answer(Vec<u8>),
    Silence,
}

/// Stands before the stack on every transport.
pub struct Gate {
    peers: Vec<IpAddr>,
    trunk: Option<IpAddr>,
    registry: Arc<Registry>,
    admission: Mutex<Admission>,
    deferrals: mpsc::Sender<Event>,
    limiter: Mutex<Limiter>,
    deferred: Mutex<deferred::Known>,
    forbidden: AtomicU64,
}

impl Gate {
    /// `deferrals` leads to [`deferred::report`].
    pub fn new(config: &crate::VoiceConfig, registry: Arc<Registry>, deferrals: mpsc::Sender<Event>) -> Self {
        Self {
            peers: config.trunk_peers.clone(),
            trunk: config.trunk.as_ref().and_then(|trunk| trunk.host.parse().ok()),
            registry,
            admission: Mutex::new(Admission::new(config.open_calls_max, Instant::now())),
            deferrals,
            limiter: Mutex::default(),
            deferred: Mutex::default(),
            forbidden: AtomicU64::new(0),
        }
    }

    /// Judges one message from `source`.
    pub fn judge(&self, bytes: &[u8], source: SocketAddr, carrier: Carrier) -> Passage {
        let trusted = self.is_trusted(source.ip());
        if !trusted && !self.limiter.lock().unwrap_or_else(PoisonError::into_inner).take(source.ip(), Instant::now()) {
            return Passage::Silence;
        }
        let mut message = match read(bytes) {
            Ok(message) => message,
            Err(verdict) => return verdict.into(),
        };
        if answer::is_acknowledged(&message) {
            return Passage::Silence;
        }
        if message.is_new_invite() {
            if !trusted {
                return self.forbid(&message, source);
            }
            if let Some(passage) = self.defer(&message, source) {
                return passage;
            }
        }
        finish(&mut message, carrier).into()
    }

    /// A peer of the trunk; everybody is one where no peers are named.
    pub fn is_trusted(&self, source: IpAddr) -> bool {
        self.peers.is_empty() || self.peers.contains(&source) || self.trunk == Some(source)
    }

    fn forbid(&self, message: &Message, source: SocketAddr) -> Passage {
        let nth = self.forbidden.fetch_add(1, Ordering::Relaxed) + 1;
        // A flood must not fill the log: said at 1, 2, 4, 8 ...
        if nth.is_power_of_two() {
            tracing::info!(source = %source.ip(), count = nth, "INVITE from an address that is no trunk peer: 403");
        }
        refuse(message, 403, "Forbidden", &[])
    }

    /// `None`: there is a line.
    fn defer(&self, message: &Message, source: SocketAddr) -> Option<Passage> {
        let caller = caller::of_message(message, source);
        // The same INVITE again is answered as before, also when there is a line by now: it is counted as deferred
        // and must not be counted twice. Whoever tries anew sends a new one.
        let key = format!("{} {}", caller.sip_call_id, message.value("CSeq").unwrap_or_default());
        if self.deferred.lock().unwrap_or_else(PoisonError::into_inner).holds(&key) {
            return Some(later(message));
        }
        let number = caller.number.as_deref().map(suspects::key);
        let standing = self.registry.standing(number.as_deref(), &caller.sip_call_id);
        let now = Instant::now();
        if self.admission.lock().unwrap_or_else(PoisonError::into_inner).has_line(standing, now) {
            if !standing.is_known {
                self.registry.expect(&caller.sip_call_id, now);
            }
            return None;
        }
        let event = Event::Deferred { call: CallId(uuid::Uuid::now_v7()), at: clock::now(), caller };
        if self.deferrals.try_send(event).is_err() {
            // Not counted, so not answered: the INVITE comes again and is counted then.
            return Some(Passage::Silence);
        }
        self.deferred.lock().unwrap_or_else(PoisonError::into_inner).remember(&key);
        Some(later(message))
    }
}

impl From<Verdict> for Passage {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass(passed) => Self::Pass(passed),
            Verdict::Answer(bytes) => Self::Answer(bytes),
            Verdict::Ignore => Self::Silence,
        }
    }
}

fn later(message: &Message) -> Passage {
    refuse(message, 503, "Service Unavailable", &[("Retry-After", RETRY_AFTER_S)])
}

fn refuse(message: &Message, status: u16, reason: &str, extra: &[(&str, &str)]) -> Passage {
    answer(message, status, reason, extra).map_or(Passage::Silence, Passage::Answer)
}
