//! A line while a shift lead is on it. Hold parts the caller from everybody. In a whisper and when all speak together the
//! lead hears the call-taker also while the caller does not (hold, mute); a lead who only listens hears what the caller hears.

use super::{FROM_MIX, Leg};
use crate::{
    Supervision,
    media::{
        Codec,
        bridge::{CallerHears, Speech, StationHears, sound_of},
        g711::FRAME_SAMPLES,
        mapper::Source,
        supervisor::{Frame, Supervisor, mixed},
    },
};
use siaga_core::ids::StationId;
use std::time::Instant;

/// What is sent to stations is A-law; a browser that takes only the other law gets it converted.
const EAR: Codec = Codec::Pcma;

/// A frame for one station's ear.
pub struct EarFrame {
    pub station: StationId,
    pub source: Source,
    pub fields: (Codec, u16, u32),
    pub payload: Vec<u8>,
}

impl Leg {
    pub fn supervise(&mut self, station: StationId, how: Supervision, now: Instant) {
        match &mut self.lead {
            Some(lead) if lead.station == station => lead.change(how),
            place => *place = Some(Supervisor::new(station, how, now)),
        }
    }

    pub fn end_supervision(&mut self) {
        self.lead = None;
    }

    /// Its call-taker hears the lead, so what it hears comes from our clock.
    pub fn seat_is_mixed(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.how != Supervision::Listen)
    }

    pub(super) fn caller_is_mixed(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.how == Supervision::Barge)
    }

    pub(super) fn lead_hears_caller(&mut self, codec: Codec, payload: &[u8]) {
        if let Some(lead) = self.lead.as_mut().filter(|_| !self.bridge.hold) {
            lead.queues.caller_for_lead.put(codec, payload);
        }
    }

    pub(super) fn mix_caller_for_seat(&mut self, codec: Codec, payload: &[u8]) {
        if self.bridge.station_hears() == StationHears::Caller
            && let Some(lead) = self.lead.as_mut().filter(|lead| lead.how != Supervision::Listen)
        {
            lead.queues.caller_for_seat.put(codec, payload);
        }
    }

    pub fn lead_hears_seat(&mut self, seat: StationId, codec: Codec, payload: &[u8]) {
        let through = self.bridge.lets_through(seat);
        if let Some(lead) = self.lead.as_mut().filter(|lead| through || lead.how != Supervision::Listen) {
            lead.queues.seat_for_lead.put(codec, payload);
        }
    }

    pub(super) fn lead_hears_machine(&mut self, codec: Codec, payload: &[u8]) {
        if let Some(lead) = &mut self.lead {
            lead.queues.machine_for_lead.put(codec, payload);
        }
    }

    pub(super) fn mix_seat_for_caller(&mut self, codec: Codec, payload: &[u8]) {
        if let Some(lead) = &mut self.lead {
            lead.queues.seat_for_caller.put(codec, payload);
        }
    }

    /// The next 20 ms of everybody whom the caller hears: machine, call-taker, lead.
    pub(super) fn send_mixed(&mut self, hears: CallerHears, codec: Codec, now: Instant) {
        let sound = match (hears, self.bridge.speech) {
            (CallerHears::Machine(sound), _) => Some(sound),
            (CallerHears::Station, Speech::Saying(prompt)) => Some(sound_of(prompt)),
            (CallerHears::Station, Speech::Nothing | Speech::Said(_)) => None,
        };
        let mut mix: Frame = [0; FRAME_SAMPLES];
        if let Some(sound) = sound {
            let frame = self.player.next_frame(sound, codec);
            if self.bridge.station().is_some() && matches!(self.bridge.speech, Speech::Saying(_)) {
                self.aside.say(codec, &frame);
            }
            self.lead_hears_machine(codec, &frame);
            mix.iter_mut().zip(&frame).for_each(|(sample, byte)| *sample = codec.decode(*byte));
        } else {
            self.player.stop();
        }
        if let Some(lead) = &mut self.lead {
            let (seat, said) = (lead.queues.seat_for_caller.take(), lead.queues.lead_for_caller.take());
            if !self.bridge.hold {
                mix = mixed(mixed(mix, &seat), &said);
            }
        }
        let payload = codec.encode_all(&mix);
        self.send(self.mix_source(), self.mix.0, self.mix.1, &payload, now);
    }

    /// The clock of all mixes of this line; it never steps back, whoever comes and goes.
    pub(super) fn step_mix(&mut self) {
        self.mix = (self.mix.0.wrapping_add(1), self.mix.1.wrapping_add(FRAME_SAMPLES as u32));
    }

    /// A station that goes from one line to another must not take this one's numbers for old ones.
    fn mix_source(&self) -> Source {
        Source(FROM_MIX, self.out.ssrc)
    }

    fn for_ear(&self, station: StationId, frame: &Frame) -> EarFrame {
        let (source, fields) = (self.mix_source(), (EAR, self.mix.0, self.mix.1));
        EarFrame { station, source, fields, payload: EAR.encode_all(frame) }
    }

    /// What the lead hears in this frame.
    pub fn frame_for_lead(&mut self) -> Option<EarFrame> {
        let lead = self.lead.as_mut()?;
        let (station, frame) = (lead.station, lead.ear());
        Some(self.for_ear(station, &frame))
    }

    /// What the call-taker hears in this frame, where the lead speaks to them.
    pub fn frame_for_seat(&mut self) -> Option<EarFrame> {
        let station = self.bridge.station()?;
        let lead = self.lead.as_mut().filter(|lead| lead.how != Supervision::Listen)?;
        let (caller, said) = (lead.queues.caller_for_seat.take(), lead.queues.lead_for_seat.take());
        Some(self.for_ear(station, &mixed(caller, &said)))
    }
}
