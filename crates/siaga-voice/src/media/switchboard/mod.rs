//! All lines and stations, and what passes between them. The thread calls in; nothing here waits.

mod lines;
mod rounds;
mod seats;
mod supervision;

use super::{
    MediaConfig, MediaError,
    browser::Browsers,
    leg::{Leg, Recorded},
    prompts::Prompts,
    request::Request,
    station::{self, Station},
    thread::FIRST_BROWSER,
};
use crate::{
    Command, Event,
    outbox::Outbox,
    record::write::{Job, Writer},
};
use mio::{Registry, Token, net::UdpSocket};
use siaga_core::ids::{CallId, StationId};
use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    sync::Arc,
    time::Instant,
};
use str0m::RtcConfig;
use tokio::sync::mpsc;

/// Open lines; a city has 30 trunk channels, a flood must find an end.
const LEGS_MAX: usize = 2_000;
/// Open stations; a city has 4 seats and some reloads.
const STATIONS_MAX: usize = 256;
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

pub(in crate::media) struct Switchboard {
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
    /// The last call each station was attached to; whether it still is, the line's bridge says.
    callers: HashMap<StationId, CallId>,
    /// The call that each lead's station is on.
    leads: HashMap<StationId, CallId>,
    writer: Writer,
    prompts: Arc<Prompts>,
    events: Outbox,
}

impl Switchboard {
    pub(in crate::media) fn new(
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
        let prompts = Arc::new(Prompts::load(&config.prompts_dir)?);
        Ok(Self {
            prompts,
            registry,
            rtc_config: station::config(certificate),
            next_token: FIRST_BROWSER + sockets.len(),
            next_port: *config.rtp_ports.start(),
            browsers: Browsers::new(sockets),
            legs: HashMap::new(),
            tokens: HashMap::new(),
            taken: HashSet::new(),
            stations: HashMap::new(),
            callers: HashMap::new(),
            leads: HashMap::new(),
            writer,
            events: Outbox::new(events),
            config,
        })
    }

    pub(in crate::media) fn carry_out(&mut self, request: Request, now: Instant) {
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
            Request::Recall { call, reply } => {
                let leg = self.legs.get(&call);
                drop(reply.send(leg.and_then(|leg| leg.recall(&self.config.recording_key, now))));
            }
            Request::Finish { done } => {
                self.close(now);
                if !self.writer.put(Job::Finish { done }) {
                    tracing::error!("the recorder does not keep up; the last recordings may miss their end");
                }
            }
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

    fn apply(&mut self, command: &Command, now: Instant) {
        match command {
            Command::Answer { call, station } | Command::Attach { call, station } => self.attach(*call, *station, now),
            Command::Dial { call, station, .. } => {
                self.attach(*call, *station, now);
                self.on_leg(*call, |leg| leg.bridge.dialling = !leg.answered());
            }
            Command::Say { call, prompt } => self.on_leg(*call, |leg| leg.say(*prompt)),
            Command::Ask { call, prompt, .. } => self.on_leg(*call, |leg| {
                leg.bridge.dialling = !leg.answered();
                leg.say(*prompt);
            }),
            Command::RingOutside { call, .. } => self.on_leg(*call, |leg| leg.recorded = Recorded::WithTheCaller),
            Command::Join { call, leg } => self.join(*call, *leg, now),
            Command::Detach { call } => self.on_leg(*call, |leg| leg.bridge.detach()),
            Command::Hold { call, on } => self.on_leg(*call, |leg| leg.bridge.hold = *on),
            Command::Mute { call, on } => self.on_leg(*call, |leg| leg.bridge.mute = *on),
            Command::Keypad { call, digits } => self.on_leg(*call, |leg| leg.press(digits)),
            Command::Supervise { call, station, how } => self.supervise(*call, *station, *how, now),
            Command::EndSupervision { call } => self.end_supervision(*call),
            Command::CloseStation { station } => {
                self.lead_leaves(*station);
                if let Some(mut gone) = self.stations.remove(station) {
                    gone.close(&self.browsers, now);
                    self.browsers.forget(*station);
                }
            }
            Command::Suspect { .. } | Command::Ring { .. } | Command::HangUp { .. } => {}
        }
    }

    /// A station talks with one caller; one it had before waits for another seat.
    fn attach(&mut self, call: CallId, station: StationId, now: Instant) {
        if self.legs.contains_key(&call) {
            self.callers.insert(station, call);
        }
        for (other, leg) in &mut self.legs {
            if *other == call {
                leg.bridge.attach(station);
                (leg.station_heard, leg.station_down_said) = (now, false);
            } else if leg.bridge.station() == Some(station) {
                leg.bridge.detach();
            }
        }
    }

    /// A caller and a telephone outside, both on lines of ours.
    fn join(&mut self, call: CallId, outside: CallId, now: Instant) {
        if !self.legs.contains_key(&call) || !self.legs.contains_key(&outside) {
            return;
        }
        for (this, other) in [(call, outside), (outside, call)] {
            self.on_leg(this, |leg| {
                leg.bridge.join(other);
                leg.station_heard = now;
            });
        }
    }

    /// The program ends: recordings are completed, browsers are told.
    pub(in crate::media) fn close(&mut self, now: Instant) {
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
