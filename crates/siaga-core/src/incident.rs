//! Incidents and assignments: their states, and which step may follow which (`state.rs` for the incident itself).
//!
//! A transition consumes the state and gives the next one or says why not. Steps may be skipped forward (a crew that
//! taps *tiba* first has no *berangkat* time, and none is invented) and never go back.

mod info;
mod share;
pub mod similar;
mod state;

pub use info::info_kejadian;
pub use share::{SHARED_BY_DEFAULT, SharedField, shared, shared_notes, shares_lines};
pub use state::{
    ChangeRefused, CloseRefused, Incident, Merging, OpenAssignments, Prominence, Running, may_leave, reason,
};

use crate::{time::Timestamp, view::incident::AssignmentState};

/// One agency on one incident: state and the times that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub state: AssignmentState,
    pub sent_at: Timestamp,
    pub acknowledged_at: Option<Timestamp>,
    pub en_route_at: Option<Timestamp>,
    pub on_scene_at: Option<Timestamp>,
    /// Done, nothing found or cancelled.
    pub done_at: Option<Timestamp>,
}

/// Why a step was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepRefused {
    #[error("penugasan sudah selesai")]
    Ended,
    #[error("langkah ini sudah dilewati")]
    Backward,
}

/// What a step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    Moved(Assignment),
    /// It stands there already: the same tap twice.
    Unchanged(Assignment),
}

impl Assignment {
    #[must_use]
    pub fn sent(at: Timestamp) -> Self {
        Self {
            state: AssignmentState::Sent,
            sent_at: at,
            acknowledged_at: None,
            en_route_at: None,
            on_scene_at: None,
            done_at: None,
        }
    }

    /// Goes to `to` at the time of the tap, which may lie before now: telephones queue taps where there is no signal.
    pub fn step(self, to: AssignmentState, at: Timestamp) -> Result<Stepped, StepRefused> {
        if self.state == to {
            return Ok(Stepped::Unchanged(self));
        }
        if is_ended(self.state) {
            return Err(StepRefused::Ended);
        }
        if rank(to) <= rank(self.state) {
            return Err(StepRefused::Backward);
        }
        let mut next = Self { state: to, ..self };
        match to {
            // rank() has refused it above
            AssignmentState::Sent => return Err(StepRefused::Backward),
            AssignmentState::Acknowledged => next.acknowledged_at = Some(at),
            AssignmentState::EnRoute => next.en_route_at = Some(at),
            AssignmentState::OnScene => next.on_scene_at = Some(at),
            AssignmentState::Done | AssignmentState::NothingFound | AssignmentState::Cancelled => {
                next.done_at = Some(at)
            }
        }
        Ok(Stepped::Moved(next))
    }

    /// The time of a tap by our clock: what the telephone's clock says is moved by how far it is off when it sends
    /// (`clock`). Within sane bounds: not before the last known step, not in the future.
    #[must_use]
    pub fn tap_time(&self, tapped: Option<Timestamp>, clock: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let off = clock.map_or(0, |clock| now.0.saturating_sub(clock.0));
        let tapped = tapped.map(|tapped| Timestamp(tapped.0.saturating_add(off)));
        let known = [Some(self.sent_at), self.acknowledged_at, self.en_route_at, self.on_scene_at, self.done_at];
        let last = known.into_iter().flatten().max().unwrap_or(self.sent_at).min(now);
        tapped.unwrap_or(now).clamp(last, now)
    }

    #[must_use]
    pub fn is_ended(&self) -> bool {
        is_ended(self.state)
    }

    /// Sent, and nobody has said that it arrived.
    #[must_use]
    pub fn is_unacknowledged(&self) -> bool {
        self.state == AssignmentState::Sent
    }

    /// What a responder may tap now. Cancelling is the dispatcher's.
    #[must_use]
    pub fn responder_next(&self) -> Vec<AssignmentState> {
        use AssignmentState as S;
        let steps = [S::Acknowledged, S::EnRoute, S::OnScene, S::Done, S::NothingFound];
        steps.into_iter().filter(|to| !self.is_ended() && rank(*to) > rank(self.state)).collect()
    }
}

fn is_ended(state: AssignmentState) -> bool {
    rank(state) == rank(AssignmentState::Done)
}

fn rank(state: AssignmentState) -> u8 {
    match state {
        AssignmentState::Sent => 0,
        AssignmentState::Acknowledged => 1,
        AssignmentState::EnRoute => 2,
        AssignmentState::OnScene => 3,
        AssignmentState::Done | AssignmentState::NothingFound | AssignmentState::Cancelled => 4,
    }
}

#[cfg(test)]
mod tests;
