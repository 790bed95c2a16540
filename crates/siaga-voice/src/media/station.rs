//! One console's WebRTC connection: str0m in RTP mode, ICE-lite, G.711 only. It carries audio to and from whatever call
//! the bridge says; it knows no call.

use super::{
    Codec, StationError,
    browser::Browsers,
    mapper::{Mapper, Source},
};
use siaga_core::ids::StationId;
use std::time::{Duration, Instant};
use str0m::{
    Candidate, Event as RtcEvent, IceConnectionState, Input, Output, Rtc, RtcConfig,
    change::SdpOffer,
    config::DtlsCert,
    format::{Codec as RtcCodec, FormatParams},
    media::{Direction, Frequency, Mid, Pt},
    net::{Protocol, Receive},
    rtp::{Extension, RtpWrite},
};

/// A station that never gets its media path is dropped after this; a browser needs a fifth of a second.
const CONNECT_WITHIN: Duration = Duration::from_secs(30);
/// The pt we would use for telephone-event; the answer follows the browser's own number.
const TELEPHONE_EVENT_PT: u8 = 126;
/// The number we would use for the line's name; the answer follows the browser's own.
const MID_EXTENSION: u8 = 4;
/// Outputs taken in one go; a station that has more to say is heard again in the next tick.
const OUTPUTS_MAX: usize = 1_024;

/// A page sends sound also when it is in no call. Of that every 25th packet, two a second, is deciphered: enough for the
/// SRTP index to follow the wraps of the sequence number, and for str0m not to call the stream paused.
const UNHEARD_EVERY: u8 = 25;

/// What a station had to say.
#[derive(Debug)]
pub enum Said {
    Audio {
        codec: Codec,
        ssrc: u32,
        sequence: u16,
        timestamp: u32,
        payload: std::sync::Arc<[u8]>,
    },
    Up,
    /// Its media path is gone for good: drop it.
    Gone,
}

pub struct Station {
    pub id: StationId,
    pub ufrag: String,
    rtc: Rtc,
    fingerprint: String,
    /// The m-line of the caller.
    caller: Option<Mid>,
    line: Mapper,
    next_timeout: Instant,
    connected: bool,
    opened: Instant,
    /// Packets of sound passed over since one was heard.
    passed_over: u8,
    #[cfg(test)]
    pub poisoned: bool,
}

/// One configuration for all, with one DTLS certificate.
pub fn config(certificate: DtlsCert) -> RtcConfig {
    let mut config = Rtc::builder()
        .set_crypto_provider(std::sync::Arc::new(str0m::crypto::from_feature_flags()))
        .set_dtls_cert(certificate)
        .set_ice_lite(true)
        .set_rtp_mode(true)
        // Of the header extensions only the one that names the line. Transport-wide feedback would cost both ends ten
        // more packets a second for an estimate of bandwidth that G.711 has no use for.
        .clear_extension_map()
        .set_extension(MID_EXTENSION, Extension::RtpMid)
        .clear_codecs()
        .enable_pcma(true, false)
        .enable_pcmu(true, false);
    // Comfort noise stays off: a muted page must keep sending 50 packets a second.
    config.codec_config().add_config(
        Pt::new_with_value(TELEPHONE_EVENT_PT),
        None,
        RtcCodec::Tele,
        Frequency::EIGHT_KHZ,
        None,
        FormatParams::parse_line("0-16"),
    );
    config
}

fn fingerprint(offer: &str) -> String {
    offer.lines().find(|line| line.starts_with("a=fingerprint:")).unwrap_or_default().trim().to_owned()
}

impl Station {
    /// Accepts an offer; the station and the SDP answer.
    pub fn open(
        id: StationId,
        config: &RtcConfig,
        sockets: &Browsers,
        offer: &str,
        now: Instant,
    ) -> Result<(Self, String), StationError> {
        let mut rtc = config.clone().build(now);
        for address in sockets.addresses() {
            let candidate = Candidate::host(address, "udp").map_err(|error| StationError::Offer(error.to_string()))?;
            rtc.add_local_candidate(candidate);
        }
        let mut station = Self {
            id,
            ufrag: String::new(),
            rtc,
            fingerprint: fingerprint(offer),
            caller: None,
            line: Mapper::new(0, rand::random()),
            next_timeout: now,
            connected: false,
            opened: now,
            passed_over: 0,
            #[cfg(test)]
            poisoned: false,
        };
        let answer = station.accept(offer)?;
        Ok((station, answer))
    }

