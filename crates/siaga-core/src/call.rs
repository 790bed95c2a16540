//! One call: what is known about it, which state it is in, and which transitions there are.
//!
//! The state is an enum that holds each state's data; a transition consumes it and gives the next one or a
//! [`Refusal`](crate::desk::Refusal). What can be derived (the seat of a call, its card) is never stored.

mod card;
pub mod correction;
pub mod live;
mod phase;
mod prompt;
mod supervision;
mod transition;
pub mod waits_for;

pub use phase::{Down, HandedOff, Holder, Listen, Offer, Phase, Talk, Wrap};
pub use prompt::{Prompt, Sound};
pub use supervision::{Supervision, Supervisor};

use crate::{
    drill::DrillMark,
    ids::{CallId, CallbackId, IncidentId, UserId},
    limits::{EMERGENCY_WRAP_MS_MAX, KEYS_SHOWN_MAX, SAYING_MS_MAX, UNDO_MS},
    location::Located,
    queue::{Place, QueuePolicy, Standing},
    screening::{Heard, Signal, Verdict},
    time::Timestamp,
    view::desk::{ClassChoice, Direction, Lane, Speech},
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
    /// Measured before anything was heard.
    pub signals: Vec<Signal>,
    /// The number's history in one sentence.
    pub history: String,
    pub real_before: bool,
    /// The call-back entry that an outgoing call serves.
    pub callback: Option<CallbackId>,
    /// It is a call of a drill.
    pub drill: Option<DrillMark>,
}

impl About {
    /// The number under which its caller is known and called back; a simulated one is neither.
    #[must_use]
    pub fn known_number(&self) -> Option<&str> {
        self.number.as_deref().filter(|_| self.drill.is_none())
    }
}

/// The class that somebody gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub choice: ClassChoice,
    pub by: UserId,
    pub at: Timestamp,
    /// What it had been until then: taking this one back leaves that. As far back as steps can still be taken back.
    pub before: Option<Box<Given>>,
}

impl Given {
    /// In place of what was given `before`. The same class again while it can be taken back is one step with it.
    #[must_use]
    pub fn over(before: Option<Self>, choice: ClassChoice, by: UserId, at: Timestamp) -> Self {
        let before = before.and_then(|before| {
            if before.choice == choice && at < before.undo_until() {
                before.before
            } else {
                let earlier = if at < before.undo_until() { before.before } else { None };
                Some(Box::new(Self { before: earlier, ..before }))
            }
        });
        Self { choice, by, at, before }
    }

    /// Until then one key takes it back.
    #[must_use]
    pub fn undo_until(&self) -> Timestamp {
        self.at.plus_ms(UNDO_MS)
    }
}

/// A sign of a person on a line that the machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The strongest so far.
    pub strongest: Heard,
    /// The newest.
    pub at: Timestamp,
}

/// A caller who was handed off and wants a person again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// Who had handed them off.
    pub from: Holder,
    pub at: Timestamp,
}

/// A call on the desk. Cheap to clone: the desk is copied before each input so that a fault can be undone.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub about: Arc<About>,
    /// `None`: the number's history is still being read. The call rings at no seat until then (20 ms).
    pub verdict: Option<Arc<Verdict>>,
    pub phase: Phase,
    pub speech: Speech,
    pub level_dbfs: Option<i8>,
    /// Keys of the caller's telephone, oldest first.
    pub keys: String,
    /// What the machine said when it took the line, if it did.
    pub greeted: Option<Prompt>,
    /// Heard since the machine has the line.
    pub evidence: Option<Evidence>,
    /// Was handed off, wants a person again, and nobody took it since.
    pub back: Option<Back>,
    /// Telephones outside that it rang at so far.
    pub rang_outside: usize,
    /// A sound or a key ever came from the caller.
    pub gave_sign: bool,
    /// Asked last by keypad script, then.
    pub asked_at: Option<Timestamp>,
    /// The machine listened long enough to say that the line is silent.
    pub silent_since: Option<Timestamp>,
    /// A person marked that the caller cannot speak freely, then.
    pub duress_at: Option<Timestamp>,
    /// Where the caller is, as far as anything told it.
    pub position: Option<Located>,
    /// Something came over the location link, last then.
    pub sent_at: Option<Timestamp>,
    pub given: Option<Given>,
    pub incident: Option<IncidentId>,
    /// A shift lead who hears it, or speaks in it.
    pub supervisor: Option<Supervisor>,
}

impl Call {
    #[must_use]
    pub fn new(about: About, phase: Phase) -> Self {
        Self {
            about: Arc::new(about),
            verdict: None,
            phase,
            speech: Speech::Unknown,
            level_dbfs: None,
            keys: String::new(),
            greeted: None,
            evidence: None,
            back: None,
            rang_outside: 0,
            gave_sign: false,
            asked_at: None,
            silent_since: None,
            duress_at: None,
            position: None,
            sent_at: None,
            given: None,
            incident: None,
            supervisor: None,
        }
    }

    #[must_use]
    pub fn lane(&self) -> Lane {
        self.verdict.as_ref().map_or(Lane::A, |verdict| verdict.lane)
    }

