//! A shift lead comes to a line, speaks, and goes. Whatever becomes of the lead, the call goes on.

use super::Switchboard;
use crate::{
    Event, Supervision, clock,
    media::{Codec, leg::Leg, supervisor::LEAD_SILENT},
};
use siaga_core::ids::{CallId, StationId};
use std::time::Instant;

impl Switchboard {
    /// One lead on a line, and one line of a lead.
    pub(super) fn supervise(&mut self, call: CallId, station: StationId, how: Supervision, now: Instant) {
        if !self.legs.contains_key(&call) {
            return;
        }
        if self.leads.get(&station).is_some_and(|before| *before != call) {
            self.lead_leaves(station);
        }
        self.leads.retain(|_, of| *of != call);
        self.leads.insert(station, call);
        self.on_leg(call, |leg| leg.supervise(station, how, now));
    }

    pub(super) fn end_supervision(&mut self, call: CallId) {
        self.leads.retain(|_, of| *of != call);
        self.on_leg(call, Leg::end_supervision);
    }

    pub(super) fn lead_leaves(&mut self, station: StationId) {
        if let Some(call) = self.leads.remove(&station) {
            self.on_leg(call, Leg::end_supervision);
        }
    }

    /// Takes what this station said, if it is a lead's. `None`: it is not.
    pub(super) fn lead_said(&mut self, id: StationId, codec: Codec, payload: &[u8], now: Instant) -> Option<()> {
        let lead = self.legs.get_mut(self.leads.get(&id)?)?.lead.as_mut()?;
        lead.heard = now;
        lead.said(codec, payload);
        Some(())
    }

    pub(super) fn tick_supervision(&mut self, call: CallId, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        let Some(lead) = &mut leg.lead else { return };
        let silent = now.saturating_duration_since(lead.heard) >= LEAD_SILENT;
        if silent && !std::mem::replace(&mut lead.down_said, true) {
            self.events.send(Event::StationDown { station: lead.station, at: clock::now() });
        }
        let frames = [leg.frame_for_lead(), leg.frame_for_seat()];
        for frame in frames.into_iter().flatten() {
            self.tell_station(frame.station, frame.source, frame.fields, &frame.payload, now);
        }
    }
}
