//! A shift lead beside a call-taker: listens, whispers, speaks with both. One lead on a call, one call of a lead. It is no
//! answer and moves neither queue nor seat nor outcome; it goes with the call to another seat and ends with the
//! conversation, by the lead, with the lead's sound, or when the lead is in a call of their own.

use super::{DeskReply, LineOrder, Refusal, Step};
use crate::{
    call::{Phase, Supervision, Supervisor, live::Fact},
    ids::{CallId, StationId, UserId},
    role::Role,
};

/// Who comes.
pub(super) struct Lead {
    pub user: UserId,
    pub role: Role,
    pub display_name: String,
    pub station: StationId,
}

/// A conversation, also one that has just lost its seat: the lead may be all that its caller has.
fn goes_on(phase: &Phase) -> bool {
    matches!(phase, Phase::Talking(_) | Phase::Held(_) | Phase::Waiting { last: Some(_), .. })
}

impl Step<'_> {
    pub(super) fn may_supervise(&self, user: UserId, role: Role, id: CallId) -> Result<(), Refusal> {
        if role != Role::ShiftLead {
            return Err(Refusal::LeadsOnly);
        }
        if self.is_in_call(user) {
            return Err(Refusal::AlreadyInCall);
        }
        let call = self.desk.calls.get(&id).ok_or(Refusal::CallGone)?;
        match call.phase {
            Phase::Talking(_) | Phase::Held(_) => {}
            Phase::HandedOff(_) | Phase::AtTelephone { .. } => return Err(Refusal::NotNow),
            phase => return Err(phase.no_talk()),
        }
        match &call.supervisor {
            Some(other) if other.user != user => Err(Refusal::AlreadySupervised),
            _ => Ok(()),
        }
    }

    pub(super) fn supervise(&mut self, lead: Lead, id: CallId, how: Supervision) -> Result<DeskReply, Refusal> {
        let Lead { user, role, display_name, station } = lead;
        self.may_supervise(user, role, id)?;
        // A page that was loaded anew comes with another sound; whoever goes to another call leaves this one.
        for before in self.supervised_by(user) {
            self.end_supervision(before);
        }
        let since = self.now;
        let lead = Supervisor { user, display_name: display_name.into(), station, how, since };
        self.call_mut(id)?.supervisor = Some(lead);
        self.order(LineOrder::Supervise { call: id, station, how });
        self.fact(Fact::Supervised { call: id, by: user, how });
        Ok(DeskReply::Done)
    }

    pub(super) fn supervise_as(&mut self, user: UserId, id: CallId, how: Supervision) -> Result<DeskReply, Refusal> {
        let call = self.call_mut(id)?;
        let lead = call.supervisor.as_mut().filter(|lead| lead.user == user).ok_or(Refusal::NotSupervising)?;
        if lead.how != how {
            lead.how = how;
            let station = lead.station;
            self.order(LineOrder::Supervise { call: id, station, how });
            self.fact(Fact::Supervised { call: id, by: user, how });
        }
        Ok(DeskReply::Done)
    }

    /// By the lead. What is over already is over.
    pub(super) fn leave_supervision(&mut self, user: UserId, id: CallId) -> DeskReply {
        if self.desk.calls.get(&id).and_then(|call| call.supervisor.as_ref()).is_some_and(|lead| lead.user == user) {
            self.end_supervision(id);
        }
        DeskReply::Done
    }

    /// By who manages accounts, or by signing out.
    pub(super) fn dismiss_lead(&mut self, user: UserId) -> DeskReply {
        for id in self.supervised_by(user) {
            self.end_supervision(id);
        }
        DeskReply::Done
    }

    pub(super) fn end_supervision(&mut self, id: CallId) {
        let Some(lead) = self.desk.calls.get_mut(&id).and_then(|call| call.supervisor.take()) else { return };
        self.order(LineOrder::EndSupervision { call: id });
        self.order(LineOrder::CloseStation { station: lead.station });
        self.fact(Fact::SupervisionEnded { call: id, by: lead.user, since: lead.since });
    }

    /// The lead's sound is gone.
    pub(super) fn lead_down(&mut self, station: StationId) {
        let on = |lead: &Supervisor| lead.station == station;
        for id in self.ids_where(|call| call.supervisor.as_ref().is_some_and(on)) {
            self.end_supervision(id);
        }
    }

    /// After every input: nobody supervises what is no conversation, nor from a conversation of their own.
    pub(super) fn supervisions(&mut self) {
        for id in self.ids_where(|call| call.supervisor.is_some()) {
            let Some(call) = self.desk.calls.get(&id) else { continue };
            let Some(lead) = call.supervisor.as_ref().map(|lead| lead.user) else { continue };
            if !goes_on(&call.phase) || self.is_in_call(lead) {
                self.end_supervision(id);
            }
        }
    }

    fn supervised_by(&self, user: UserId) -> Vec<CallId> {
        self.ids_where(|call| call.supervisor.as_ref().is_some_and(|lead| lead.user == user))
    }

    fn is_in_call(&self, user: UserId) -> bool {
        self.desk.seat_of(user).is_some_and(|seat| self.desk.on_line(seat).is_some())
    }
}
