//! The media thread and its handle. One OS thread ticks every few milliseconds, drains all RTP sockets and browser
//! stations, copies payloads untouched, rewrites headers by one mapper per outgoing line, and decodes on the side.
//!
//! The handle only puts requests into a bounded channel; it never waits for the thread except where an answer is needed,
//! and then with a deadline. Nothing here ends a call.

mod aside;
mod bridge;
mod browser;
mod dtmf;
pub mod g711;
mod latch;
mod leg;
mod mapper;
mod prompts;
mod request;
mod rtcp;
mod sockets;
mod station;
mod supervisor;
mod switchboard;
mod thread;

#[cfg(test)]
mod tests;

use crate::{Command, Event};
pub use prompts::PromptError;
use request::Request;
use siaga_core::ids::{CallId, StationId};
use std::{
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};

/// Longest a caller of the handle waits for the media thread; a tick is 4 ms, so this is five hundred of them.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// What the media thread must be told to start.
#[derive(Clone, Debug)]
pub struct MediaConfig {
    /// Where the callers' RTP sockets listen; the address that SIP listens on.
    pub rtp_ip: IpAddr,
    /// Even RTP ports come from here; RTCP is the odd one above.
    pub rtp_ports: RangeInclusive<u16>,
    /// Machines of the trunk: a caller's voice may come from any of them.
    pub trunk_peers: Arc<[IpAddr]>,
    /// Local addresses offered to browsers as ICE candidates; one socket each. Never a wildcard address.
    pub browser_ips: Vec<IpAddr>,
    /// One UDP port for all browsers; 0 picks one, the same for all addresses.
    pub browser_port: u16,
    pub recordings_dir: PathBuf,
    /// A city's own prompts; what is not there is spoken by the committed ones.
    pub prompts_dir: PathBuf,
    /// AES-256 key that encrypts recordings at rest.
    pub recording_key: [u8; 32],
}

/// Where a leg listens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LegAddress {
    /// Even; RTCP is one above. The IP is for the SIP side to choose (it knows which address faces the peer).
    pub rtp_port: u16,
}

/// G.711, the only audio a leg carries. RFC 3551 gives them fixed payload types.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Codec {
    /// A-law, usually payload type 8.
    Pcma,
    /// µ-law, usually payload type 0.
    Pcmu,
}

/// SDP direction as the far end described itself (RFC 3264): `SendOnly` means it does not listen (holds us).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Direction {
    #[default]
    SendRecv,
    SendOnly,
    RecvOnly,
    Inactive,
}

/// The far end's side of a leg, as offer and answer settled it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemoteMedia {
    /// Where its SDP says it listens. The leg sends there until packets from elsewhere prove a NAT between.
    pub addr: SocketAddr,
    /// Where its SIP comes from: behind a NAT its voice does too.
    pub peer: IpAddr,
    pub codec: Codec,
    /// Payload type of `codec`.
    pub payload_type: u8,
    /// Payload type of telephone-event/8000 (RFC 4733), when agreed.
    pub dtmf_payload_type: Option<u8>,
    /// Milliseconds of audio per packet that the far end asks for; usually 20.
    pub ptime_ms: u16,
    pub direction: Direction,
}

/// How a leg lives, for the SIP side to judge. The media side never ends a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LegStatus {
    /// Time since the last accepted RTP packet from the far end; `None`: none ever came.
    pub rtp_age: Option<Duration>,
    /// Accepted packets so far.
    pub packets_in: u64,
    /// Packets sent so far.
    pub packets_out: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    #[error("no free RTP port pair in {0}-{1}")]
    NoPort(u16, u16),
    #[error("more than {0} legs are open")]
    TooManyLegs(usize),
    #[error("cannot bind {address}: {error}")]
    Bind { address: SocketAddr, error: std::io::Error },
    #[error("cannot set up the media thread: {0}")]
    Setup(#[from] std::io::Error),
    #[error("cannot make the DTLS certificate: {0}")]
    Certificate(String),
    #[error(transparent)]
    Prompt(#[from] PromptError),
    #[error("the media thread does not answer")]
    NoAnswer,
}

/// Why a browser's offer was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum StationError {
    #[error("the offer is not readable SDP: {0}")]
    Offer(String),
    #[error("the offer has no audio line with G.711")]
    NoAudio,
    #[error("more than {0} stations are open")]
    TooMany(usize),
    #[error("the media thread does not answer")]
    NoAnswer,
}

