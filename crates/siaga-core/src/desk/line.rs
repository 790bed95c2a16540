//! The voice side as the desk sees it: what it tells, what it is asked. Mirrors the voice crate's contract, which
//! stands above this one.

use crate::{
    ids::{CallId, StationId},
    view::call::EndedBy,
};

/// The caller as the trunk named it. Personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    pub number_raw: Option<String>,
    pub display_name: Option<String>,
    pub sip_call_id: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum LineEvent {
    Arrived {
        call: CallId,
        arrival: Arrival,
    },
    /// The machine was full and said so once.
    Deferred {
        call: CallId,
        arrival: Arrival,
    },
    /// The line is up.
    Up {
        call: CallId,
    },
    Down {
        call: CallId,
        by: EndedBy,
    },
    Key {
        call: CallId,
        digit: char,
    },
    Heard {
        call: CallId,
        voice: bool,
    },
    StationUp {
        station: StationId,
    },
    StationDown {
        station: StationId,
    },
    Recorded {
        call: CallId,
        file: String,
        duration_ms: u32,
        segments: u32,
        hash: [u8; 32],
    },
    RecordingFailed {
        call: CallId,
    },
    Watchdog {
        up: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineOrder {
    Ring {
        call: CallId,
    },
    Answer {
        call: CallId,
        station: StationId,
    },
    Dial {
        call: CallId,
        number: String,
        station: StationId,
    },
    /// Only ever in answer to a person's command.
    HangUp {
        call: CallId,
    },
    Attach {
        call: CallId,
        station: StationId,
    },
    Detach {
        call: CallId,
    },
    Hold {
        call: CallId,
        on: bool,
    },
    Mute {
        call: CallId,
        on: bool,
    },
    Keypad {
        call: CallId,
        digits: String,
    },
    CloseStation {
        station: StationId,
    },
}
