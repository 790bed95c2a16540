//! The states of a call and the ways between them. A refused transition leaves the caller's copy as it was.

use crate::{
    desk::Refusal,
    ids::{SeatId, StationId, UserId},
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
}

/// A conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Talk {
    pub holder: Holder,
    pub answered_at: Timestamp,
    pub muted: bool,
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
    Talking(Talk),
    Held(Talk),
    /// Its seat is gone; the caller hears us and waits at the head of the queue.
    /// `answered_at` is `None` where the line came up and no person has spoken yet.
    Waiting {
        answered_at: Option<Timestamp>,
        since: Timestamp,
        offer: Option<Offer>,
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
            Phase::Ringing { .. } => Ok(Phase::Answering { holder, station }),
            Phase::Waiting { answered_at, .. } => {
                let answered_at = answered_at.unwrap_or(holder.since);
                Ok(Phase::Talking(Talk { holder, answered_at, muted: false }))
            }
            Phase::Answering { .. } | Phase::Dialling { .. } | Phase::Talking(_) | Phase::Held(_) => {
                Err(Refusal::CallTaken)
            }
            Phase::Wrap(_) => Err(Refusal::CallGone),
        }
    }

    /// The line is up. Where nobody holds it any more it waits for the next seat.
    pub fn line_up(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Answering { holder, .. } | Phase::Dialling { holder, .. } => {
                Ok(Phase::Talking(Talk { holder, answered_at: now, muted: false }))
            }
            Phase::Ringing { .. } => Ok(Phase::Waiting { answered_at: None, since: now, offer: None }),
            Phase::Talking(_) | Phase::Held(_) | Phase::Waiting { .. } | Phase::Wrap(_) => Err(Refusal::NotNow),
        }
    }

    /// Answered, but the line did not come up: it rings for everybody again.
    pub fn ring_again(self) -> Result<Self, Refusal> {
        match self {
            Phase::Answering { .. } => Ok(Phase::Ringing { offer: None }),
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
            Phase::Answering { .. } | Phase::Dialling { .. } => Err(Refusal::CallTaken),
            Phase::Ringing { .. } | Phase::Waiting { .. } => Err(Refusal::NotAnswered),
            Phase::Wrap(_) => Err(Refusal::CallGone),
        }
    }

    /// The seat is gone, the line is not.
    pub fn lose_seat(self, now: Timestamp) -> Result<Self, Refusal> {
        match self {
            Phase::Talking(talk) | Phase::Held(talk) => {
                Ok(Phase::Waiting { answered_at: Some(talk.answered_at), since: now, offer: None })
            }
            Phase::Answering { .. } => Ok(Phase::Ringing { offer: None }),
            Phase::Dialling { .. } | Phase::Ringing { .. } | Phase::Waiting { .. } | Phase::Wrap(_) => {
                Err(Refusal::NotNow)
            }
        }
    }

    /// Rings at this seat, or at none.
    pub fn ring_at(self, offer: Option<Offer>) -> Result<Self, Refusal> {
        match self {
            Phase::Ringing { .. } => Ok(Phase::Ringing { offer }),
            Phase::Waiting { answered_at, since, .. } => Ok(Phase::Waiting { answered_at, since, offer }),
            _ => Err(Refusal::NotNow),
        }
    }

    /// The line is down.
    #[must_use]
    pub fn line_down(self, now: Timestamp) -> Down {
        match self {
            Phase::Ringing { .. } | Phase::Answering { .. } | Phase::Dialling { .. } => Down::Unanswered,
            Phase::Talking(talk) | Phase::Held(talk) => {
                Down::Wrap(Wrap { holder: Some(talk.holder), answered_at: talk.answered_at, ended_at: now })
            }
            Phase::Waiting { answered_at: Some(answered_at), .. } => {
                Down::Wrap(Wrap { holder: None, answered_at, ended_at: now })
            }
            Phase::Waiting { answered_at: None, .. } => Down::Unanswered,
            Phase::Wrap(_) => Down::Already,
        }
    }

    /// Why a command for a conversation does not fit.
    #[must_use]
    pub fn no_talk(&self) -> Refusal {
        match self {
            Phase::Wrap(_) => Refusal::CallGone,
            Phase::Talking(_) | Phase::Held(_) => Refusal::NotYourCall,
            Phase::Ringing { .. } | Phase::Answering { .. } | Phase::Dialling { .. } | Phase::Waiting { .. } => {
                Refusal::NotAnswered
            }
        }
    }

    /// Who has the call, in conversation or in wrap.
    #[must_use]
    pub fn holder(&self) -> Option<Holder> {
        match self {
            Phase::Answering { holder, .. } | Phase::Dialling { holder, .. } => Some(*holder),
            Phase::Talking(talk) | Phase::Held(talk) => Some(talk.holder),
            Phase::Wrap(wrap) => wrap.holder,
            Phase::Ringing { .. } | Phase::Waiting { .. } => None,
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
            Phase::Ringing { offer } | Phase::Waiting { offer, .. } => *offer,
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
            Phase::Waiting { answered_at, .. } => *answered_at,
            Phase::Wrap(wrap) => Some(wrap.answered_at),
            Phase::Ringing { .. } | Phase::Answering { .. } | Phase::Dialling { .. } => None,
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
            Phase::Waiting { .. } => CallPhase::Waiting,
            Phase::Wrap(_) => CallPhase::Wrap,
        }
    }
}
