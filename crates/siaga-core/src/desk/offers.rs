//! Who rings where: takes no input, looks at the desk and mends it.

use super::{Step, seat::Seat};
use crate::{
    call::{Offer, Phase, live::Fact},
    ids::{CallId, SeatId},
    limits::OFFER_MS_MAX,
    queue::{FreeSeat, Readiness, Staff, Waiting, assign, order},
    view::desk::Lane,
};
use std::{collections::BTreeMap, sync::Arc};

/// What a seat is busy with.
#[derive(Clone, Copy, Default)]
struct Busy {
    line: Option<CallId>,
    wrap: Option<CallId>,
    ringing: Option<CallId>,
}

impl Step<'_> {
    pub(super) fn offers(&mut self) {
        self.withdraw_offers();
        self.offer();
        if self.make_room() {
            self.offer();
        }
    }

    /// All seats' hands in one look over the calls.
    fn hands(&self) -> BTreeMap<SeatId, Busy> {
        let mut hands: BTreeMap<SeatId, Busy> = BTreeMap::new();
        for (id, call) in &self.desk.calls {
            if let Some(offer) = call.phase.offer() {
                hands.entry(offer.seat).or_default().ringing.get_or_insert(*id);
            } else if let Phase::Wrap(wrap) = call.phase {
                if let Some(holder) = wrap.holder {
                    hands.entry(holder.seat).or_default().wrap.get_or_insert(*id);
                }
            } else if let Some(holder) = call.phase.on_line() {
                hands.entry(holder.seat).or_default().line.get_or_insert(*id);
            }
        }
        hands
    }

    /// A seat can be offered a call: there, awake, hands free.
    fn can_take(&self, seat: &Seat, busy: Busy) -> bool {
        // Nobody real waits for paperwork about a simulated caller.
        let wrap_is_settled = busy
            .wrap
            .and_then(|call| self.desk.calls.get(&call))
            .is_none_or(|call| call.is_settled(self.now) || call.about.drill.is_some());
        seat.is_reachable(self.now) && seat.paused_since.is_none() && busy.line.is_none() && wrap_is_settled
    }

    /// What rings at a seat that cannot take it, or too long while another could, rings elsewhere.
    fn withdraw_offers(&mut self) {
        let now = self.now;
        let hands = self.hands();
        let busy = |id: &SeatId| hands.get(id).copied().unwrap_or_default();
        let able = |id: &SeatId| self.desk.seats.get(id).is_some_and(|seat| self.can_take(seat, busy(id)));
        let others_free = self.desk.seats.keys().any(|id| able(id) && busy(id).ringing.is_none());
        let mut withdrawn = Vec::new();
        for (id, call) in &self.desk.calls {
            let Some(offer) = call.phase.offer() else { continue };
            let missed = others_free && now.ms_since(offer.since) >= OFFER_MS_MAX;
            let second = busy(&offer.seat).ringing != Some(*id);
            if missed || second || !call.may_ring(&self.desk.policy.queue, now) || !able(&offer.seat) {
                withdrawn.push((*id, missed.then_some(offer.seat)));
            }
        }
        for (id, missed_at) in withdrawn {
            self.ring_at(id, None);
            if let Some(seat) = missed_at.and_then(|seat| self.desk.seats.get_mut(&seat)) {
                seat.idle_since = now;
            }
        }
    }

    fn ring_at(&mut self, id: CallId, offer: Option<Offer>) {
        if let Some(call) = self.desk.calls.get_mut(&id)
            && let Ok(phase) = call.phase.ring_at(offer)
        {
            call.phase = phase;
        }
    }

    /// Each with whether it rings somewhere.
    fn waiting(&self) -> Vec<(Waiting, bool)> {
        let now = self.now;
        let queue = &self.desk.policy.queue;
        let waits = self.desk.calls.iter().filter(|(_, call)| call.may_ring(queue, now));
        waits
            .map(|(id, call)| {
                let known = call.about.known_number().filter(|_| call.back.is_none());
                let prefers = known.and_then(|number| self.known_to(number));
                let waiting = Waiting {
                    call: *id,
                    lane: call.lane(),
                    offered_at: call.back.map_or(call.about.offered_at, |back| back.at),
                    place: call.place(),
                    real: call.about.drill.is_none(),
                    standing: call.standing(),
                    prefers,
                    avoids: self.avoided(call.back),
                };
                (waiting, call.phase.offer().is_some())
            })
            .collect()
    }

    /// The seat of who spoke with this number a short while ago.
    fn known_to(&self, number: &str) -> Option<SeatId> {
        let (user, at) = self.desk.spoke.get(number)?;
        let fresh = self.now.ms_since(*at) < self.desk.policy.queue.same_call_taker_ms;
        if fresh { self.desk.seat_of(*user) } else { None }
    }

    fn offer(&mut self) {
        let (now, policy) = (self.now, Arc::clone(&self.desk.policy));
        let queue = &policy.queue;
        let waiting = self.waiting();
        if waiting.is_empty() {
            return;
        }
        let hands = self.hands();
        let mut staff = Staff::default();
        let mut free = Vec::new();
        for (id, seat) in &self.desk.seats {
            if seat.paused_since.is_some() || !seat.is_reachable(now) {
                continue;
            }
            staff.staffed += 1;
            let busy = hands.get(id).copied().unwrap_or_default();
            let lane_b = match (busy.line, busy.ringing) {
                (Some(call), _) => self.desk.calls.get(&call).is_some_and(|call| call.lane() == Lane::B),
                (None, Some(call)) => {
                    waiting.iter().any(|(waiting, _)| waiting.call == call && waiting.lane_now(queue, now) == Lane::B)
                }
                (None, None) => false,
            };
            staff.with_lane_b += usize::from(lane_b);
            if busy.ringing.is_none() && self.can_take(seat, busy) {
                let unsettled = |id: CallId| self.desk.calls.get(&id).is_some_and(|call| !call.is_settled(now));
                let readiness = match busy.wrap {
                    None => Readiness::Ready,
                    Some(wrap) if unsettled(wrap) => Readiness::Drilling,
                    Some(_) => Readiness::Settling,
                };
                free.push(FreeSeat { seat: *id, readiness, idle_since: seat.idle_since });
            }
        }
        if free.is_empty() {
            return;
        }
        let open = waiting.into_iter().filter(|(_, rings)| !rings).map(|(waiting, _)| waiting).collect();
        for (call, seat, why) in assign(open, free, staff, queue, now) {
            self.ring_at(call, Some(Offer { seat, since: now, why }));
            self.fact(Fact::Routed { call, seat, why: why.words() });
        }
    }

    /// Lane A never waits behind lane B, nor who is heard behind who is silent: what rings and nobody took makes room.
    fn make_room(&mut self) -> bool {
        let (now, policy) = (self.now, Arc::clone(&self.desk.policy));
        let queue = &policy.queue;
        let (ringing, unserved): (Vec<_>, Vec<_>) = self.waiting().into_iter().partition(|(_, rings)| *rings);
        if ringing.is_empty() || unserved.is_empty() {
            return false;
        }
        let sorted = |calls: Vec<(Waiting, bool)>| {
            let mut calls: Vec<Waiting> = calls.into_iter().map(|(waiting, _)| waiting).collect();
            order(&mut calls, queue, now);
            calls
        };
        let (mut ringing, unserved) = (sorted(ringing), sorted(unserved));
        let mut made = false;
        for first in &unserved {
            // The last in the queue goes first. Who waits for another seat than before pushes nobody real away.
            let pushes =
                |last: &Waiting| last.makes_room_for(first, queue, now) && (first.avoids.is_none() || !last.real);
            let Some(last) = ringing.iter().rposition(pushes) else { continue };
            self.ring_at(ringing.remove(last).call, None);
            made = true;
        }
        made
    }
}
