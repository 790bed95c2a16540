//! The ingress guard: every byte from the network passes here before the SIP stack sees it.
//!
//! The stack's parser loses messages silently in known ways (no Content-Length, Latin-1 header bytes, more than
//! 8,192 bytes, unknown methods, odd white space). The guard reads each message leniently, repairs what can be
//! repaired, answers what cannot, and hands on only a canonical form that the stack is known to read. It never
//! decides about a caller: a repaired INVITE is a call like any other.
//!
//! [`read`] and [`finish`] are pure: bytes in, verdict out. `udp` and `stream` are the faces to the network, `gate` decides from
//! where and how much.

mod admission;
mod answer;
pub mod deferred;
pub mod frame;
pub mod gate;
mod gone;
pub mod lexis;
pub mod limit;
pub mod message;
mod repair;
pub mod stream;
pub mod tally;
pub mod tls;
pub mod udp;

#[cfg(test)]
mod tests;

pub use answer::answer;
pub use message::{Message, Start};

use rsipstack::{
    sip::SipMessage,
    transaction::key::{TransactionKey, TransactionRole},
};

/// Largest message taken from the network: the most a UDP datagram can hold.
pub const MESSAGE_BYTES_MAX: usize = 65_535;
/// Largest datagram handed to the stack: its receive buffer.
pub const STACK_BYTES_MAX: usize = 8_192;

const PING: &[u8] = b"\r\n\r\n";
const PONG: &[u8] = b"\r\n";

/// Methods that reach the stack. What the router answers with 405 or 489 is decided there.
const METHODS: [&str; 14] = [
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "OPTIONS",
    "INFO",
    "UPDATE",
    "PRACK",
    "MESSAGE",
    "NOTIFY",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
];

/// What we really serve, for Allow.
pub const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK";

/// How a message travels, where it matters to reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// One message is one datagram: without Content-Length the body runs to its end; the stack's buffer limits it.
    Datagram,
    /// Cut from a stream by [`frame`]; no limit but [`MESSAGE_BYTES_MAX`].
    Stream,
}

/// What passed: as bytes and as the stack reads it, so that nobody writes or reads it again.
#[derive(Clone, Debug)]
pub struct Passed {
    pub bytes: Vec<u8>,
    pub read: SipMessage,
}

/// What becomes of a message.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// Canonical and readable by the stack.
    Pass(Box<Passed>),
    /// Send these bytes back to where it came from: a final response.
    Answer { status: u16, bytes: Vec<u8> },
    /// RFC 5626 4.4.1: a ping is two CRLF, its pong one.
    Pong,
    /// The ACK of an answer of ours. There is no state that it could end.
    Acknowledged,
    /// Not SIP, or broken where no answer can be addressed. Silence.
    Ignore,
}

/// A message that cannot be repaired, with the answer it deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub status: u16,
    pub reason: &'static str,
}

impl Fault {
    const fn new(status: u16, reason: &'static str) -> Self {
        Self { status, reason }
    }
}

/// The first half, enough to answer it: read and repaired.
fn read(bytes: &[u8]) -> Result<Message<'_>, Verdict> {
    if bytes == PING {
        return Err(Verdict::Pong);
    }
    let Some(mut message) = Message::read(bytes) else { return Err(Verdict::Ignore) };
    if answer::is_acknowledged(&message) {
        return Err(Verdict::Acknowledged);
    }
    match repair::repair(&mut message) {
        Ok(()) => Ok(message),
        Err(fault) => Err(faulty(&message, fault)),
    }
}

/// The second half, for what goes on to the stack: it fits, and the stack can read it. In place: what is too large
/// loses what a call does not need.
fn finish(message: &mut Message, carrier: Carrier) -> Verdict {
    match fit(message, carrier).and_then(readable) {
        Ok(passed) => Verdict::Pass(Box::new(passed)),
        Err(fault) => faulty(message, fault),
    }
}

fn faulty(message: &Message, fault: Fault) -> Verdict {
    let Fault { status, reason } = fault;
    answer(message, status, reason, &[]).map_or(Verdict::Ignore, |bytes| Verdict::Answer { status, bytes })
}

/// Makes a datagram small enough for the stack's buffer, or says 513.
fn fit(message: &mut Message, carrier: Carrier) -> Result<Vec<u8>, Fault> {
    let bytes = message.to_bytes();
    if carrier == Carrier::Stream || bytes.len() <= STACK_BYTES_MAX {
        return Ok(bytes);
    }
    repair::compact(message);
    let bytes = message.to_bytes();
    if bytes.len() <= STACK_BYTES_MAX { Ok(bytes) } else { Err(Fault::new(513, "Message Too Large")) }
}

/// The stack itself must read it: then none of its silent losses is left.
fn readable(bytes: Vec<u8>) -> Result<Passed, Fault> {
    const UNREADABLE: Fault = Fault::new(400, "Bad Request");
    let read = SipMessage::try_from(bytes.as_slice()).map_err(|_| UNREADABLE)?;
    let key = match &read {
        SipMessage::Request(request) => TransactionKey::from_request(request, TransactionRole::Server),
        SipMessage::Response(response) => TransactionKey::from_response(response, TransactionRole::Client),
    };
    match key {
        Ok(_) => Ok(Passed { bytes, read }),
        Err(_) => Err(UNREADABLE),
    }
}
