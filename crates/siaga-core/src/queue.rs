//! Who is offered to whom: the head of the queue to a free seat, and why.
//!
//! Lane A stands before lane B; who is heard stands before who is silent; a silent call slides back at most half a
//! minute. Lane B waits at most a minute and then joins A at that moment, so that nobody of A who came before is
//! passed. While more than one seat is staffed, one is kept for A. Nothing here can refuse or end a call.

mod overflow;
mod policy;
mod why;

pub use overflow::{OverflowPolicy, Telephone};
pub use policy::QueuePolicy;
pub use why::{Chosen, Next, Why};

use crate::{
    ids::{CallId, SeatId},
    time::Timestamp,
    view::desk::Lane,
};

/// A call with nobody on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub call: CallId,
    pub lane: Lane,
    pub offered_at: Timestamp,
    pub place: Place,
    /// Not simulated. A real caller is never behind a simulated one.
    pub real: bool,
    pub standing: Standing,
    /// The seat whose person spoke with this number a short while ago.
    pub prefers: Option<SeatId>,
    /// The seat whose person handed this caller off a moment ago.
    pub avoids: Option<SeatId>,
}

/// Where a call stands regardless of its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Spoke with a person already and lost the seat, or was called back and needs help: before everybody.
    Head,
    Ordinary,
}

/// What is heard of who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A voice, a key, a tap, a breath.
    Heard,
    /// The line is not up, or not for long.
    Unknown,
    Silent {
        since: Timestamp,
    },
}

/// A seat that can take a call now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeSeat {
    pub seat: SeatId,
    pub readiness: Readiness,
    pub idle_since: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readiness {
    Ready,
    /// Just classed a call, may still want to take it back: asked after all others.
    Settling,
    /// Writes up a simulated call: takes a real one all the same, and no other of the drill.
    Drilling,
}

/// How the seats stand, for keeping some for lane A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Seats with a person who takes calls, busy or not.
    pub staffed: usize,
    /// Of these, ringing or talking with lane B.
    pub with_lane_b: usize,
}

/// The order of the queue, first group first; inside a group by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Head,
    HeardA,
    /// Not listened to yet, or silent and slid back as far as one slides.
    PlainA,
    HeardB,
    SilentA,
    PlainB,
    SilentB,
    /// Whatever is heard of who is simulated.
    Drill,
}

impl Waiting {
    /// When lane B counts as lane A.
    fn joins_a_at(&self, policy: &QueuePolicy) -> Timestamp {
        let heard = self.standing == Standing::Heard;
        let bound = if heard { policy.lane_b_heard_ms_max.min(policy.lane_b_ms_max) } else { policy.lane_b_ms_max };
        self.offered_at.plus_ms(bound)
    }

    /// The lane that counts now.
    #[must_use]
    pub fn lane_now(&self, policy: &QueuePolicy, now: Timestamp) -> Lane {
        if self.place == Place::Head || now >= self.joins_a_at(policy) { Lane::A } else { self.lane }
    }

    fn rank(&self, policy: &QueuePolicy, now: Timestamp) -> (Group, Timestamp, CallId) {
        if !self.real {
            return (Group::Drill, self.offered_at, self.call);
        }
        let lane = self.lane_now(policy, now);
        let joined = if self.lane == Lane::B && lane == Lane::A && self.place == Place::Ordinary {
            self.joins_a_at(policy)
        } else {
            self.offered_at
        };
        let (group, at) = match (self.place, self.standing, lane) {
            (Place::Head, ..) => (Group::Head, self.offered_at),
            (_, Standing::Heard, Lane::A) => (Group::HeardA, joined),
            (_, Standing::Heard, Lane::B) => (Group::HeardB, joined),
            (_, Standing::Unknown, Lane::A) => (Group::PlainA, joined),
            (_, Standing::Unknown, Lane::B) => (Group::PlainB, joined),
            (_, Standing::Silent { since }, lane) => {
                let slid = now.ms_since(since) >= policy.silent_slide_ms;
                let group = match (lane, slid) {
                    (Lane::A, true) => Group::PlainA,
                    (Lane::A, false) => Group::SilentA,
                    (Lane::B, true) => Group::PlainB,
                    (Lane::B, false) => Group::SilentB,
                };
                (group, joined.plus_ms(policy.silent_slide_ms))
            }
        };
        (group, at, self.call)
    }

    /// It rings somewhere and nobody took it yet: whether `other`, which rings nowhere, gets its seat. Only lane B and
    /// silent calls make room, and only for lane A.
    #[must_use]
    pub fn makes_room_for(&self, other: &Self, policy: &QueuePolicy, now: Timestamp) -> bool {
        if !self.real || !other.real {
            return !self.real && other.real;
        }
        let (mine, its) = (self.rank(policy, now).0, other.rank(policy, now).0);
        let silent = matches!(self.standing, Standing::Silent { .. });
        its <= Group::PlainA && its < mine && (mine > Group::PlainA || silent)
    }

    fn next(&self, policy: &QueuePolicy, now: Timestamp) -> Next {
        match self.rank(policy, now).0 {
            Group::Drill => Next::Drill,
            Group::Head => Next::Head,
            _ if self.lane == Lane::B && self.lane_now(policy, now) == Lane::A => Next::WaitedOutB,
            Group::HeardA | Group::HeardB => Next::Heard,
            Group::SilentA | Group::SilentB => Next::Silent,
            Group::PlainA | Group::PlainB if matches!(self.standing, Standing::Silent { .. }) => Next::Slid,
            Group::PlainA => Next::LongestA,
            Group::PlainB => Next::LongestB,
        }
    }
}

/// First to be answered first.
pub fn order(waiting: &mut [Waiting], policy: &QueuePolicy, now: Timestamp) {
    waiting.sort_by_cached_key(|call| call.rank(policy, now));
}

/// Pairs calls with seats. Calls that get none keep waiting.
#[must_use]
pub fn assign(
    mut waiting: Vec<Waiting>,
    mut free: Vec<FreeSeat>,
    mut staff: Staff,
    policy: &QueuePolicy,
    now: Timestamp,
) -> Vec<(CallId, SeatId, Why)> {
    order(&mut waiting, policy, now);
    free.sort_by_key(|seat| (seat.readiness, seat.idle_since, seat.seat));
    let mut pairs = Vec::new();
    let mut real_waits = false;
    for call in waiting {
        if free.is_empty() {
            break;
        }
        if !call.real && real_waits {
            break;
        }
        let lane_b = call.lane_now(policy, now) == Lane::B;
        if lane_b && staff.staffed > 1 && staff.with_lane_b + 1 + policy.kept_for_lane_a > staff.staffed {
            real_waits |= call.real;
            continue;
        }
        let known = free.iter().position(|one| Some(one.seat) == call.prefers && one.readiness == Readiness::Ready);
        let fits =
            |one: &FreeSeat| Some(one.seat) != call.avoids && (call.real || one.readiness != Readiness::Drilling);
        let Some(index) = known.or(free.iter().position(fits)) else {
            real_waits |= call.real;
            continue;
        };
        let chosen = match known {
            Some(_) => Chosen::SameCallTaker,
            None if free.len() == 1 => Chosen::OnlyFree,
            None => Chosen::LongestIdle,
        };
        let seat = free.remove(index);
        staff.with_lane_b += usize::from(lane_b);
        pairs.push((call.call, seat.seat, Why { next: call.next(policy, now), chosen }));
    }
    pairs
}

#[cfg(test)]
mod tests;
