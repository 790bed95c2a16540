//! The ways between the states of a call. A refused transition leaves the caller's copy as it was.

use super::{
    phase::{Down, HandedOff, Holder, Listen, Offer, Phase, Talk, Wrap},
    prompt::Prompt,
};
use crate::{
    desk::Refusal,
    ids::{CallId, StationId},
    time::Timestamp,
};

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
}
