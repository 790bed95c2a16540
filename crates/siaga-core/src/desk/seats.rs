//! Commands about a person's own seat.

use super::{
    DeskCommand, DeskReply, LineOrder, Refusal, Step,
    seat::{Seat, Station},
    supervise::Lead,
};
use crate::{
    call::{Phase, live::Fact},
    ids::{CallId, SeatId, StationId, UserId},
    limits::SEATS_MAX,
};
use std::sync::Arc;

impl Step<'_> {
    pub(super) fn command(&mut self, command: DeskCommand) -> Result<DeskReply, Refusal> {
        use DeskCommand as C;
        match command {
            C::TakeSeat { user, display_name } => self.take_seat(user, display_name),
            C::LeaveSeat { user } => self.leave_seat(user),
            C::Pause { user, on } => self.pause(user, on),
            C::Ready { user } => self.ready(user),
            C::Heartbeat { user } => self.heartbeat(user),
            C::BindStation { user, station } => self.bind_station(user, station),
            C::Answer { user, call } => self.answer(user, call),
            C::Mute { user, call, on } => self.mute(user, call, on),
            C::Hold { user, call, on } => self.hold(user, call, on),
            C::Keypad { user, call, digits } => self.keypad(user, call, digits),
            C::End { user, call } => self.end(user, call),
            C::Class { user, call, choice, press } => self.class(user, call, choice, press),
            C::UndoClass { user, call } => self.undo_class(user, call),
            C::Claim { user, role, call, reason } => self.claim(user, role, call, reason),
            C::Say { user, call, prompt } => self.say_for(user, call, prompt),
            C::HandOff { user, call } => self.hand_off(user, call),
            C::Duress { user, call, on } => self.duress(user, call, on),
            C::Recall { user, role, call } => self.recall(user, role, call),
            C::MaySupervise { user, role, call } => self.may_supervise(user, role, call).map(|()| DeskReply::Done),
            C::Supervise { user, role, display_name, call, how, station } => {
                self.supervise(Lead { user, role, display_name, station }, call, how)
            }
            C::SuperviseAs { user, call, how } => self.supervise_as(user, call, how),
            C::EndSupervision { user, call } => Ok(self.leave_supervision(user, call)),
            C::DismissLead { user } => Ok(self.dismiss_lead(user)),
            C::CallBack { user, callback } => self.call_back(user, callback),
            C::DropCallback { user, callback } => self.drop_callback(user, callback),
            C::LinkIncident { call, incident } => {
                // The call may have left the desk; the store knows the tie anyway.
                if let Some(call) = self.desk.calls.get_mut(&call) {
                    call.incident = Some(incident);
                }
                Ok(DeskReply::Done)
            }
            C::OrderDrill { drill, tokens, until } => {
                Arc::make_mut(&mut self.desk.drills).order(drill, tokens, until);
                Ok(DeskReply::Done)
            }
            C::CloseDrill { drill } => {
                Arc::make_mut(&mut self.desk.drills).close(drill);
                Ok(DeskReply::Done)
            }
            C::FoundReal { call, number } => {
                self.found_real(call, number);
                Ok(DeskReply::Done)
            }
            C::UnlinkIncident { call } => {
                if let Some(call) = self.desk.calls.get_mut(&call) {
                    call.incident = None;
                }
                Ok(DeskReply::Done)
            }
        }
    }

    pub(super) fn seat_of(&self, user: UserId) -> Result<SeatId, Refusal> {
        self.desk.seat_of(user).ok_or(Refusal::NoSeat)
    }

    /// A seat whose person can speak, with the station that carries it.
    pub(super) fn speaking_seat(&self, user: UserId) -> Result<(SeatId, StationId), Refusal> {
        let seat = self.seat_of(user)?;
        if self.desk.on_line(seat).is_some() {
            return Err(Refusal::AlreadyInCall);
        }
        let station = self.desk.seats.get(&seat).and_then(Seat::station_up).ok_or(Refusal::NoStation)?;
        Ok((seat, station))
    }

    fn take_seat(&mut self, user: UserId, display_name: String) -> Result<DeskReply, Refusal> {
        if let Some(id) = self.desk.seat_of(user) {
            let now = self.now;
            if let Some(seat) = self.desk.seats.get_mut(&id) {
                seat.display_name = display_name;
                seat.heartbeat_at = now;
            }
            return Ok(DeskReply::Seat(id));
        }
        let free = (1..=SEATS_MAX).map(SeatId).find(|id| !self.desk.seats.contains_key(id));
        let id = free.ok_or(Refusal::SeatsFull)?;
        self.desk.seats.insert(id, Seat::new(user, display_name, self.now));
        self.fact(Fact::SeatTaken { seat: id, user });
        Ok(DeskReply::Seat(id))
    }

    fn leave_seat(&mut self, user: UserId) -> Result<DeskReply, Refusal> {
        let id = self.seat_of(user)?;
        if self.desk.on_line(id).is_some() {
            return Err(Refusal::AlreadyInCall);
        }
        self.give_up_seat(id);
        Ok(DeskReply::Done)
    }

    /// Its wrap stays on the desk for anybody; what rings there rings elsewhere.
    pub(super) fn give_up_seat(&mut self, id: SeatId) {
        let Some(seat) = self.desk.seats.remove(&id) else { return };
        if let Some(wrap) = self.desk.wrap(id) {
            self.unseat(wrap);
        }
        if let Some(station) = seat.station_bound() {
            self.order(LineOrder::CloseStation { station });
        }
        self.fact(Fact::SeatLeft { seat: id, user: seat.user });
    }

    /// The person goes on; the ended call stays to be classed.
    pub(super) fn unseat(&mut self, call: CallId) {
        if let Some(Phase::Wrap(wrap)) = self.desk.calls.get_mut(&call).map(|call| &mut call.phase) {
            wrap.holder = None;
        }
    }

    fn pause(&mut self, user: UserId, on: bool) -> Result<DeskReply, Refusal> {
        let id = self.seat_of(user)?;
        self.set_pause(id, on);
        Ok(DeskReply::Done)
    }

    pub(super) fn set_pause(&mut self, id: SeatId, on: bool) {
        let now = self.now;
        let Some(seat) = self.desk.seats.get_mut(&id) else { return };
        if seat.paused_since.is_some() == on {
            return;
        }
        seat.paused_since = on.then_some(now);
        seat.idle_since = now;
        let user = seat.user;
        self.fact(Fact::SeatPaused { seat: id, user, on });
    }

    fn ready(&mut self, user: UserId) -> Result<DeskReply, Refusal> {
        let id = self.seat_of(user)?;
        if self.desk.on_line(id).is_some() {
            return Err(Refusal::AlreadyInCall);
        }
        if let Some(wrap) = self.desk.wrap(id) {
            if self.desk.calls.get(&wrap).is_some_and(|call| call.given.is_none()) {
                return Err(Refusal::ClassMissing);
            }
            self.desk.calls.remove(&wrap);
        }
        self.set_pause(id, false);
        if let Some(seat) = self.desk.seats.get_mut(&id) {
            seat.idle_since = self.now;
        }
        Ok(DeskReply::Done)
    }

    fn heartbeat(&mut self, user: UserId) -> Result<DeskReply, Refusal> {
        let id = self.seat_of(user)?;
        let now = self.now;
        if let Some(seat) = self.desk.seats.get_mut(&id) {
            seat.heartbeat_at = now;
        }
        Ok(DeskReply::Seat(id))
    }

    fn bind_station(&mut self, user: UserId, station: StationId) -> Result<DeskReply, Refusal> {
        let id = self.seat_of(user)?;
        let now = self.now;
        let Some(seat) = self.desk.seats.get_mut(&id) else { return Err(Refusal::NoSeat) };
        let old = seat.station_bound();
        let since = match seat.station {
            Station::Down { since, .. } => since,
            Station::Up(_) => now,
        };
        seat.station = Station::Down { id: Some(station), since };
        seat.heartbeat_at = now;
        if let Some(old) = old.filter(|old| *old != station) {
            self.order(LineOrder::CloseStation { station: old });
        }
        Ok(DeskReply::Seat(id))
    }
}
