//! Callers' lines: opened, answered, closed, and what comes in on them.

use super::{FROM_CALLER, Face, LEGS_MAX, Switchboard};
use crate::{
    Event, clock,
    media::{
        LegAddress, MediaError,
        bridge::StationHears,
        leg::{Incoming, Leg},
        mapper::Source,
        sockets,
    },
    record::{format::file_name, write::Job},
};
use mio::{Interest, Token};
use siaga_core::ids::CallId;
use std::{net::SocketAddr, time::Instant};

impl Switchboard {
    pub(super) fn leg_open(&mut self, call: CallId, now: Instant) -> Result<LegAddress, MediaError> {
        if let Some(leg) = self.legs.get(&call) {
            return Ok(LegAddress { rtp_port: leg.port });
        }
        if self.legs.len() >= LEGS_MAX {
            return Err(MediaError::TooManyLegs(LEGS_MAX));
        }
        let (port, mut rtp, mut rtcp) =
            sockets::pair(self.config.rtp_ip, &self.config.rtp_ports, self.next_port, &self.taken)?;
        let (first, second) = (Token(self.next_token), Token(self.next_token + 1));
        self.registry.register(&mut rtp, first, Interest::READABLE)?;
        self.registry.register(&mut rtcp, second, Interest::READABLE)?;
        self.next_token += 2;
        self.next_port = port.checked_add(2).unwrap_or(*self.config.rtp_ports.start());
        self.taken.insert(port);
        self.tokens.insert(first, (call, Face::Rtp));
        self.tokens.insert(second, (call, Face::Rtcp));
        let at = SocketAddr::new(self.config.rtp_ip, port);
        self.legs.insert(call, Leg::new(at, rtp, rtcp, self.prompts.clone(), self.config.trunk_peers.clone(), now));
        Ok(LegAddress { rtp_port: port })
    }

    pub(super) fn leg_answered(&mut self, call: CallId, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        if let Some(codec) = leg.answer(now) {
            let started_at = clock::now();
            leg.recording = Some(self.config.recordings_dir.join(file_name(call, started_at)));
            if !self.writer.put(Job::Open { call, codec, started_at }) {
                leg.tape_failed = true;
                let error = "the recorder does not keep up".to_owned();
                self.events.send(Event::RecordingFailed { call, at: started_at, error });
            }
        }
    }

    pub(super) fn leg_close(&mut self, call: CallId, now: Instant) {
        let Some(mut leg) = self.legs.remove(&call) else { return };
        if let Some(other) = leg.bridge.telephone().and_then(|other| self.legs.get_mut(&other))
            && other.bridge.telephone() == Some(call)
        {
            other.bridge.detach();
        }
        self.taken.remove(&leg.port);
        self.tokens.retain(|_, (of, _)| *of != call);
        self.callers.retain(|_, of| *of != call);
        self.leads.retain(|_, of| *of != call);
        // A socket that cannot be deregistered is closed with the leg all the same.
        let _ = self.registry.deregister(&mut leg.rtp);
        let _ = self.registry.deregister(&mut leg.rtcp);
        if let Some(mut tape) = leg.tape.take() {
            for segment in tape.finish(now) {
                self.writer.put(Job::Segment { call, segment });
            }
            self.writer.put(Job::Close { call });
        }
    }

    pub(super) fn caller_sent(&mut self, call: CallId, datagram: &[u8], from: SocketAddr, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        match leg.receive(datagram, from, now) {
            None => {}
            Some(Incoming::Key(digit)) => self.events.send(Event::Key { call, at: clock::now(), digit }),
            Some(Incoming::Audio { codec, ssrc, sequence, timestamp, payload }) => {
                if let Some(other) = leg.bridge.telephone() {
                    // A line that a station took meanwhile hears only that station.
                    if let Some(far) = self.legs.get_mut(&other).filter(|far| far.bridge.telephone() == Some(call)) {
                        far.station_heard = now;
                        far.send_station(codec, ssrc, sequence, timestamp, &payload, now);
                    }
                    return;
                }
                // With a lead who speaks to the call-taker, our own clock brings both.
                if leg.bridge.station_hears() == StationHears::Caller
                    && !leg.seat_is_mixed()
                    && let Some(station) = leg.bridge.station()
                {
                    self.tell_station(station, Source(FROM_CALLER, ssrc), (codec, sequence, timestamp), &payload, now);
                }
            }
        }
    }
}
