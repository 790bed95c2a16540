//! The states of a call, and what each says of who has it. The ways between them: `transition.rs`.

use super::prompt::Prompt;
use crate::{
    desk::Refusal,
    ids::{CallId, SeatId, StationId, UserId},
    limits::UNDO_MS,
    queue::Why,
    time::Timestamp,
    view::desk::CallPhase,
};

/// Who has the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub seat: SeatId,
    pub user: UserId,
    /// Since this person took it.
    pub since: Timestamp,
}

/// Where a call rings that nobody has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub seat: SeatId,
    pub since: Timestamp,
    pub why: Why,
}

/// The machine has the line, or is taking it: it spoke, and listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    /// `None`: the line is coming up.
    pub up_at: Option<Timestamp>,
    /// Said last.
    pub prompt: Prompt,
    /// And spoken to its end.
    pub said_at: Option<Timestamp>,
    pub offer: Option<Offer>,
    /// A person answered then, heard nothing, and left the line to the machine with a question. `None`: no person yet.
    pub answered_at: Option<Timestamp>,
}

impl Listen {
    pub(super) fn begin(prompt: Prompt) -> Self {
        Self { up_at: None, prompt, said_at: None, offer: None, answered_at: None }
    }

    /// The called back person said that nothing is the matter: the line waits for its far end, or for a person.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.prompt == Prompt::Thanks
    }
}

/// A conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    pub holder: Holder,
    pub answered_at: Timestamp,
    pub muted: bool,
}

/// A person handed the caller off to a recorded sentence. The line stays up and is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOff {
    /// Who did it.
    pub by: Holder,
    pub answered_at: Timestamp,
    pub since: Timestamp,
    /// The sentence was spoken to its end.
    pub said_at: Option<Timestamp>,
    /// And then it was quiet: what is heard from now on is said to us.
    pub quiet_at: Option<Timestamp>,
}

impl HandedOff {
    /// Until then one key of who did it brings the caller back to them.
    #[must_use]
    pub fn undo_until(&self) -> Timestamp {
        self.since.plus_ms(UNDO_MS)
    }
}

/// The line is down; the class, or the time to take it back, is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// `None`: its person went on with another call.
    pub holder: Option<Holder>,
    pub answered_at: Timestamp,
    pub ended_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody has answered.
    Ringing {
        offer: Option<Offer>,
    },
    /// Somebody pressed answer; the line is coming up.
    Answering {
        holder: Holder,
        station: StationId,
    },
    /// We call somebody back.
    Dialling {
        holder: Holder,
        station: StationId,
    },
    /// The machine has the line.
    Listening(Listen),
    /// The machine calls somebody back, nobody is at a seat for it.
    Asking {
        since: Timestamp,
    },
    Talking(Talk),
    Held(Talk),
    /// A person at a telephone outside speaks with the caller; `leg` is our line to that telephone.
    AtTelephone {
        leg: CallId,
        answered_at: Timestamp,
    },
    /// Its seat is gone; the caller hears us and waits at the head of the queue.
    /// `last` is `None` where no seat had it: the line came up and nobody was there, or a telephone outside let it go.
    Waiting {
        last: Option<Talk>,
        /// A person had answered; also one at a telephone outside.
        answered_at: Option<Timestamp>,
        since: Timestamp,
        offer: Option<Offer>,
    },
    /// The machine has the line again, by a person's will.
    HandedOff(HandedOff),
    /// A person ended a silent line without taking it to a seat; the line goes down.
    Closing {
        answered_at: Timestamp,
    },
    Wrap(Wrap),
}

/// What a line that went down leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Down {
    /// A person had answered; without a holder they were gone when the caller went.
    Wrap(Wrap),
    /// Nobody had.
    Unanswered,
    /// It was down before.
    Already,
}

impl Phase {
    /// Why a command for a conversation does not fit.
    #[must_use]
    pub fn no_talk(&self) -> Refusal {
        match self {
            Phase::Closing { .. } | Phase::Wrap(_) => Refusal::CallGone,
            Phase::Talking(_) | Phase::Held(_) | Phase::HandedOff(_) | Phase::AtTelephone { .. } => {
                Refusal::NotYourCall
            }
            Phase::Ringing { .. }
            | Phase::Answering { .. }
            | Phase::Dialling { .. }
            | Phase::Listening(_)
            | Phase::Asking { .. }
            | Phase::Waiting { .. } => Refusal::NotAnswered,
        }
    }

    #[must_use]
    pub fn handed_off(&self) -> Option<HandedOff> {
        if let Phase::HandedOff(off) = self { Some(*off) } else { None }
    }

    /// Who has the call, in conversation or in wrap.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        match self {
            Phase::Answering { holder, .. } | Phase::Dialling { holder, .. } => Some(*holder),
            Phase::Talking(talk) | Phase::Held(talk) => Some(talk.holder),
            Phase::Wrap(wrap) => wrap.holder,
            Phase::Ringing { .. }
            | Phase::Listening(_)
            | Phase::Asking { .. }
            | Phase::AtTelephone { .. }
            | Phase::HandedOff(_)
            | Phase::Waiting { .. }
            | Phase::Closing { .. } => None,
        }
    }

    /// Who is busy with the line.
    #[must_use]
    pub fn on_line(&self) -> Option<Holder> {
        if matches!(self, Phase::Wrap(_)) { None } else { self.holder() }
    }

    #[must_use]
    pub fn offer(&self) -> Option<Offer> {
        match self {
            Phase::Ringing { offer } | Phase::Waiting { offer, .. } | Phase::Listening(Listen { offer, .. }) => *offer,
            _ => None,
        }
    }

    /// The seat it rings at or is held by.
    #[must_use]
    pub fn seat(&self) -> Option<SeatId> {
        self.holder().map(|holder| holder.seat).or_else(|| self.offer().map(|offer| offer.seat))
    }

    #[must_use]
    pub fn answered_at(&self) -> Option<Timestamp> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => Some(talk.answered_at),
            Phase::Waiting { answered_at, .. } | Phase::Listening(Listen { answered_at, .. }) => *answered_at,
            Phase::HandedOff(off) => Some(off.answered_at),
            Phase::AtTelephone { answered_at, .. } | Phase::Closing { answered_at } => Some(*answered_at),
            Phase::Wrap(wrap) => Some(wrap.answered_at),
            Phase::Ringing { .. } | Phase::Answering { .. } | Phase::Dialling { .. } | Phase::Asking { .. } => None,
        }
    }

    /// The word on the card. A call that is coming up is still ringing.
    #[must_use]
    pub fn shown(&self) -> CallPhase {
        match self {
            Phase::Ringing { .. } | Phase::Answering { .. } => CallPhase::Ringing,
            Phase::Dialling { .. } => CallPhase::Dialling,
            Phase::Talking(_) => CallPhase::Talking,
            Phase::Held(_) => CallPhase::Held,
            Phase::Listening(_) => CallPhase::Listening,
            Phase::Asking { .. } => CallPhase::Asking,
            Phase::AtTelephone { .. } => CallPhase::AtTelephone,
            Phase::Waiting { .. } => CallPhase::Waiting,
            Phase::HandedOff(_) => CallPhase::HandedOff,
            Phase::Closing { .. } | Phase::Wrap(_) => CallPhase::Wrap,
        }
    }
}
