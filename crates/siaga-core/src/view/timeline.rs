//! What happened in a call, line by line, beside its sound.

use crate::{
    call::{Prompt, Supervision},
    class::Class,
    ids::SeatId,
    location::PositionSource,
    screening::Heard,
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        card::CardChoice,
        desk::Lane,
    },
};
use serde::{Deserialize, Serialize};

/// One thing that happened, and where it is in the sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TimelineLine {
    pub at: Timestamp,
    /// Where the play head stands then, ms; what came before or after the sound stands at its beginning or end.
    pub audio_ms: u32,
    /// Who did it; absent: the program or the caller.
    pub by: Option<String>,
    pub what: TimelineEvent,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TimelineEvent {
    /// The call came; what screening thought of it, and why.
    Offered {
        lane: Lane,
        suspicion: u8,
        reasons: Vec<String>,
    },
    /// What was heard while it waited changed that.
    Judged {
        lane: Lane,
        suspicion: u8,
        reasons: Vec<String>,
    },
    /// The call is one of a drill: simulated.
    Drilled,
    /// The machine has the line and listens.
    Greeted,
    /// It rings at a seat, and why there.
    Rang {
        seat: SeatId,
        why: String,
    },
    RangOutside {
        telephone: String,
    },
    Answered {
        seat: SeatId,
    },
    AnsweredOutside {
        telephone: String,
    },
    /// Another seat went on with it.
    Moved {
        seat: SeatId,
        reason: Option<String>,
    },
    Held {
        on: bool,
    },
    /// Handed off, because of abuse, to a recorded sentence on a line that stays open.
    HandedOff {
        seat: SeatId,
    },
    /// Who was handed off wants a person again, by this sign.
    CameBack {
        sign: Heard,
    },
    /// The caller pressed a key.
    Key {
        digit: char,
    },
    /// Nothing was heard of the caller for so long.
    Silence {
        ms: u32,
    },
    /// A person had the machine say something.
    Said {
        prompt: Prompt,
    },
    /// Nothing was heard: a person had the caller asked for a key and left the line to the machine.
    LeftToMachine,
    /// A person marked, or unmarked, that the caller cannot speak freely.
    Duress {
        on: bool,
    },
    /// A shift lead hears the conversation, or speaks in it, in this way from now on.
    Supervised {
        how: Supervision,
    },
    SupervisionEnded,
    /// A field of the sheet was given another value; absent: emptied.
    Field {
        field: String,
        value: Option<String>,
        before: Option<String>,
    },
    Note {
        text: String,
    },
    /// An answer of the question card, or that it was passed over.
    Card {
        asked: String,
        choice: CardChoice,
    },
    /// The telephone told where it is.
    Position {
        source: PositionSource,
        lat: f64,
        lng: f64,
        radius_m: f64,
    },
    /// A location link went out.
    LinkSent,
    /// The sheet went out as an incident (`number`), or joined one.
    Incident {
        #[cfg_attr(test, ts(type = "number | null"))]
        number: Option<i64>,
    },
    /// A class was given; absent: taken back.
    Classed {
        class: Option<Class>,
        sub: Option<String>,
    },
    /// The class was corrected after the call.
    Reclassed {
        class: Class,
        sub: Option<String>,
        reason: Option<String>,
    },
    /// A person ended a line on which nothing was heard, this long (ms) after its caller had been asked; absent: unasked.
    EndedUnheard {
        #[cfg_attr(test, ts(type = "number | null"))]
        asked_ms: Option<i64>,
    },
    Ended {
        outcome: CallOutcome,
        by: EndedBy,
    },
    /// Something stood here; retention took its content.
    Removed,
}
