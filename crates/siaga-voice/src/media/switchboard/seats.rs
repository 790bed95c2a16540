//! Browser stations: their offers, what they say, and that they are gone.

use super::{STATIONS_MAX, Switchboard};
use crate::{
    Event, clock,
    media::{
        Codec, StationError,
        browser::stun_ufrag,
        leg::Leg,
        mapper::Source,
        station::{self, Said, Station},
        thread::guarded,
    },
};
use siaga_core::ids::{CallId, StationId};
use std::{collections::HashMap, net::SocketAddr, time::Instant};

/// The line of the caller that this station talks with.
fn caller_of<'a>(
    id: StationId,
    callers: &HashMap<StationId, CallId>,
    legs: &'a mut HashMap<CallId, Leg>,
) -> Option<&'a mut Leg> {
    legs.get_mut(callers.get(&id)?).filter(|leg| leg.bridge.station() == Some(id))
}

impl Switchboard {
    pub(super) fn station_offer(&mut self, id: StationId, offer: &str, now: Instant) -> Result<String, StationError> {
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

    pub(super) fn tell_station(
        &mut self,
        id: StationId,
        source: Source,
        (codec, sequence, timestamp): (Codec, u16, u32),
        payload: &[u8],
        now: Instant,
    ) {
        let Some(station) = self.stations.get_mut(&id) else { return };
        let said = station.send(source, codec, sequence, timestamp, payload, &self.browsers, now);
        self.hear(id, said, now);
    }

    pub(super) fn browser_sent(&mut self, local: SocketAddr, from: SocketAddr, datagram: &[u8], now: Instant) {
        let Some(id) = self.browsers.owner(from, datagram) else { return };
        let in_call = self.leads.contains_key(&id) || caller_of(id, &self.callers, &mut self.legs).is_some();
        let Some(station) = self.stations.get_mut(&id) else { return };
        if !in_call && station.passes_over(datagram) {
            return;
        }
        let browsers = &mut self.browsers;
        let said = guarded("a station", || {
            let check = station::parse(from, local, datagram)?;
            if stun_ufrag(datagram).is_some() {
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

    pub(super) fn hear(&mut self, id: StationId, said: Vec<Said>, now: Instant) {
        for said in said {
            match said {
                Said::Up => self.events.send(Event::StationUp { station: id, at: clock::now() }),
                Said::Gone => return self.drop_station(id),
                Said::Audio { codec, ssrc, sequence, timestamp, payload } => {
                    if self.lead_said(id, codec, &payload, now).is_some() {
                        continue;
                    }
                    let Some(leg) = caller_of(id, &self.callers, &mut self.legs) else { continue };
                    leg.station_heard = now;
                    if std::mem::take(&mut leg.station_down_said) {
                        self.events.send(Event::StationUp { station: id, at: clock::now() });
                    }
                    leg.lead_hears_seat(id, codec, &payload);
                    if leg.bridge.lets_through(id) {
                        leg.send_station(codec, ssrc, sequence, timestamp, &payload, now);
                    }
                }
            }
        }
    }

    pub(super) fn drop_station(&mut self, id: StationId) {
        if self.stations.remove(&id).is_none() {
            return;
        }
        self.browsers.forget(id);
        self.lead_leaves(id);
        let already = caller_of(id, &self.callers, &mut self.legs)
            .is_some_and(|leg| std::mem::replace(&mut leg.station_down_said, true));
        if !already {
            self.events.send(Event::StationDown { station: id, at: clock::now() });
        }
    }
}