    /// Another offer of the same browser connection (ICE restart), as its DTLS fingerprint tells.
    pub fn is_same_connection(&self, offer: &str) -> bool {
        self.rtc.is_alive() && self.fingerprint == fingerprint(offer)
    }

    pub fn accept(&mut self, offer: &str) -> Result<String, StationError> {
        let unreadable = |error: &dyn std::fmt::Display| StationError::Offer(error.to_string());
        let offer = SdpOffer::from_sdp_string(offer).map_err(|error| unreadable(&error))?;
        let answer = self.rtc.sdp_api().accept_offer(offer).map_err(|error| unreadable(&error))?.to_sdp_string();
        if !answer.lines().any(|line| line.contains("PCMA/8000") || line.contains("PCMU/8000")) {
            return Err(StationError::NoAudio);
        }
        self.ufrag = self.rtc.direct_api().local_ice_credentials().ufrag;
        Ok(answer)
    }

    pub fn next_timeout(&self) -> Instant {
        self.next_timeout
    }

    /// Whether this really is the connection the datagram belongs to (for STUN: its integrity holds).
    pub fn accepts(&self, receive: Receive<'_>, now: Instant) -> bool {
        self.rtc.accepts(&Input::Receive(now, receive))
    }

    /// Whether a datagram of a station in no call may be left alone: sound that nobody hears.
    pub fn passes_over(&mut self, datagram: &[u8]) -> bool {
        if !is_rtp(datagram) {
            return false;
        }
        self.passed_over = (self.passed_over + 1) % UNHEARD_EVERY;
        self.passed_over != 0
    }

    pub fn receive(&mut self, receive: Receive<'_>, sockets: &Browsers, now: Instant) -> Vec<Said> {
        #[cfg(test)]
        assert!(!self.poisoned, "a test asked for this");
        // Garbage is an error for str0m; whether the connection still lives is asked below, in any case.
        if let Err(error) = self.rtc.handle_input(Input::Receive(now, receive)) {
            tracing::debug!(station = %self.id, %error, "a datagram was refused");
        }
        self.drain(sockets, now)
    }

    pub fn timeout(&mut self, sockets: &Browsers, now: Instant) -> Vec<Said> {
        if let Err(error) = self.rtc.handle_input(Input::Timeout(now)) {
            tracing::debug!(station = %self.id, %error, "a timeout failed");
        }
        let mut said = self.drain(sockets, now);
        if !self.connected && now.saturating_duration_since(self.opened) > CONNECT_WITHIN {
            said.push(Said::Gone);
        }
        said
    }

    /// Sends what str0m has to send, up to its next timeout.
    fn drain(&mut self, sockets: &Browsers, now: Instant) -> Vec<Said> {
        let mut said = Vec::new();
        for _ in 0..OUTPUTS_MAX {
            match self.rtc.poll_output() {
                Ok(Output::Transmit(transmit)) => {
                    sockets.send(transmit.source, transmit.destination, &transmit.contents)
                }
                Ok(Output::Event(event)) => self.note(event, &mut said),
                Ok(Output::Timeout(at)) => {
                    self.next_timeout = at;
                    break;
                }
                Err(error) => {
                    tracing::warn!(station = %self.id, %error, "the station's connection failed");
                    said.push(Said::Gone);
                    return said;
                }
            }
        }
        // After a close the next timeout lies in the far future: without this the station would sleep on, dead.
        if !self.rtc.is_alive() {
            said.push(Said::Gone);
        }
        self.next_timeout = self.next_timeout.max(now);
        said
    }