/// Clone it freely: all clones reach the same thread, which ends when the last one is dropped.
#[derive(Clone)]
pub struct MediaHandle {
    line: Arc<request::Line>,
    browser_port: u16,
}

impl MediaHandle {
    /// Binds the browser sockets and starts the media and the recording thread.
    pub fn start(config: MediaConfig, events: mpsc::Sender<Event>) -> Result<Self, MediaError> {
        let (line, browser_port) = thread::start(config, events)?;
        Ok(Self { line: Arc::new(line), browser_port })
    }

    /// The UDP port really bound for browsers.
    #[must_use]
    pub fn browser_port(&self) -> u16 {
        self.browser_port
    }

    /// Opens an RTP/RTCP port pair for a call's line. Opening it again returns the same pair.
    pub async fn leg_open(&self, call: CallId) -> Result<LegAddress, MediaError> {
        self.ask(|reply| Request::LegOpen { call, reply }).await.unwrap_or(Err(MediaError::NoAnswer))
    }

    /// Tells what offer and answer settled; again after each re-INVITE.
    pub fn leg_describe(&self, call: CallId, remote: RemoteMedia) {
        self.line.put(Request::LegDescribe { call, remote });
    }

    /// The line is up: audio flows from now on and the recording starts.
    pub fn leg_answered(&self, call: CallId) {
        self.line.put(Request::LegAnswered { call });
    }

    /// The line is down: the ports are free again and the recording closes.
    pub fn leg_close(&self, call: CallId) {
        self.line.put(Request::LegClose { call });
    }

    /// `None`: no such leg (or the thread does not answer).
    pub async fn leg_status(&self, call: CallId) -> Option<LegStatus> {
        self.ask(|reply| Request::LegStatus { call, reply }).await.flatten()
    }

    /// Carries out the audio side of a command: `Answer` and `Attach` bridge, `Dial` bridges with ring-back tone until
    /// the far end is heard or answers, `Say` and `Ask` speak once the line is up, `Detach`, `Hold`, `Mute`, `Keypad`, `Supervise` and its end, `CloseStation`. `Ring` and `HangUp` are the
    /// SIP side's alone. To be passed after `leg_open`; a call or station that is not there (any more) is no fault.
    pub fn apply(&self, command: &Command) {
        self.line.put(Request::Apply(command.clone()));
    }

    /// Accepts a browser's SDP offer (a whole one; ICE candidates in it are not needed) and returns the answer.
    pub async fn station_offer(&self, station: StationId, offer: String) -> Result<String, StationError> {
        self.ask(|reply| Request::StationOffer { station, offer, reply }).await.unwrap_or(Err(StationError::NoAnswer))
    }

    /// The last 60 s of a running call as WAV: left the caller, right what the caller heard.
    pub async fn recall(&self, call: CallId) -> Option<Vec<u8>> {
        let heard = self.ask(|reply| Request::Recall { call, reply }).await.flatten()?;
        tokio::task::spawn_blocking(move || heard.wav()).await.ok()
    }

    /// The program ends: ends all lines' audio and waits until every recording is complete on disk, at most `deadline`.
    pub async fn finish(&self, deadline: Duration) {
        let (done, finished) = oneshot::channel();
        self.line.put(Request::Finish { done });
        if !matches!(tokio::time::timeout(deadline, finished).await, Ok(Ok(()))) {
            tracing::error!("the recordings were not completed in time; they are as whole as they were a second ago");
        }
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.line.put(request(reply));
        tokio::time::timeout(ANSWER_WITHIN, answer).await.ok()?.ok()
    }
}
