//! What each round of the thread brings: sockets with something to read, and time that has passed.

use super::{DATAGRAM_BYTES, FROM_MACHINE, Face, Switchboard};
use crate::{
    Event, address, clock,
    listen::Report,
    media::{
        Codec,
        bridge::{STATION_SILENT, StationHears},
        leg::Leg,
        mapper::Source,
        station::Station,
        thread::{FIRST_BROWSER, guarded},
    },
    record::write::Job,
};
use mio::Token;
use siaga_core::ids::{CallId, StationId};
use std::time::Instant;

/// Packets read from one line per round of 4 ms; 50 a second are right.
const LEG_PACKETS_PER_TICK: usize = 32;
/// The same for a socket with all browsers behind it.
const BROWSER_PACKETS_PER_TICK: usize = 1_024;

impl Switchboard {
    /// When something is due without any packet; `None`: never.
    pub(in crate::media) fn next_due(&self) -> Option<Instant> {
        let legs = self.legs.values().map(Leg::next_due);
        let stations = self.stations.values().map(Station::next_timeout);
        legs.chain(stations).min()
    }

    /// Reads a socket. `true`: there is more than one round takes.
    pub(in crate::media) fn read(&mut self, token: Token, now: Instant) -> bool {
        let mut datagram = [0; DATAGRAM_BYTES];
        if let Some(n) = token.0.checked_sub(FIRST_BROWSER).filter(|n| *n < self.browsers.sockets.len()) {
            for _ in 0..BROWSER_PACKETS_PER_TICK {
                let (local, socket) = &self.browsers.sockets[n];
                let local = *local;
                match socket.recv_from(&mut datagram) {
                    Ok((length, from)) => self.browser_sent(local, from, &datagram[..length], now),
                    Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return false,
                    // An ICMP error of an earlier packet: the socket goes on.
                    Err(_) => {}
                }
            }
            return true;
        }
        let Some((call, face)) = self.tokens.get(&token).copied() else { return false };
        for _ in 0..LEG_PACKETS_PER_TICK {
            let Some(leg) = self.legs.get_mut(&call) else { return false };
            let socket = match face {
                Face::Rtp => &leg.rtp,
                Face::Rtcp => &leg.rtcp,
            };
            match (socket.recv_from(&mut datagram), face) {
                (Ok((length, from)), Face::Rtp) => {
                    let from = address::plain(from);
                    guarded("a line", || self.caller_sent(call, &datagram[..length], from, now));
                }
                (Err(error), _) if error.kind() == std::io::ErrorKind::WouldBlock => return false,
                // Reports of the far end are taken off the socket and left.
                (Ok(_) | Err(_), _) => {}
            }
        }
        true
    }

    /// What time alone brings about.
    pub(in crate::media) fn tick(&mut self, now: Instant) {
        let due: Vec<StationId> =
            self.stations.values().filter(|station| station.next_timeout() <= now).map(|station| station.id).collect();
        for id in due {
            let Some(station) = self.stations.get_mut(&id) else { continue };
            let browsers = &self.browsers;
            match guarded("a station", || station.timeout(browsers, now)) {
                Some(said) => self.hear(id, said, now),
                None => self.drop_station(id),
            }
        }
        let due: Vec<CallId> =
            self.legs.iter_mut().filter_map(|(call, leg)| leg.frame_due(now).then_some(*call)).collect();
        for call in due {
            guarded("a line", || {
                self.tick_leg(call, now);
                self.tick_supervision(call, now);
            });
        }
        self.events.flush();
    }

    fn tick_leg(&mut self, call: CallId, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        leg.tick(now);
        if leg.answered()
            && let Some(Report { level_dbfs, sound }) = leg.listener.report(now)
        {
            self.events.send(Event::Heard { call, at: clock::now(), level_dbfs, sound });
        }
        if let Some(prompt) = leg.said() {
            self.events.send(Event::Said { call, at: clock::now(), prompt });
        }
        while let Some(segment) = leg.tape.as_mut().and_then(|tape| tape.due(now)) {
            let taken = self.writer.put(Job::Segment { call, segment });
            if !taken && !leg.tape_failed {
                let error = "the recorder does not keep up".to_owned();
                self.events.send(Event::RecordingFailed { call, at: clock::now(), error });
            }
            leg.tape_failed = !taken;
        }
        let Some(station) = leg.bridge.station() else { return };
        let silent = now.saturating_duration_since(leg.station_heard) >= STATION_SILENT;
        if leg.answered() && silent && !std::mem::replace(&mut leg.station_down_said, true) {
            self.events.send(Event::StationDown { station, at: clock::now() });
        }
        if !leg.answered() && leg.bridge.station_hears() == StationHears::RingBack {
            let (sequence, timestamp, frame) = leg.ring_back();
            let fields = (Codec::Pcma, sequence, timestamp);
            self.tell_station(station, Source(FROM_MACHINE, 0), fields, &frame, now);
        }
    }
}
