//! The voice side as the desk sees it: what it tells, what it is asked. Mirrors the voice crate's contract, which
//! stands above this one.

use crate::{
    call::{Prompt, Sound, Supervision},
    ids::{CallId, StationId},
    view::call::EndedBy,
};
use serde::{Deserialize, Serialize};

/// The caller as the trunk named it. Personal data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrival {
    pub number_raw: Option<String>,
    pub display_name: Option<String>,
    pub sip_call_id: Option<String>,
    /// Where the caller's telephone says it is (PIDF-LO in the INVITE, RFC 6442); rare.
    pub position: Option<Position>,
}

/// A point with its uncertainty, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
    pub radius_m: f64,
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
    /// The line is down because it could not be answered: no port for its sound, or nothing in common to talk with.
    Failed {
        call: CallId,
    },
    /// A call of ours did not come up and is over: refused with this SIP status, or nobody took it up in time.
    NotReached {
        call: CallId,
        status: Option<u16>,
    },
    Key {
        call: CallId,
        digit: char,
    },
    /// On change and at most twice a second: the loudest kind of sound since the last word, and its level.
    Heard {
        call: CallId,
        sound: Sound,
        /// Loudest frame, dBFS; 0 is full scale.
        level_dbfs: i8,
    },
    /// A prompt that is not in a loop was spoken to its end.
    Said {
        call: CallId,
        prompt: Prompt,
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
    /// The machine speaks. A ringing line is answered for it (200; [`LineEvent::Up`] follows) and no person is there yet;
    /// a line that is up hears the prompt once, and after it what [`Prompt`] says.
    Say {
        call: CallId,
        prompt: Prompt,
    },
    /// Calls a person back with nobody at a seat. Once the far end answers it hears the prompt, and is listened to.
    Ask {
        call: CallId,
        number: String,
        prompt: Prompt,
    },
    Dial {
        call: CallId,
        number: String,
        station: StationId,
    },
    /// Calls a telephone outside for a caller who waits; [`LineEvent::Up`] when somebody there takes it up.
    RingOutside {
        leg: CallId,
        number: String,
    },
    /// Caller and telephone outside hear each other from now on.
    Join {
        call: CallId,
        leg: CallId,
    },
    /// Our own line to a telephone outside is not needed any more. Never a caller's.
    Release {
        leg: CallId,
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
    /// A shift lead's station is on an answered line from now on, in this way; nobody else is moved by it.
    Supervise {
        call: CallId,
        station: StationId,
        how: Supervision,
    },
    /// And is off it.
    EndSupervision {
        call: CallId,
    },
    CloseStation {
        station: StationId,
    },
}
