//! What happened on the lines. Sent over one bounded channel to the engine; nothing is asked back.

use siaga_core::{
    call::{Prompt, Sound},
    desk::Position,
    ids::{CallId, StationId},
    time::Timestamp,
    view::call::EndedBy,
};
use std::net::SocketAddr;

#[derive(Clone, Debug)]
pub enum Event {
    /// An INVITE for 112 passed the guard. 100 Trying is sent; the engine answers with `Command::Ring`.
    CallArrived { call: CallId, at: Timestamp, caller: RawCaller },
    /// An outgoing call rings at the far end.
    Dialling { call: CallId, at: Timestamp },
    /// The line is up: 200 OK was acknowledged, media may flow.
    Answered { call: CallId, at: Timestamp },
    /// The line is down, whoever ended it. The last event of a call on the SIP side.
    LineDown { call: CallId, at: Timestamp, by: EndedBy, reason: EndReason },
    /// The machine was full: answered 503 with Retry-After, once per caller.
    Deferred { call: CallId, at: Timestamp, caller: RawCaller },
    /// A key of the caller's telephone (RFC 4733), de-duplicated.
    Key { call: CallId, at: Timestamp, digit: char },
    /// What is heard from the caller, on change and at most twice a second: the loudest kind since the last word.
    Heard { call: CallId, at: Timestamp, level_dbfs: f32, sound: Sound },
    /// A prompt was spoken to its end (those that loop never are).
    Said { call: CallId, at: Timestamp, prompt: Prompt },
    /// A station has its media path (ICE and DTLS done).
    StationUp { station: StationId, at: Timestamp },
    /// A station's media path is gone: closed, or no packet for 1 s while in a call, or ICE silent for 15 s.
    StationDown { station: StationId, at: Timestamp },
    /// A segment (half a second) of the recording is on disk. `hash` is SHA-256 over the previous segment's hash and this one.
    RecordingSegment { call: CallId, at: Timestamp, index: u32, hash: [u8; 32] },
    /// The recording is complete. `file` is relative to the recordings folder.
    RecordingClosed { call: CallId, at: Timestamp, file: String, duration_ms: u32, segments: u32, hash: [u8; 32] },
    /// The recording could not be written (disk full): loud at the desk, the call goes on.
    RecordingFailed { call: CallId, at: Timestamp, error: String },
    /// The SIP side answers itself again / no more (watchdog OPTIONS).
    Watchdog { at: Timestamp, up: bool },
}

/// The caller as the trunk named it, before any normalising.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCaller {
    /// User part of P-Asserted-Identity, else From; `None` when anonymous or empty. Personal data: never logged.
    pub number: Option<String>,
    /// Display name, repaired to UTF-8. Personal data: never logged.
    pub display_name: Option<String>,
    /// User part of the Request-URI: what was dialled.
    pub dialled: String,
    pub source: SocketAddr,
    /// SIP Call-ID, for tracing with the telco.
    pub sip_call_id: String,
    /// From a PIDF-LO that the INVITE carries or names by `cid:` (RFC 6442); a broken one is none.
    pub position: Option<Position>,
}

/// Why the line went down, for the call's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// CANCEL or BYE from the caller.
    CallerHungUp,
    /// `Command::HangUp`.
    WeHungUp,
    /// The far end refused our call-back or did not answer in time; the SIP status when there is one.
    NotReached { status: Option<u16> },
    /// Nobody is there: no ACK and no voice; neither voice nor answer for the named limit, or no voice and the far end
    /// knows no such call; transport error.
    NetworkLost,
    /// The INVITE was broken beyond repair after it had become a call.
    ProtocolError,
}
