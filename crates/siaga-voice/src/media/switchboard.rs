//! All lines and stations, and what passes between them. The thread calls in; nothing here waits.

use super::{
    LegAddress, MediaConfig, MediaError, StationError,
    bridge::{Partner, STATION_SILENT, StationHears},
    browser::Browsers,
    leg::{Incoming, Leg},
    mapper::Source,
    request::Request,
    sockets,
    station::{self, Said, Station},
    thread::{FIRST_BROWSER, guarded},
};
use crate::{
    Command, Event, clock,
    outbox::Outbox,
    record::write::{Job, Writer},
};
use mio::{Interest, Registry, Token, net::UdpSocket};
use siaga_core::{
    call::Sound as HeardSound,
    ids::{CallId, StationId},
};
use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    time::Instant,
};
use str0m::RtcConfig;
use tokio::sync::mpsc;

/// Open lines; a city has 30 trunk channels, a flood must find an end.
const LEGS_MAX: usize = 2_000;
/// Open stations; a city has 4 seats and some reloads.
const STATIONS_MAX: usize = 256;
/// Packets read from one line per round of 2 ms; 50 a second are right.
const LEG_PACKETS_PER_TICK: usize = 32;
/// The same for a socket with all browsers behind it.
const BROWSER_PACKETS_PER_TICK: usize = 1_024;
/// Longest datagram read; the rest is cut, and such a packet is not ours.
const DATAGRAM_BYTES: usize = 2_048;
/// Kinds of [`Source`] on the way to the station.
const FROM_CALLER: u8 = 1;
const FROM_MACHINE: u8 = 2;

#[derive(Clone, Copy)]
enum Face {
    Rtp,
    Rtcp,
}

pub(super) struct Switchboard {
    config: MediaConfig,
    registry: Registry,
    rtc_config: RtcConfig,
    browsers: Browsers,
    legs: HashMap<CallId, Leg>,
    tokens: HashMap<Token, (CallId, Face)>,
    next_token: usize,
    next_port: u16,
    taken: HashSet<u16>,
    stations: HashMap<StationId, Station>,
    writer: Writer,
    events: Outbox,
}

impl Switchboard {
    pub(super) fn new(
        config: MediaConfig,
        sockets: Vec<(SocketAddr, UdpSocket)>,
        registry: Registry,
        events: mpsc::Sender<Event>,
    ) -> Result<Self, MediaError> {
        let certificate = str0m::crypto::from_feature_flags()
            .dtls_provider
            .generate_certificate()
            .ok_or_else(|| MediaError::Certificate("the crypto library made none".into()))?;
        let writer = Writer::start(config.recordings_dir.clone(), config.recording_key, events.clone())?;
        Ok(Self {
            registry,
            rtc_config: station::config(certificate),
            next_token: FIRST_BROWSER + sockets.len(),
            next_port: *config.rtp_ports.start(),
            browsers: Browsers::new(sockets),
            legs: HashMap::new(),
            tokens: HashMap::new(),
            taken: HashSet::new(),
            stations: HashMap::new(),
            writer,
            events: Outbox::new(events),
            config,
        })
    }

    /// When something is due without any packet; `None`: never.
    pub(super) fn next_due(&self) -> Option<Instant> {
        let legs = self.legs.values().map(Leg::next_due);
        let stations = self.stations.values().map(Station::next_timeout);
        legs.chain(stations).min()
    }

    pub(super) fn carry_out(&mut self, request: Request, now: Instant) {
        match request {
            // The asker may have given up meanwhile: an answer nobody takes is no fault.
            Request::LegOpen { call, reply } => drop(reply.send(self.leg_open(call, now))),
            Request::LegDescribe { call, remote } => self.on_leg(call, |leg| leg.describe(remote)),
            Request::LegAnswered { call } => self.leg_answered(call, now),
            Request::LegClose { call } => self.leg_close(call, now),
            Request::LegStatus { call, reply } => drop(reply.send(self.legs.get(&call).map(|leg| leg.status(now)))),
            Request::Apply(command) => self.apply(&command, now),
            Request::StationOffer { station, offer, reply } => {
                drop(reply.send(self.station_offer(station, &offer, now)));
            }
            Request::Recall { call, reply } => drop(reply.send(self.legs.get(&call).and_then(|leg| leg.recall(now)))),
            #[cfg(test)]
            Request::Poison { call, station } => {
                self.on_leg(call, |leg| leg.poisoned = true);
                if let Some(station) = self.stations.get_mut(&station) {
                    station.poisoned = true;
                }
            }
        }
    }