    /// Voice or noise now, or silent since when.
    pub fn hear(&mut self, now: Timestamp, sound: Sound, level_dbfs: i8) {
        self.level_dbfs = Some(level_dbfs);
        self.gave_sign |= sound != Sound::Silence;
        self.speech = match (sound, self.speech) {
            (Sound::Voice, _) => Speech::Voice,
            (Sound::Noise, _) => Speech::Noise,
            (Sound::Silence, Speech::Silent { since }) => Speech::Silent { since },
            (Sound::Silence, _) => Speech::Silent { since: now },
        };
    }

    pub fn press(&mut self, digit: char) {
        self.gave_sign = true;
        if self.keys.len() < KEYS_SHOWN_MAX && digit.is_ascii() {
            self.keys.push(digit);
        }
    }

    /// The machine has the line and it is up.
    #[must_use]
    pub fn listening(&self) -> Option<(Listen, Timestamp)> {
        match self.phase {
            Phase::Listening(listen) => listen.up_at.map(|up_at| (listen, up_at)),
            _ => None,
        }
    }

    /// Since when the machine only listens and nothing was heard; in the future while it speaks.
    #[must_use]
    pub fn quiet_since(&self) -> Option<Timestamp> {
        let (listen, up_at) = self.listening()?;
        let spoken = listen.said_at.unwrap_or_else(|| up_at.plus_ms(SAYING_MS_MAX));
        Some(self.evidence.map_or(spoken, |evidence| evidence.at.max(spoken)))
    }

    /// The line is up, nobody is on it, and nothing that points to a person was heard for long.
    #[must_use]
    pub fn is_silent_line(&self, policy: &QueuePolicy, now: Timestamp) -> bool {
        self.listening().is_some_and(|(listen, up_at)| {
            let long = now.ms_since(up_at) >= policy.silent_line_after_ms;
            listen.is_settled() || self.is_left() || (self.evidence.is_none() && long)
        })
    }

    /// A person answered, had its caller asked, and left it to the machine.
    #[must_use]
    pub fn was_left(&self) -> bool {
        self.listening().is_some_and(|(listen, _)| listen.answered_at.is_some())
    }

    /// The same, and nothing was heard since: nobody's hands are needed until its caller gives a sign or a person ends it.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.was_left() && self.evidence.is_none()
    }

    /// The line is up and nothing ever came from the caller: whoever ends it ends somebody whom nobody heard.
    #[must_use]
    pub fn is_unheard(&self) -> bool {
        !self.gave_sign && (self.listening().is_some() || matches!(self.phase, Phase::Talking(_) | Phase::Held(_)))
    }

    #[must_use]
    pub fn standing(&self) -> Standing {
        match (self.evidence, self.silent_since) {
            (Some(_), _) => Standing::Heard,
            (None, Some(since)) => Standing::Silent { since },
            (None, None) => Standing::Unknown,
        }
    }

    #[must_use]
    pub fn place(&self) -> Place {
        match self.phase {
            // As if they had called anew: a key is no way past who waits.
            Phase::Waiting { .. } if self.back.is_some() => Place::Ordinary,
            Phase::Waiting { .. } => Place::Head,
            // Whom we called, and whom a person had answered before: they have waited for somebody once already.
            Phase::Listening(listen)
                if self.evidence.is_some()
                    && (self.about.direction == Direction::CallBack || listen.answered_at.is_some()) =>
            {
                Place::Head
            }
            _ => Place::Ordinary,
        }
    }

    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.about.signals.contains(&Signal::Blocked)
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

    /// Nobody speaks with the caller, who wants somebody.
    #[must_use]
    pub fn waits(&self) -> bool {
        match self.phase {
            Phase::Ringing { .. } | Phase::Waiting { .. } => true,
            Phase::Listening(listen) => !listen.is_settled() && !self.is_left(),
            _ => false,
        }
    }

    /// Since when nobody speaks with the caller.
    #[must_use]
    pub fn waits_since(&self) -> Timestamp {
        match (self.phase, self.evidence) {
            (Phase::Waiting { since, .. }, _) => since,
            (Phase::Listening(Listen { answered_at: Some(_), .. }), Some(evidence)) => evidence.at,
            _ => self.about.offered_at,
        }
    }

    /// It waits and may ring at a seat now: who must hear something first has heard it, or gave a sign.
    #[must_use]
    pub fn may_ring(&self, policy: &QueuePolicy, now: Timestamp) -> bool {
        if !self.waits() || self.verdict.is_none() {
            return false;
        }
        let Phase::Listening(listen) = self.phase else { return true };
        let must_hear = matches!(listen.prompt, Prompt::Challenge | Prompt::CallBackMenu);
        if !must_hear || self.evidence.is_some() {
            return true;
        }
        match (listen.prompt, listen.said_at, listen.up_at) {
            // Called back and silent: a person listens, once it is clear that nobody speaks or presses.
            (Prompt::CallBackMenu, ..) => self.silent_since.is_some() || self.is_silent_line(policy, now),
            (_, Some(_), _) => true,
            (_, None, Some(up_at)) => now.ms_since(up_at) >= SAYING_MS_MAX,
            // The line does not come up: it rings like any other.
            (_, None, None) => now.ms_since(self.about.offered_at) >= SAYING_MS_MAX,
        }
    }
}
