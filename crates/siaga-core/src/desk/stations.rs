//! The sound paths of seats: up, down, and what becomes of the call in between.

use super::{LineOrder, Step, seat::Station};
use crate::{
    call::{Phase, live::Fact},
    ids::{CallId, SeatId, StationId, UserId},
};

impl Step<'_> {
    pub(super) fn station_up(&mut self, station: StationId) {
        let Some((id, seat)) = self.desk.seats.iter_mut().find(|(_, seat)| seat.station_bound() == Some(station))
        else {
            return;
        };
        if seat.station_up().is_some() {
            return;
        }
        seat.station = Station::Up(station);
        seat.idle_since = self.now;
        let (id, user) = (*id, seat.user);
        self.resume(id, user, station);
    }

    /// The sound of a seat is back: its conversation goes on, also one that waits and that nobody took meanwhile.
    fn resume(&mut self, id: SeatId, user: UserId, station: StationId) {
        let now = self.now;
        let call = self.desk.on_line(id).or_else(|| self.left_by(id, user));
        let Some((call_id, call)) = call.and_then(|id| self.desk.calls.get_mut(&id).map(|call| (id, call))) else {
            return;
        };
        if let Ok(phase) = call.phase.come_back() {
            call.phase = phase;
        }
        let (talk, held) = match call.phase {
            Phase::Talking(talk) => (talk, false),
            Phase::Held(talk) => (talk, true),
            _ => return,
        };
        if let Some(seat) = self.desk.seats.get_mut(&id) {
            seat.idle_since = now;
        }
        self.order(LineOrder::Attach { call: call_id, station });
        if talk.muted {
            self.order(LineOrder::Mute { call: call_id, on: true });
        }
        if held {
            self.order(LineOrder::Hold { call: call_id, on: true });
        }
        self.fact(Fact::Moved { call: call_id, seat: id, call_taker: user, reason: None });
    }

    /// A caller whom this person's seat lost and who still waits; the oldest.
    fn left_by(&self, seat: SeatId, user: UserId) -> Option<CallId> {
        let lost = |phase: &Phase| match phase {
            Phase::Waiting { last: Some(talk), since, .. } => {
                (talk.holder.seat == seat && talk.holder.user == user).then_some(*since)
            }
            _ => None,
        };
        let calls = self.desk.calls.iter().filter_map(|(id, call)| lost(&call.phase).map(|since| (since, *id)));
        calls.min().map(|(_, id)| id)
    }

    pub(super) fn station_down(&mut self, station: StationId) {
        self.lead_down(station);
        let Some((id, seat)) = self.desk.seats.iter_mut().find(|(_, seat)| seat.station_up() == Some(station)) else {
            return;
        };
        seat.station = Station::Down { id: Some(station), since: self.now };
        let id = *id;
        let talks = |call: &CallId| {
            self.desk.calls.get(call).is_some_and(|call| matches!(call.phase, Phase::Talking(_) | Phase::Held(_)))
        };
        if let Some(call) = self.desk.on_line(id).filter(talks) {
            // The caller hears at once that nobody hung up; the seat has a while to come back.
            self.order(LineOrder::Detach { call });
        }
    }
}
