//! What holds after every input: time limits, and who rings where. Takes no input; looks at the desk and mends it.

use super::{LineOrder, Step};
use crate::{
    call::{Offer, Phase},
    ids::{CallId, SeatId},
    limits::{ANSWERING_MS_MAX, OFFER_MS_MAX, SEAT_DROP_MS, UNSEATED_WRAP_MS_MAX, VERDICT_MS_MAX},
    queue::{FreeSeat, Place, Readiness, Staff, Waiting, assign},
    view::desk::Lane,
};

impl Step<'_> {
    pub(super) fn apply_rules(&mut self) {
        self.late_histories();
        self.lost_seats();
        self.late_lines();
        self.closed_calls();
        self.withdraw_offers();
        self.offer();
        if self.make_room_for_lane_a() {
            self.offer();
        }
    }

    fn ids_where(&self, which: impl Fn(&crate::call::Call) -> bool) -> Vec<CallId> {
        self.desk.calls.iter().filter(|(_, call)| which(call)).map(|(id, _)| *id).collect()
    }

    fn late_histories(&mut self) {
        let now = self.now;
        let late = self
            .ids_where(|call| call.about.verdict.is_none() && now.ms_since(call.about.offered_at) >= VERDICT_MS_MAX);
        for call in late {
            self.undecided_is_plain(call);
        }
    }

    /// The line outlives the seat.
    fn lost_seats(&mut self) {
        let now = self.now;
        let lost: Vec<SeatId> =
            self.desk.seats.iter().filter(|(_, seat)| seat.has_lost_its_caller(now)).map(|(id, _)| *id).collect();
        for seat in lost {
            let Some(id) = self.desk.on_line(seat) else { continue };
            let Some(call) = self.desk.calls.get_mut(&id) else { continue };
            let held = matches!(call.phase, Phase::Held(_));
            if let Ok(phase) = call.phase.lose_seat(now) {
                call.phase = phase;
                if held {
                    self.order(LineOrder::Hold { call: id, on: false });
                }
                if matches!(phase, Phase::Waiting { .. }) {
                    self.order(LineOrder::Detach { call: id });
                }
            }
        }
        let dropped: Vec<SeatId> = self
            .desk
            .seats
            .iter()
            .filter(|(id, seat)| now.ms_since(seat.heartbeat_at) >= SEAT_DROP_MS && self.desk.on_line(**id).is_none())
            .map(|(id, _)| *id)
            .collect();
        for seat in dropped {
            self.give_up_seat(seat);
        }
    }

    fn late_lines(&mut self) {
        let now = self.now;
        let late = self.ids_where(|call| {
            matches!(call.phase, Phase::Answering { holder, .. } if now.ms_since(holder.since) >= ANSWERING_MS_MAX)
        });
        for id in late {
            if let Some(call) = self.desk.calls.get_mut(&id)
                && let Ok(phase) = call.phase.ring_again()
            {
                call.phase = phase;
            }
        }
    }

    fn closed_calls(&mut self) {
        let now = self.now;
        let closed = self.ids_where(|call| {
            call.is_closed(now)
                || matches!(&call.phase, Phase::Wrap(wrap)
                    if wrap.holder.is_none() && now.ms_since(wrap.ended_at) >= UNSEATED_WRAP_MS_MAX)
        });
        for id in closed {
            let Some(call) = self.desk.calls.remove(&id) else { continue };
            if let Some(seat) = call.phase.holder().and_then(|holder| self.desk.seats.get_mut(&holder.seat)) {
                seat.idle_since = now;
            }
        }
    }

    /// What rings at a seat that cannot take it, or too long while another could, rings elsewhere.
    fn withdraw_offers(&mut self) {
        let now = self.now;
        let able = |id: &SeatId| self.desk.seats.get(id).is_some_and(|seat| self.can_take(*id, seat));
        let others_free = self.desk.seats.keys().any(|id| able(id) && self.desk.ringing_at(*id).is_none());
        let mut taken = Vec::new();
        let mut withdrawn = Vec::new();
        for (id, call) in &self.desk.calls {
            let Some(offer) = call.phase.offer() else { continue };
            let missed = others_free && now.ms_since(offer.since) >= OFFER_MS_MAX;
            if missed || !able(&offer.seat) || taken.contains(&offer.seat) {
                withdrawn.push((*id, missed.then_some(offer.seat)));
            } else {
                taken.push(offer.seat);
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

    fn waiting(&self) -> Vec<Waiting> {
        let waits = self.desk.calls.iter().filter(|(_, call)| call.waits() && call.about.verdict.is_some());
        waits
            .map(|(id, call)| Waiting {
                call: *id,
                lane: call.lane(),
                offered_at: call.about.offered_at,
                place: if matches!(call.phase, Phase::Waiting { .. }) { Place::Head } else { Place::Ordinary },
            })
            .collect()
    }

    fn is_offered(&self, id: CallId) -> bool {
        self.desk.calls.get(&id).is_some_and(|call| call.phase.offer().is_some())
    }

    fn offer(&mut self) {
        let now = self.now;
        let waiting = self.waiting();
        let mut staff = Staff::default();
        let mut free = Vec::new();
        for (id, seat) in &self.desk.seats {
            if seat.paused_since.is_some() || !seat.is_reachable(now) {
                continue;
            }
            staff.staffed += 1;
            let ringing = self.desk.ringing_at(*id);
            let lane_b = match (self.desk.on_line(*id), ringing) {
                (Some(call), _) => self.desk.calls.get(&call).is_some_and(|call| call.lane() == Lane::B),
                (None, Some(call)) => {
                    waiting.iter().any(|waiting| waiting.call == call && waiting.lane_now(now) == Lane::B)
                }
                (None, None) => false,
            };
            staff.with_lane_b += usize::from(lane_b);
            if ringing.is_none() && self.can_take(*id, seat) {
                let readiness = if self.desk.wrap(*id).is_some() { Readiness::Settling } else { Readiness::Ready };
                free.push(FreeSeat { seat: *id, readiness, idle_since: seat.idle_since });
            }
        }
        if free.is_empty() {
            return;
        }
        let open = waiting.into_iter().filter(|waiting| !self.is_offered(waiting.call)).collect();
        for (call, seat) in assign(open, free, staff, now) {
            self.ring_at(call, Some(Offer { seat, since: now }));
        }
    }

    /// Lane A never waits behind lane B: a ringing B that nobody took yet makes room.
    fn make_room_for_lane_a(&mut self) -> bool {
        let now = self.now;
        let waiting = self.waiting();
        let mut unserved =
            waiting.iter().filter(|call| call.lane_now(now) == Lane::A && !self.is_offered(call.call)).count();
        let ringing_b: Vec<CallId> = waiting
            .iter()
            .filter(|call| call.lane_now(now) == Lane::B && self.is_offered(call.call))
            .map(|call| call.call)
            .collect();
        let mut made = false;
        for call in ringing_b {
            if unserved == 0 {
                break;
            }
            self.ring_at(call, None);
            unserved -= 1;
            made = true;
        }
        made
    }
}
