//! What the engine asks of the voice side. Each is idempotent or harmless when the call is already gone.

use crate::suspects::Suspects;
pub use siaga_core::call::Prompt;
pub use siaga_core::call::Supervision;
use siaga_core::ids::{CallId, StationId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Send 180 Ringing.
    Ring { call: CallId },
    /// Send 200 OK and bridge the caller with this station. [`crate::Event::Answered`] follows.
    Answer { call: CallId, station: StationId },
    /// The machine speaks. A ringing line is answered with 200 first ([`crate::Event::Answered`] follows) and bridged with
    /// nobody; a line that is up hears the prompt once ([`crate::Event::Said`] follows), and after it what [`Prompt`]
    /// says, until a station is attached (`Answer` or `Attach`). The same prompt while it runs is not begun anew. In a
    /// talk both hear it: the caller beside the call-taker's voice, the call-taker softly.
    Say { call: CallId, prompt: Prompt },
    /// Call a person back with nobody at a seat: like `Dial`, but the far end hears the prompt once it answers;
    /// `Attach` brings a station, also before.
    Ask { call: CallId, number: String, prompt: Prompt },
    /// Call a person back through the trunk; [`crate::Event::Dialling`], then `Answered` or `LineDown` follow. The
    /// station hears the progress (ring-back tone).
    Dial { call: CallId, number: String, station: StationId },
    /// Call a telephone outside for a caller who waits: like `Ask` without a word; `Join` brings the two together.
    RingOutside { call: CallId, number: String },
    /// The caller's line and our answered line to a telephone outside hear each other, until a station is attached or one
    /// of them is down; the caller's recording has both voices.
    Join { call: CallId, leg: CallId },
    /// A person ends the call: BYE, CANCEL (dialling) or 603 (a ringing call that a person ended).
    HangUp { call: CallId },
    /// Bridge an answered call with another station (reload, take-over).
    Attach { call: CallId, station: StationId },
    /// Its seat is gone: the caller hears `Prompt::PleaseWait` in a loop, the line stays up.
    Detach { call: CallId },
    /// Nothing goes either way between caller and station; the caller hears `Prompt::Hold`.
    Hold { call: CallId, on: bool },
    /// The station is not heard by the caller.
    Mute { call: CallId, on: bool },
    /// RFC 4733 digits `0-9*#` to the caller's line.
    Keypad { call: CallId, digits: String },
    /// A shift lead is on an answered call from now on, beside whoever speaks with the caller; again with the same station
    /// changes how. [`crate::Event::StationDown`] follows when the lead's sound is gone.
    Supervise { call: CallId, station: StationId, how: Supervision },
    /// The lead is off the line; everybody else goes on.
    EndSupervision { call: CallId },
    /// Numbers that stand back while lines are scarce: the whole set, in place of the one before.
    Suspect { numbers: Suspects },
    /// The station's console is gone for good: close its connection.
    CloseStation { station: StationId },
}