    fn note(&mut self, event: RtcEvent, said: &mut Vec<Said>) {
        match event {
            RtcEvent::Connected => {
                self.connected = true;
                said.push(Said::Up);
            }
            RtcEvent::Closed | RtcEvent::IceConnectionStateChange(IceConnectionState::Disconnected) => {
                // ICE-lite never fails by itself: 15 s without a check is the end of it.
                said.push(Said::Gone);
            }
            RtcEvent::MediaAdded(added) if self.caller.is_none() && added.direction == Direction::SendRecv => {
                self.caller = Some(added.mid);
            }
            RtcEvent::RtpPacket(packet) => {
                let spec = self.rtc.codec_config().params().iter().find(|p| p.pt() == packet.header.payload_type);
                let codec = match spec.map(|p| p.spec().codec) {
                    Some(RtcCodec::PCMA) => Codec::Pcma,
                    Some(RtcCodec::PCMU) => Codec::Pcmu,
                    _ => return,
                };
                said.push(Said::Audio {
                    codec,
                    ssrc: *packet.header.ssrc,
                    sequence: packet.header.sequence_number,
                    timestamp: packet.header.timestamp,
                    payload: packet.payload,
                });
            }
            _ => {}
        }
    }

    /// The payload type this browser takes for a codec, by the codec: numbers are the browser's to choose.
    fn payload_type(&self, mid: Mid, codec: Codec) -> Option<Pt> {
        let wanted = match codec {
            Codec::Pcma => RtcCodec::PCMA,
            Codec::Pcmu => RtcCodec::PCMU,
        };
        let agreed = self.rtc.media(mid)?.remote_pts();
        self.rtc
            .codec_config()
            .params()
            .iter()
            .find(|p| p.spec().codec == wanted && agreed.contains(&p.pt()))
            .map(|p| p.pt())
    }

    /// A packet for the call-taker's ear.
    #[expect(clippy::too_many_arguments, reason = "they are the fields of one packet")]
    pub fn send(
        &mut self,
        source: Source,
        codec: Codec,
        sequence: u16,
        timestamp: u32,
        payload: &[u8],
        sockets: &Browsers,
        now: Instant,
    ) -> Vec<Said> {
        let Some(mid) = self.caller.filter(|_| self.connected) else { return Vec::new() };
        let other = match codec {
            Codec::Pcma => Codec::Pcmu,
            Codec::Pcmu => Codec::Pcma,
        };
        let (pt, payload): (Pt, std::sync::Arc<[u8]>) = match self.payload_type(mid, codec) {
            Some(pt) => (pt, payload.into()),
            None => match self.payload_type(mid, other) {
                Some(pt) => (pt, payload.iter().map(|byte| codec.convert(*byte, other)).collect()),
                None => return Vec::new(),
            },
        };
        let Some(mapped) = self.line.map(source, sequence, timestamp, now) else { return Vec::new() };
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return Vec::new() };
        let packet = RtpWrite::new(pt, mapped.sequence.into(), mapped.timestamp, now, payload).marker(mapped.marker);
        stream.write_rtp(packet);
        // One mutation, one drain: otherwise the packet waits for the next timer.
        if let Err(error) = self.rtc.handle_input(Input::Timeout(now)) {
            tracing::debug!(station = %self.id, %error, "a packet was refused");
        }
        self.drain(sockets, now)
    }

    /// Tells the browser and ends.
    pub fn close(&mut self, sockets: &Browsers, now: Instant) {
        let _ = self.rtc.close();
        self.drain(sockets, now);
    }
}

/// RTP and not RTCP, STUN or DTLS, by its first two bytes (RFC 7983, RFC 5761 4).
fn is_rtp(datagram: &[u8]) -> bool {
    matches!(datagram, [128..=191, kind, ..] if !(64..=95).contains(&(kind & 0x7f)))
}

/// A datagram as str0m reads it; `None` for garbage.
pub fn parse(from: std::net::SocketAddr, to: std::net::SocketAddr, datagram: &[u8]) -> Option<Receive<'_>> {
    Receive::new(Protocol::Udp, from, to, datagram).ok()
}

#[cfg(test)]
mod tests;
