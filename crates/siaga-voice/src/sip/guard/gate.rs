//! From where and how much: the decisions that must be made before the stack keeps any state.
//!
//! The trunk is never limited: three thousand nuisance calls a second arrive from the same address as the one good
//! caller. Only strangers have a bucket. Who finds no line ([`super::admission`]) is deferred here, statelessly: one
//! answer of a few hundred bytes and one event, no transaction.

use super::{
    Carrier, Message, PONG, Passed, Verdict,
    admission::Admission,
    answer, deferred, finish, lexis,
    limit::Limiter,
    read,
    tally::{DEFERRED, FORBIDDEN, NO_SUCH_CALL, Tally},
};
use crate::{
    clock,
    event::Event,
    sip::{
        caller,
        registry::{Origin, Registry},
    },
    suspects,
};
use siaga_core::ids::CallId;
use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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
    tally: Mutex<Tally>,
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
            tally: Mutex::default(),
        }
    }

    /// Judges one message from `source`.
    pub fn judge(&self, bytes: &[u8], source: SocketAddr, carrier: Carrier) -> Passage {
        let trusted = self.is_trusted(source.ip());
        if !trusted && !lock(&self.limiter).take(source.ip(), Instant::now()) {
            lock(&self.tally).limited();
            return Passage::Silence;
        }
        let mut message = match read(bytes) {
            Ok(message) => message,
            Err(verdict) => return self.settle(verdict, source),
        };
        if !trusted && let Some(passage) = self.meddles(&message, source) {
            return passage;
        }
        if message.is_new_invite() {
            if !trusted {
                return self.refuse(&message, source, FORBIDDEN, "Forbidden", &[]);
            }
            if let Some(passage) = self.defer(&message, source) {
                return passage;
            }
        }
        self.settle(finish(&mut message, carrier), source)
    }

    /// What was settled here since the start.
    pub fn tally(&self) -> Tally {
        lock(&self.tally).clone()
    }

    /// A peer of the trunk; everybody is one where no peers are named.
    pub fn is_trusted(&self, source: IpAddr) -> bool {
        self.peers.is_empty() || self.peers.contains(&source) || self.trunk == Some(source)
    }

    /// CANCEL and ACK find their INVITE inside the stack, whoever sends them: from a stranger they count only in a dialog
    /// with that very machine, as all other requests do. `None`: let it on.
    fn meddles(&self, message: &Message, source: SocketAddr) -> Option<Passage> {
        let method = message.method().filter(|method| matches!(*method, "CANCEL" | "ACK"))?;
        let tag = |name| message.value(name).and_then(|value| lexis::parameter(value, "tag")).unwrap_or_default();
        let call_id = message.value("Call-ID").unwrap_or_default();
        let dialog = self.registry.inbox_of_dialog(call_id, tag("To"), tag("From"));
        if dialog.is_some_and(|(_, ip)| ip == source.ip()) {
            return None;
        }
        Some(match method {
            "CANCEL" => self.refuse(message, source, NO_SUCH_CALL, "Call/Transaction Does Not Exist", &[]),
            _ => self.settle(Verdict::Ignore, source),
        })
    }

    /// `None`: there is a line.
    fn defer(&self, message: &Message, source: SocketAddr) -> Option<Passage> {
        let caller = caller::of_message(message, source);
        let origin = Origin {
            sip_call_id: caller.sip_call_id.clone(),
            from_tag: lexis::parameter(message.value("From").unwrap_or_default(), "tag").unwrap_or_default().to_owned(),
            number: caller.number.as_deref().map(suspects::key),
        };
        // The same INVITE again is answered as before, also when there is a line by now: it is counted as deferred
        // and must not be counted twice. Whoever tries anew sends a new one.
        let key = format!("{} {} {}", origin.sip_call_id, origin.from_tag, message.value("CSeq").unwrap_or_default());
        if lock(&self.deferred).holds(&key) {
            return Some(self.later(message, source));
        }
        let standing = self.registry.standing(&origin, source);
        let now = Instant::now();
        if lock(&self.admission).has_line(standing, now) {
            if !standing.is_known {
                self.registry.expect(origin, source, now);
            }
            return None;
        }
        let event = Event::Deferred { call: CallId(uuid::Uuid::now_v7()), at: clock::now(), caller };
        if self.deferrals.try_send(event).is_err() {
            // Not counted, so not answered: the INVITE comes again and is counted then.
            return Some(Passage::Silence);
        }
        lock(&self.deferred).remember(&key);
        Some(self.later(message, source))
    }

    fn later(&self, message: &Message, source: SocketAddr) -> Passage {
        self.refuse(message, source, DEFERRED, "Service Unavailable", &[("Retry-After", RETRY_AFTER_S)])
    }

    fn refuse(
        &self,
        message: &Message,
        source: SocketAddr,
        status: u16,
        reason: &str,
        extra: &[(&str, &str)],
    ) -> Passage {
        let bytes = answer(message, status, reason, extra);
        self.settle(bytes.map_or(Verdict::Ignore, |bytes| Verdict::Answer { status, bytes }), source)
    }

    /// Counts what ends here.
    fn settle(&self, verdict: Verdict, source: SocketAddr) -> Passage {
        match verdict {
            Verdict::Pass(passed) => Passage::Pass(passed),
            Verdict::Answer { status, bytes } => {
                lock(&self.tally).answered(status, source.ip());
                Passage::Answer(bytes)
            }
            Verdict::Pong => Passage::Answer(PONG.to_vec()),
            Verdict::Acknowledged => Passage::Silence,
            Verdict::Ignore => {
                lock(&self.tally).ignored();
                Passage::Silence
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{VoiceConfig, config::SipTimers};
    use std::net::Ipv4Addr;

    fn gate(peers: &[IpAddr]) -> (Gate, mpsc::Receiver<Event>) {
        let config = VoiceConfig {
            sip: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_ip: None,
            trunk: None,
            sip_tls: None,
            trunk_peers: peers.to_vec(),
            trunk_roots: Vec::new(),
            rtp_ports: 30_000..=30_001,
            browser_ips: Vec::new(),
            browser_port: 0,
            recordings_dir: "".into(),
            prompts_dir: "".into(),
            recording_key: [0; 32],
            open_calls_max: 0,
            timers: SipTimers::default(),
        };
        let (deferrals, deferred) = mpsc::channel(8);
        (Gate::new(&config, Arc::default(), deferrals), deferred)
    }

    fn message(method: &str, version: &str) -> Vec<u8> {
        format!(
            "{method} sip:112@192.0.2.9 SIP/{version}\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\nFrom: <sip:0812@192.0.2.1>;tag=f\r\n\
             To: <sip:112@192.0.2.9>\r\nCall-ID: c\r\nCSeq: 1 {method}\r\n\r\n"
        )
        .into_bytes()
    }

    #[test]
    fn what_ends_here_is_counted() {
        let (peer, stranger) = (SocketAddr::from(([192, 0, 2, 1], 5060)), SocketAddr::from(([192, 0, 2, 66], 5060)));
        let (gate, _deferred) = gate(&[peer.ip()]);
        let judge = |bytes: &[u8], source| gate.judge(bytes, source, Carrier::Datagram);
        for _ in 0..2 {
            judge(&message("KNOCK", "2.0"), peer);
        }
        judge(&message("INVITE", "7.0"), peer);
        judge(b"GET / HTTP/1.1\r\n\r\n", peer);
        judge(b"\r\n\r\n", peer);
        judge(&message("INVITE", "2.0"), stranger);
        let Passage::Answer(answer) = judge(&message("INVITE", "2.0"), peer) else { panic!("no line, so deferred") };
        let to =
            String::from_utf8(answer).expect("text").lines().find(|line| line.starts_with("To:")).map(str::to_owned);
        let ack = String::from_utf8(message("ACK", "2.0")).expect("text");
        let ack = ack.replace("To: <sip:112@192.0.2.9>", &to.expect("a To"));
        assert!(matches!(judge(ack.as_bytes(), peer), Passage::Silence));
        let answers = [(403, 1), (501, 2), (503, 1), (505, 1)].into_iter().collect();
        assert_eq!(gate.tally(), Tally { answers, ignored: 1, limited: 0 });
        (0..200).for_each(|_| drop(judge(b"\r\n\r\n", stranger)));
        assert!(gate.tally().limited >= 100);
    }
}
