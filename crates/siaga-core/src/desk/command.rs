//! What people ask of the desk.

use crate::{
    call::Supervision,
    ids::{CallId, CallbackId, DrillId, IncidentId, SeatId, StationId, UserId},
    role::Role,
    time::Timestamp,
    view::desk::{ClassChoice, SayPrompt},
};

/// How an outcome key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The class only.
    Tap,
    /// Held for a second: the class, and end the call.
    Hold,
}

/// Each carries who asks; what it needs beyond that is looked up on the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskCommand {
    /// Gives the person's own seat back, or the lowest free one. Replied with [`DeskReply::Seat`].
    TakeSeat {
        user: UserId,
        display_name: String,
    },
    LeaveSeat {
        user: UserId,
    },
    /// Takes effect when the hands are free.
    Pause {
        user: UserId,
        on: bool,
    },
    /// Ends wrap and pause.
    Ready {
        user: UserId,
    },
    /// The page lives. Every 5 s.
    Heartbeat {
        user: UserId,
    },
    /// This station is the person's from now on; an older one is closed (reload, another computer).
    BindStation {
        user: UserId,
        station: StationId,
    },
    Answer {
        user: UserId,
        call: CallId,
    },
    Mute {
        user: UserId,
        call: CallId,
        on: bool,
    },
    Hold {
        user: UserId,
        call: CallId,
        on: bool,
    },
    Keypad {
        user: UserId,
        call: CallId,
        digits: String,
    },
    /// The person ends the conversation, or gives up dialling.
    End {
        user: UserId,
        call: CallId,
    },
    Class {
        user: UserId,
        call: CallId,
        choice: ClassChoice,
        press: Press,
    },
    UndoClass {
        user: UserId,
        call: CallId,
    },
    /// *Ambil alih*. After the first 20 s of a conversation a shift lead, with a reason.
    Claim {
        user: UserId,
        role: Role,
        call: CallId,
        reason: Option<String>,
    },
    /// The machine says something on the person's own line, or on one that it listens to.
    Say {
        user: UserId,
        call: CallId,
        prompt: SayPrompt,
    },
    /// Abuse: the machine says that the line stays open, and listens. Never ends the call.
    HandOff {
        user: UserId,
        call: CallId,
    },
    /// Marks that the caller cannot speak freely.
    Duress {
        user: UserId,
        call: CallId,
        on: bool,
    },
    /// Hears the last seconds; only noted here. A line that nobody holds may be heard by any call-taker.
    Recall {
        user: UserId,
        role: Role,
        call: CallId,
    },
    /// Whether a shift lead may come to this conversation now: asked before a sound path is made for it.
    MaySupervise {
        user: UserId,
        role: Role,
        call: CallId,
    },
    /// A shift lead comes to a conversation, on a sound path of their own.
    Supervise {
        user: UserId,
        role: Role,
        display_name: String,
        call: CallId,
        how: Supervision,
        station: StationId,
    },
    /// The same lead, in another way.
    SuperviseAs {
        user: UserId,
        call: CallId,
        how: Supervision,
    },
    EndSupervision {
        user: UserId,
        call: CallId,
    },
    /// This account may supervise no more, or is signed out: wherever it listens, it is off the line at once.
    DismissLead {
        user: UserId,
    },
    /// Calls somebody on the list back. Replied with [`DeskReply::Call`].
    CallBack {
        user: UserId,
        callback: CallbackId,
    },
    DropCallback {
        user: UserId,
        callback: CallbackId,
    },
    /// The call's sheet became, or joined, this incident.
    LinkIncident {
        call: CallId,
        incident: IncidentId,
    },
    /// The calls that name these tokens are calls of this drill, until then.
    OrderDrill {
        drill: DrillId,
        tokens: Vec<String>,
        until: Timestamp,
    },
    /// No call is marked for it any more.
    CloseDrill {
        drill: DrillId,
    },
    /// A call classed as nuisance was found to be real: its caller must be called.
    FoundReal {
        call: CallId,
        /// E.164; nobody to call without one.
        number: Option<String>,
    },
    /// It left its incident again.
    UnlinkIncident {
        call: CallId,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskReply {
    Done,
    Seat(SeatId),
    Call(CallId),
}
