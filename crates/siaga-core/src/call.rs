//! One call: what is known about it, which state it is in, and which transitions there are.
//!
//! The state is an enum that holds each state's data; a transition consumes it and gives the next one or a
//! [`Refusal`](crate::desk::Refusal). What can be derived (the seat of a call, its card) is never stored.

pub mod live;
mod phase;
mod prompt;

pub use phase::{Down, Holder, Offer, Phase, Talk, Wrap};
pub use prompt::{Prompt, Sound};

use crate::{
    ids::{CallId, CallbackId, IncidentId, UserId},
    limits::{EMERGENCY_WRAP_MS_MAX, UNDO_MS},
    screening::Verdict,
    time::Timestamp,
    view::desk::{CallCard, CallPhase, ClassChoice, Direction, Lane, Speech},
};
use std::sync::Arc;

/// What is known about a call from its first moment. Number and name are personal data: never logged.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    pub call: CallId,
    pub direction: Direction,
    /// E.164, where it could be read.
    pub number: Option<String>,
    pub number_raw: Option<String>,
    /// As shown.
    pub number_shown: Option<String>,
    pub display_name: Option<String>,
    pub sip_call_id: Option<String>,
    pub offered_at: Timestamp,
    /// `None`: the number's history is still being read. The call rings at no seat until then (20 ms).
    pub verdict: Option<Verdict>,
    /// The number's history in one sentence.
    pub history: String,
    pub real_before: bool,
    /// The call-back entry that an outgoing call serves.
    pub callback: Option<CallbackId>,
}

/// The class that somebody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub choice: ClassChoice,
    pub by: UserId,
    pub at: Timestamp,
}

impl Given {
    /// Until then one key takes it back.
    #[must_use]
    pub fn undo_until(&self) -> Timestamp {
        self.at.plus_ms(UNDO_MS)
    }
}

/// A call on the desk. Cheap to clone: the desk is copied before each input so that a fault can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub about: Arc<About>,
    pub phase: Phase,
    pub speech: Speech,
    pub given: Option<Given>,
    pub incident: Option<IncidentId>,
}

impl Call {
    #[must_use]
    pub fn new(about: About, phase: Phase) -> Self {
        Self { about: Arc::new(about), phase, speech: Speech::Unknown, given: None, incident: None }
    }

    #[must_use]
    pub fn lane(&self) -> Lane {
        self.about.verdict.as_ref().map_or(Lane::A, |verdict| verdict.lane)
    }

    /// Voice or noise now, or silent since when.
    pub fn hear(&mut self, now: Timestamp, sound: Sound) {
        self.speech = match (sound, self.speech) {
            (Sound::Voice, _) => Speech::Voice,
            (Sound::Noise, _) => Speech::Noise,
            (Sound::Silence, Speech::Silent { since }) => Speech::Silent { since },
            (Sound::Silence, _) => Speech::Silent { since: now },
        };
    }

    /// The line is down and its class needs nobody any more, undo apart. An emergency also needs its incident, or a
    /// while in which nobody sent one.
    #[must_use]
    pub fn is_settled(&self, now: Timestamp) -> bool {
        let (Phase::Wrap(wrap), Some(given)) = (&self.phase, &self.given) else { return false };
        given.choice.class != crate::class::Class::Emergency
            || self.incident.is_some()
            || now.ms_since(given.at.max(wrap.ended_at)) >= EMERGENCY_WRAP_MS_MAX
    }

    /// Nothing is left to do or to take back: the call leaves the desk.
    #[must_use]
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.is_settled(now) && self.given.as_ref().is_some_and(|given| now >= given.undo_until())
    }

    /// As a console shows it.
    #[must_use]
    pub fn card(&self, now: Timestamp) -> CallCard {
        let about = &self.about;
        let undo_until = self.given.as_ref().map(Given::undo_until).filter(|until| now < *until);
        CallCard {
            call_id: about.call,
            direction: about.direction,
            phase: self.phase.shown(),
            number: about.number_shown.clone(),
            offered_at: about.offered_at,
            answered_at: self.phase.answered_at(),
            ended_at: if let Phase::Wrap(wrap) = &self.phase { Some(wrap.ended_at) } else { None },
            seat: self.phase.seat(),
            lane: self.lane(),
            suspicion: about.verdict.as_ref().map_or(0, |verdict| verdict.suspicion),
            history: about.history.clone(),
            real_before: about.real_before,
            speech: self.speech,
            level_dbfs: None,
            keys: String::new(),
            blocked: false,
            silent_line: false,
            duress: false,
            why: String::new(),
            class: self.given.as_ref().map(|given| given.choice.clone()),
            undo_until,
            muted: matches!(&self.phase, Phase::Talking(talk) | Phase::Held(talk) if talk.muted),
            incident_id: self.incident,
        }
    }

    /// Nobody speaks with the caller and the line is up.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.phase.shown(), CallPhase::Ringing | CallPhase::Waiting)
            && !matches!(self.phase, Phase::Answering { .. })
    }
}
