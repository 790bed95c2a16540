//! What holds after every input: time limits. Takes no input; looks at the desk and mends it.

use super::{LineOrder, Step};
use crate::{
    call::{Call, Phase},
    ids::{CallId, SeatId},
    limits::{ANSWERING_MS_MAX, SEAT_DROP_MS, UNSEATED_WRAP_MS_MAX, VERDICT_MS_MAX},
};

impl Step<'_> {
    pub(super) fn apply_rules(&mut self) {
        self.late_histories();
        self.lost_seats();
        self.late_lines();
        self.closed_calls();
        // Before the offers: a line that it takes for a telephone outside still rings at a free seat in the same moment.
        self.overflow();
        self.offers();
        self.listen();
        self.handed_off();
        // Who has just become a silent line makes room in the same moment.
        self.offers();
        self.supervisions();
    }

    pub(super) fn ids_where(&self, which: impl Fn(&Call) -> bool) -> Vec<CallId> {
        self.desk.calls.iter().filter(|(_, call)| which(call)).map(|(id, _)| *id).collect()
    }

    fn late_histories(&mut self) {
        let now = self.now;
        let late =
            self.ids_where(|call| call.verdict.is_none() && now.ms_since(call.about.offered_at) >= VERDICT_MS_MAX);
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
            let before = call.phase;
            let Ok(phase) = call.phase.lose_seat(now, call.greeted) else { continue };
            call.phase = phase;
            // Whoever goes on with it starts afresh.
            if matches!(before, Phase::Held(_)) {
                self.order(LineOrder::Hold { call: id, on: false });
            }
            if matches!(before, Phase::Talking(talk) | Phase::Held(talk) if talk.muted) {
                self.order(LineOrder::Mute { call: id, on: false });
            }
            if matches!(phase, Phase::Waiting { .. }) {
                self.order(LineOrder::Detach { call: id });
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
                && let Ok(phase) = call.phase.ring_again(call.greeted)
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
}
