//! What is written down about live calls: the one list of facts that goes from the engine to the store, or to the
//! spool file while the database is away. Replaying a fact twice changes nothing: each carries its own id.

use super::{Prompt, Supervision};
use crate::{
    desk::Position,
    drill::DrillMark,
    ids::{CallId, CallbackId, SeatId, UserId},
    screening::Heard,
    time::Timestamp,
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
        desk::{CallbackReason, ClassChoice, Direction, Lane},
    },
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A fact with its id (UUIDv7, made by the engine) and time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LiveFact {
    pub id: Uuid,
    pub at: Timestamp,
    pub fact: Fact,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Fact {
    /// The call's row begins.
    Offered {
        call: CallId,
        direction: Direction,
        /// E.164 where it could be read.
        number: Option<String>,
        /// As the trunk gave it.
        number_raw: Option<String>,
        display_name: Option<String>,
        sip_call_id: Option<String>,
        lane: Lane,
        suspicion: u8,
        /// Why, in words; shown and kept.
        reasons: Vec<String>,
        /// The call-back list entry this outgoing call serves.
        callback: Option<CallbackId>,
    },
    /// The call is one that this server ordered for a drill: simulated, and in no figure.
    Drilled {
        call: CallId,
        mark: DrillMark,
    },
    /// The telephone said in its INVITE where it is. What comes later over the network is written where it arrives.
    Located {
        call: CallId,
        position: Position,
    },
    /// The machine has the line, said this and listens. Never an answer.
    Greeted {
        call: CallId,
        prompt: Prompt,
    },
    /// What was heard while it waited changed what is thought of it.
    Judged {
        call: CallId,
        lane: Lane,
        suspicion: u8,
        reasons: Vec<String>,
    },
    /// It rings at this seat, and why this call at this seat.
    Routed {
        call: CallId,
        seat: SeatId,
        why: String,
    },
    /// A human answered.
    Answered {
        call: CallId,
        seat: SeatId,
        call_taker: UserId,
    },
    /// It also rings at this telephone outside, on a line of ours.
    RangOutside {
        call: CallId,
        leg: CallId,
        telephone: String,
    },
    /// A human at that telephone answered; who, only the telephone's name says.
    AnsweredOutside {
        call: CallId,
        leg: CallId,
        telephone: String,
    },
    /// Another seat went on with it (reload, take-over, seat gone).
    Moved {
        call: CallId,
        seat: SeatId,
        call_taker: UserId,
        /// Of who took it over from somebody else.
        #[serde(default)]
        reason: Option<String>,
    },
    /// A person had the machine say something.
    Said {
        call: CallId,
        by: UserId,
        prompt: Prompt,
    },
    /// A person ends a line on which nothing was heard: this long (ms) after they had its caller asked for a key, or
    /// unasked.
    EndedUnheard {
        call: CallId,
        by: UserId,
        asked_ms: Option<i64>,
    },
    /// A person marked, or unmarked, that the caller cannot speak freely.
    Duress {
        call: CallId,
        by: UserId,
        on: bool,
    },
    Held {
        call: CallId,
        on: bool,
    },
    /// A person handed the caller off to the recorded sentence about abuse. The line stays up.
    HandedOff {
        call: CallId,
        by: UserId,
        seat: SeatId,
    },
    /// The caller who was handed off wants a person again, by this sign.
    CameBack {
        call: CallId,
        sign: Heard,
    },
    /// A key of the caller's telephone; `digit` is `0-9*#`.
    KeyPressed {
        call: CallId,
        digit: char,
    },
    /// Somebody gave, changed or (None) took back the class.
    Classed {
        call: CallId,
        by: UserId,
        choice: Option<ClassChoice>,
    },
    /// The line is down and the call counts as this.
    Ended {
        call: CallId,
        outcome: CallOutcome,
        by: EndedBy,
    },
    /// A recording is complete.
    Recorded {
        call: CallId,
        file: String,
        duration_ms: u32,
        segments: u32,
        #[serde(with = "hex32")]
        hash: [u8; 32],
    },
    /// Somebody must be called back.
    CallbackDue {
        callback: CallbackId,
        call: CallId,
        number: String,
        reason: CallbackReason,
    },
    /// One try was made; some results close the entry ([`CallbackResult::closes`]).
    CallbackTried {
        callback: CallbackId,
        call: CallId,
        result: CallbackResult,
        /// `None`: the machine called.
        by: Option<UserId>,
    },
    /// A person crossed it off the list.
    CallbackDropped {
        callback: CallbackId,
        by: UserId,
    },
    SeatTaken {
        seat: SeatId,
        user: UserId,
    },
    SeatLeft {
        seat: SeatId,
        user: UserId,
    },
    SeatPaused {
        seat: SeatId,
        user: UserId,
        on: bool,
    },
    /// A shift lead hears or speaks in the conversation, in this way from now on. Never an answer.
    Supervised {
        call: CallId,
        by: UserId,
        how: Supervision,
    },
    /// And is off it; on it since then, in whatever ways.
    SupervisionEnded {
        call: CallId,
        by: UserId,
        since: Timestamp,
    },
    /// A recording was asked for during the call (last 60 s).
    Recalled {
        call: CallId,
        by: UserId,
    },
}

/// 32 bytes as lower-case hex in JSON.
mod hex32 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(64);
        for byte in bytes {
            text.push_str(&format!("{byte:02x}"));
        }
        to.serialize_str(&text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(from)?;
        let mut bytes = [0u8; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(D::Error::custom("64 hexadecimal digits are expected"));
        }
        for (index, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).map_err(D::Error::custom)?;
        }
        Ok(bytes)
    }
}
