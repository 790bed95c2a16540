//! The states of a call and the ways between them. A refused transition leaves the caller's copy as it was.

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
    fn begin(prompt: Prompt) -> Self {
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
    /// A seat takes a waiting call: a ringing one begins to come up, one that lost its seat goes on at once.
    pub fn answer(self, holder: Holder, station: StationId) -> Result<Self, Refusal> {
        match self {
            Phase::Ringing { .. } | Phase::Listening(Listen { up_at: None, .. }) => {
                Ok(Phase::Answering { holder, station })
            }
            Phase::Listening(Listen { answered_at, .. }) | Phase::Waiting { answered_at, .. } => {
                let answered_at = answered_at.unwrap_or(holder.since);
                Ok(Phase::Talking(Talk { holder, answered_at, muted: false }))
            }
            Phase::HandedOff(off) => Ok(Phase::Talking(Talk { holder, answered_at: off.answered_at, muted: false })),
            // A seat takes the caller over from the telephone outside.
            Phase::AtTelephone { answered_at, .. } => Ok(Phase::Talking(Talk { holder, answered_at, muted: false })),
            Phase::Answering { .. } | Phase::Dialling { .. } | Phase::Talking(_) | Phase::Held(_) => {
                Err(Refusal::CallTaken)
            }
            Phase::Asking { .. } => Err(Refusal::NotNow),
            Phase::Closing { .. } | Phase::Wrap(_) => Err(Refusal::CallGone),
        }
    }

    /// The line is up. Where nobody holds it any more it waits for the next seat.
    pub fn line_up(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Answering { holder, .. } | Phase::Dialling { holder, .. } => {
                Ok(Phase::Talking(Talk { holder, answered_at: now, muted: false }))
            }
            Phase::Ringing { .. } => Ok(Phase::Waiting { last: None, answered_at: None, since: now, offer: None }),
            Phase::Listening(listen) if listen.up_at.is_none() => {
                Ok(Phase::Listening(Listen { up_at: Some(now), ..listen }))
            }
            Phase::Asking { .. } => {
                Ok(Phase::Listening(Listen { up_at: Some(now), ..Listen::begin(Prompt::CallBackMenu) }))
            }
            Phase::Listening(_)
            | Phase::Talking(_)
            | Phase::Held(_)
            | Phase::AtTelephone { .. }
            | Phase::Waiting { .. }
            | Phase::HandedOff(_)
            | Phase::Closing { .. }
            | Phase::Wrap(_) => Err(Refusal::NotNow),
        }
    }

    /// A telephone outside took the call up: its person speaks with the caller, whose line is up.
    pub fn answer_at_telephone(self, leg: CallId, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Listening(Listen { up_at: Some(_), answered_at, .. }) | Phase::Waiting { answered_at, .. } => {
                Ok(Phase::AtTelephone { leg, answered_at: answered_at.unwrap_or(now) })
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// The telephone outside let it go and the caller is still there.
    pub fn leave_telephone(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::AtTelephone { answered_at, .. } => {
                Ok(Phase::Waiting { last: None, answered_at: Some(answered_at), since: now, offer: None })
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// The machine takes a ringing line, or says something more on a line that it has.
    pub fn say(self, prompt: Prompt) -> Result<Self, Refusal> {
        match self {
            Phase::Ringing { .. } => Ok(Phase::Listening(Listen::begin(prompt))),
            Phase::Listening(listen) => Ok(Phase::Listening(Listen { prompt, said_at: None, ..listen })),
            _ => Err(self.no_talk()),
        }
    }

    /// It was spoken to its end.
    pub fn said(self, prompt: Prompt, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Listening(listen) if listen.prompt == prompt => {
                Ok(Phase::Listening(Listen { said_at: Some(now), ..listen }))
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// A person ends a silent line that they heard, without taking it to a seat.
    pub fn close(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Listening(Listen { up_at: Some(_), answered_at, .. }) => {
                Ok(Phase::Closing { answered_at: answered_at.unwrap_or(now) })
            }
            Phase::HandedOff(off) => Ok(Phase::Closing { answered_at: off.answered_at }),
            _ => Err(self.no_talk()),
        }
    }

    /// A person leaves a conversation to the machine, which asks this and listens.
    pub fn leave_to_machine(self, prompt: Prompt, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) => Ok(Phase::Listening(Listen {
                up_at: Some(now),
                answered_at: Some(talk.answered_at),
                ..Listen::begin(prompt)
            })),
            _ => Err(self.no_talk()),
        }
    }

    /// The person who has the conversation lets the machine go on.
    pub fn hand_off(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => Ok(Phase::HandedOff(HandedOff {
                by: talk.holder,
                answered_at: talk.answered_at,
                since: now,
                said_at: None,
                quiet_at: None,
            })),
            _ => Err(self.no_talk()),
        }
    }

    #[must_use]
    pub fn handed_off(&self) -> Option<HandedOff> {
        if let Phase::HandedOff(off) = self { Some(*off) } else { None }
    }

    /// The caller who was handed off wants a person again.
    pub fn want_person(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::HandedOff(off) => {
                Ok(Phase::Waiting { last: None, answered_at: Some(off.answered_at), since: now, offer: None })
            }
            _ => Err(Refusal::NotNow),
        }
    }

    /// The seat that had it is back before anybody took it: its conversation goes on.
    pub fn come_back(self) -> Result<Self, Refusal> {
        match self {
            Phase::Waiting { last: Some(talk), .. } => Ok(Phase::Talking(talk)),
            _ => Err(Refusal::NotNow),
        }
    }

    /// Answered, but the line did not come up: it rings for everybody again. `greeted`: what the machine said when it
    /// took the line.
    pub fn ring_again(self, greeted: Option<Prompt>) -> Result<Self, Refusal> {
        match self {
            Phase::Answering { .. } => Ok(match greeted {
                Some(prompt) => Phase::Listening(Listen::begin(prompt)),
                None => Phase::Ringing { offer: None },
            }),
            _ => Err(Refusal::NotNow),
        }
    }

    pub fn hold(self, on: bool) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => Ok(if on { Phase::Held(talk) } else { Phase::Talking(talk) }),
            _ => Err(self.no_talk()),
        }
    }

    pub fn mute(self, on: bool) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) => Ok(Phase::Talking(Talk { muted: on, ..talk })),
            Phase::Held(talk) => Ok(Phase::Held(Talk { muted: on, ..talk })),
            _ => Err(self.no_talk()),
        }
    }

    /// Another person goes on with a conversation.
    pub fn take_over(self, holder: Holder) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => Ok(Phase::Talking(Talk { holder, muted: false, ..talk })),
            Phase::Answering { .. } | Phase::Dialling { .. } | Phase::AtTelephone { .. } => Err(Refusal::CallTaken),
            Phase::Ringing { .. }
            | Phase::Listening(_)
            | Phase::Asking { .. }
            | Phase::HandedOff(_)
            | Phase::Waiting { .. } => Err(Refusal::NotAnswered),
            Phase::Closing { .. } | Phase::Wrap(_) => Err(Refusal::CallGone),
        }
    }

    /// The seat is gone, the line is not.
    pub fn lose_seat(self, now: Timestamp, greeted: Option<Prompt>) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => {
                let answered_at = Some(talk.answered_at);
                Ok(Phase::Waiting { last: Some(talk), answered_at, since: now, offer: None })
            }
            Phase::Answering { .. } => self.ring_again(greeted),
            _ => Err(Refusal::NotNow),
        }
    }

    /// Rings at this seat, or at none.
    pub fn ring_at(self, offer: Option<Offer>) -> Result<Self, Refusal> {
        match self {
            Phase::Ringing { .. } => Ok(Phase::Ringing { offer }),
            Phase::Listening(listen) => Ok(Phase::Listening(Listen { offer, ..listen })),
            Phase::Waiting { last, answered_at, since, .. } => Ok(Phase::Waiting { last, answered_at, since, offer }),
            _ => Err(Refusal::NotNow),
        }
    }

    /// The line is down.
    #[must_use]
    pub fn line_down(self, now: Timestamp) -> Down {
        match self {
            Phase::Ringing { .. }
            | Phase::Answering { .. }
            | Phase::Dialling { .. }
            | Phase::Listening(Listen { answered_at: None, .. })
            | Phase::Asking { .. }
            | Phase::Waiting { answered_at: None, .. } => Down::Unanswered,
            Phase::Talking(talk) | Phase::Held(talk) => {
                Down::Wrap(Wrap { holder: Some(talk.holder), answered_at: talk.answered_at, ended_at: now })
            }
            Phase::Waiting { answered_at: Some(answered_at), .. }
            | Phase::Listening(Listen { answered_at: Some(answered_at), .. })
            | Phase::AtTelephone { answered_at, .. }
            | Phase::HandedOff(HandedOff { answered_at, .. })
            | Phase::Closing { answered_at } => Down::Wrap(Wrap { holder: None, answered_at, ended_at: now }),
            Phase::Wrap(_) => Down::Already,
        }
    }

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