    fn on_leg(&mut self, call: CallId, change: impl FnOnce(&mut Leg)) {
        if let Some(leg) = self.legs.get_mut(&call) {
            change(leg);
        }
    }

    fn leg_open(&mut self, call: CallId, now: Instant) -> Result<LegAddress, MediaError> {
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
        self.legs.insert(call, Leg::new(port, rtp, rtcp, now));
        Ok(LegAddress { rtp_port: port })
    }

    fn leg_answered(&mut self, call: CallId, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        if let Some(codec) = leg.answer(now) {
            let started_at = clock::now();
            if !self.writer.put(Job::Open { call, codec, started_at }) {
                leg.tape_failed = true;
                let error = "the recorder does not keep up".to_owned();
                self.events.send(Event::RecordingFailed { call, at: started_at, error });
            }
        }
    }

    fn leg_close(&mut self, call: CallId, now: Instant) {
        let Some(mut leg) = self.legs.remove(&call) else { return };
        self.taken.remove(&leg.port);
        self.tokens.retain(|_, (of, _)| *of != call);
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

    fn apply(&mut self, command: &Command, now: Instant) {
        match command {
            Command::Answer { call, station } | Command::Attach { call, station } => self.attach(*call, *station, now),
            Command::Dial { call, station, .. } => {
                self.attach(*call, *station, now);
                self.on_leg(*call, |leg| leg.bridge.dialling = !leg.answered());
            }
            Command::Detach { call } => self.on_leg(*call, |leg| leg.bridge.partner = Partner::Detached),
            Command::Hold { call, on } => self.on_leg(*call, |leg| leg.bridge.hold = *on),
            Command::Mute { call, on } => self.on_leg(*call, |leg| leg.bridge.mute = *on),
            Command::Keypad { call, digits } => self.on_leg(*call, |leg| leg.press(digits)),
            Command::CloseStation { station } => {
                if let Some(mut gone) = self.stations.remove(station) {
                    gone.close(&self.browsers, now);
                    self.browsers.forget(*station);
                }
            }
            Command::Say { .. } | Command::Ask { .. } | Command::Ring { .. } | Command::HangUp { .. } => {}
        }
    }

    /// A station talks with one caller; one it had before waits for another seat.
    fn attach(&mut self, call: CallId, station: StationId, now: Instant) {
        for (other, leg) in &mut self.legs {
            if *other == call {
                leg.bridge.partner = Partner::Station(station);
                (leg.station_heard, leg.station_down_said) = (now, false);
            } else if leg.bridge.station() == Some(station) {
                leg.bridge.partner = Partner::Detached;
            }
        }
    }

    fn station_offer(&mut self, id: StationId, offer: &str, now: Instant) -> Result<String, StationError> {
        if let Some(known) = self.stations.get_mut(&id)
            && known.is_same_connection(offer)
        {
            let answer = known.accept(offer)?;
            self.browsers.expect(known.ufrag.clone(), id);
            let said = known.timeout(&self.browsers, now);
            self.hear(id, said, now);
            return Ok(answer);
        }
        if self.stations.len() >= STATIONS_MAX && !self.stations.contains_key(&id) {
            return Err(StationError::TooMany(STATIONS_MAX));
        }
        let (station, answer) = Station::open(id, &self.rtc_config, &self.browsers, offer, now)?;
        self.browsers.forget(id);
        self.browsers.expect(station.ufrag.clone(), id);
        self.stations.insert(id, station);
        Ok(answer)
    }

    /// Reads a socket. `true`: there is more than one round takes.
    pub(super) fn read(&mut self, token: Token, now: Instant) -> bool {
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
                    guarded("a line", || self.caller_sent(call, &datagram[..length], from, now));
                }
                (Err(error), _) if error.kind() == std::io::ErrorKind::WouldBlock => return false,
                // Reports of the far end are taken off the socket and left.
                (Ok(_) | Err(_), _) => {}
            }
        }
        true
    }

    fn caller_sent(&mut self, call: CallId, datagram: &[u8], from: SocketAddr, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        match leg.receive(datagram, from, now) {
            None => {}
            Some(Incoming::Key(digit)) => self.events.send(Event::Key { call, at: clock::now(), digit }),
            Some(Incoming::Audio { codec, ssrc, sequence, timestamp, payload }) => {
                if leg.bridge.station_hears() == StationHears::Caller
                    && let Some(station) = leg.bridge.station()
                {
                    self.tell_station(station, Source(FROM_CALLER, ssrc), (codec, sequence, timestamp), &payload, now);
                }
            }
        }
    }

    fn tell_station(
        &mut self,
        id: StationId,
        source: Source,
        (codec, sequence, timestamp): (super::Codec, u16, u32),
        payload: &[u8],
        now: Instant,
    ) {
        let Some(station) = self.stations.get_mut(&id) else { return };
        let said = station.send(source, codec, sequence, timestamp, payload, &self.browsers, now);
        self.hear(id, said, now);
    }

    fn browser_sent(&mut self, local: SocketAddr, from: SocketAddr, datagram: &[u8], now: Instant) {
        let Some(id) = self.browsers.owner(from, datagram) else { return };
        let Some(station) = self.stations.get_mut(&id) else { return };
        let browsers = &mut self.browsers;
        let said = guarded("a station", || {
            let check = station::parse(from, local, datagram)?;
            if super::browser::stun_ufrag(datagram).is_some() {
                if !station.accepts(check, now) {
                    return None;
                }
                browsers.learn(from, id);
            }
            Some(station.receive(station::parse(from, local, datagram)?, browsers, now))
        });
        match said {
            Some(said) => self.hear(id, said.unwrap_or_default(), now),
            None => self.drop_station(id),
        }
    }

    fn hear(&mut self, id: StationId, said: Vec<Said>, now: Instant) {
        for said in said {
            match said {
                Said::Up => self.events.send(Event::StationUp { station: id, at: clock::now() }),
                Said::Gone => return self.drop_station(id),
                Said::Audio { codec, ssrc, sequence, timestamp, payload } => {
                    let Some(leg) = self.legs.values_mut().find(|leg| leg.bridge.station() == Some(id)) else {
                        continue;
                    };
                    leg.station_heard = now;
                    if std::mem::take(&mut leg.station_down_said) {
                        self.events.send(Event::StationUp { station: id, at: clock::now() });
                    }
                    if leg.bridge.lets_through(id) {
                        leg.send_station(codec, ssrc, sequence, timestamp, &payload, now);
                    }
                }
            }
        }
    }

    fn drop_station(&mut self, id: StationId) {
        if self.stations.remove(&id).is_none() {
            return;
        }
        self.browsers.forget(id);
        let said = self.legs.values_mut().find(|leg| leg.bridge.station() == Some(id));
        let already = said.is_some_and(|leg| std::mem::replace(&mut leg.station_down_said, true));
        if !already {
            self.events.send(Event::StationDown { station: id, at: clock::now() });
        }
    }

    /// What time alone brings about.
    pub(super) fn tick(&mut self, now: Instant) {
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
            guarded("a line", || self.tick_leg(call, now));
        }
        self.events.flush();
    }

    fn tick_leg(&mut self, call: CallId, now: Instant) {
        let Some(leg) = self.legs.get_mut(&call) else { return };
        leg.tick(now);
        if leg.answered()
            && let Some(report) = leg.level.report(now)
        {
            let (at, level_dbfs) = (clock::now(), report.level_dbfs);
            let sound = if report.voice { HeardSound::Voice } else { HeardSound::Silence };
            self.events.send(Event::Heard { call, at, level_dbfs, sound });
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
            let fields = (super::Codec::Pcma, sequence, timestamp);
            self.tell_station(station, Source(FROM_MACHINE, 0), fields, &frame, now);
        }
    }

    /// The program ends: recordings are completed, browsers are told.
    pub(super) fn close(&mut self, now: Instant) {
        let calls: Vec<CallId> = self.legs.keys().copied().collect();
        for call in calls {
            self.leg_close(call, now);
        }
        for station in self.stations.values_mut() {
            station.close(&self.browsers, now);
        }
        self.events.flush();
    }
}
