//! Who is offered to whom: the longest idle ready seat gets the call at the head of the queue.
//!
//! Lane A stands before lane B. Lane B waits at most a minute and then joins A at that moment, so that nobody of A who
//! came before is passed. While more than one seat is staffed, one is kept for A.

use crate::{
    ids::{CallId, SeatId},
    limits::LANE_B_MS_MAX,
    time::Timestamp,
    view::desk::Lane,
};
use serde::{Deserialize, Serialize};

/// The numbers that the queue works with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QueuePolicy {
    /// With no seat free the machine answers, greets and listens after this long (ms); absent: it never does.
    pub listen_after_ms: Option<i64>,
    /// Lane B waits at most this long (ms) and then joins lane A.
    pub lane_b_ms_max: i64,
    /// Seats kept for lane A while more than one is staffed.
    pub kept_for_lane_a: usize,
}

impl Default for QueuePolicy {
    fn default() -> Self {
        Self { listen_after_ms: Some(3_000), lane_b_ms_max: LANE_B_MS_MAX, kept_for_lane_a: 1 }
    }
}

/// A call with nobody on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub call: CallId,
    pub lane: Lane,
    pub offered_at: Timestamp,
    pub place: Place,
}

/// Where a call stands regardless of its lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Spoke with a person already and lost the seat: before everybody.
    Head,
    Ordinary,
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
}

/// How the seats stand, for keeping one for lane A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// Seats with a person who takes calls, busy or not.
    pub staffed: usize,
    /// Of these, ringing or talking with lane B.
    pub with_lane_b: usize,
}

impl Waiting {
    /// The lane that counts now.
    #[must_use]
    pub fn lane_now(&self, now: Timestamp) -> Lane {
        if self.place == Place::Head || now.ms_since(self.offered_at) >= LANE_B_MS_MAX { Lane::A } else { self.lane }
    }

    fn rank(&self, now: Timestamp) -> (Place, Lane, Timestamp, CallId) {
        let lane = self.lane_now(now);
        let joined = if self.lane == Lane::B && lane == Lane::A && self.place == Place::Ordinary {
            self.offered_at.plus_ms(LANE_B_MS_MAX)
        } else {
            self.offered_at
        };
        (self.place, lane, joined, self.call)
    }
}

/// First to be answered first.
pub fn order(waiting: &mut [Waiting], now: Timestamp) {
    waiting.sort_by_key(|call| call.rank(now));
}

/// Pairs calls with seats. Calls that get none keep ringing.
#[must_use]
pub fn assign(
    mut waiting: Vec<Waiting>,
    mut free: Vec<FreeSeat>,
    mut staff: Staff,
    now: Timestamp,
) -> Vec<(CallId, SeatId)> {
    order(&mut waiting, now);
    free.sort_by_key(|seat| (seat.readiness, seat.idle_since, seat.seat));
    let mut free = free.into_iter();
    let mut pairs = Vec::new();
    for call in waiting {
        let lane_b = call.lane_now(now) == Lane::B;
        if lane_b && staff.staffed > 1 && staff.with_lane_b + 1 >= staff.staffed {
            // All that follow are lane B too.
            break;
        }
        let Some(seat) = free.next() else { break };
        staff.with_lane_b += usize::from(lane_b);
        pairs.push((call.call, seat.seat));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_790_000_000_000_000);

    fn call(number: u128, lane: Lane, waited_ms: i64, place: Place) -> Waiting {
        Waiting { call: CallId(Uuid::from_u128(number)), lane, offered_at: NOW.plus_ms(-waited_ms), place }
    }

    fn seat(number: u16, idle_ms: i64, readiness: Readiness) -> FreeSeat {
        FreeSeat { seat: SeatId(number), readiness, idle_since: NOW.plus_ms(-idle_ms) }
    }

    fn check(waiting: &[Waiting], free: &[FreeSeat], staffed: usize, with_lane_b: usize, expected: &[(u128, u16)]) {
        let pairs = assign(waiting.to_vec(), free.to_vec(), Staff { staffed, with_lane_b }, NOW);
        let pairs: Vec<_> = pairs.into_iter().map(|(call, seat)| (call.0.as_u128(), seat.0)).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn the_longest_idle_seat_gets_the_head_of_the_queue() {
        use Place::{Head, Ordinary};
        use Readiness::{Ready, Settling};
        let two = [seat(1, 100, Ready), seat(2, 900, Ready)];
        let (a1, a2) = (call(1, Lane::A, 5_000, Ordinary), call(2, Lane::A, 1_000, Ordinary));
        check(&[], &two, 2, 0, &[]);
        check(&[a1], &[], 2, 0, &[]);
        check(&[a2, a1], &two, 2, 0, &[(1, 2), (2, 1)]);
        check(&[a1], &[seat(1, 900, Settling), seat(2, 1, Ready)], 2, 0, &[(1, 2)]);
        check(&[a1, call(9, Lane::A, 100, Head)], &two[..1], 2, 0, &[(9, 1)]);
    }

    #[test]
    fn lane_b_stands_behind_and_leaves_one_seat() {
        use Place::Ordinary;
        use Readiness::Ready;
        let two = [seat(1, 100, Ready), seat(2, 900, Ready)];
        let (b1, b2) = (call(1, Lane::B, 50_000, Ordinary), call(2, Lane::B, 40_000, Ordinary));
        let a = call(3, Lane::A, 10, Ordinary);
        check(&[b1, a], &two[..1], 2, 0, &[(3, 1)]);
        // Two seats: one of them for lane B, the other stays free.
        check(&[b1, b2], &two, 2, 0, &[(1, 2)]);
        check(&[b1], &two[..1], 2, 1, &[]);
        check(&[b1, a], &two, 2, 0, &[(3, 2), (1, 1)]);
        // Alone at night: lane B too.
        check(&[b1], &two[..1], 1, 0, &[(1, 1)]);
        // After a minute it is lane A, behind who was there at that moment.
        let old = call(4, Lane::B, 61_000, Ordinary);
        check(&[old], &two[..1], 2, 1, &[(4, 1)]);
        check(&[old, call(5, Lane::A, 2_000, Ordinary)], &two[..1], 2, 1, &[(5, 1)]);
        check(&[old, call(5, Lane::A, 500, Ordinary)], &two[..1], 2, 1, &[(4, 1)]);
    }
}
