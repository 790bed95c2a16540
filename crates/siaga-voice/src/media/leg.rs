//! One caller's line: its RTP/RTCP port pair, whom it believes, what goes out, what is recorded. Fed by the thread; it
//! knows no station and no other leg.

mod supervised;

use super::{
    Codec, Direction, LegStatus, RemoteMedia,
    aside::Aside,
    bridge::{Bridge, CallerHears, Speech, sound_of},
    dtmf::{Keypad, Keys, Out},
    g711::FRAME_SAMPLES,
    latch::Latch,
    mapper::{Mapper, Source},
    prompts::{Player, Prompts, Sound},
    rtcp::{self, Reception, Sent},
    supervisor::Supervisor,
};
use crate::{
    Prompt, address, clock,
    listen::{Attention, Listener},
    record::{Channel, Heard, Lies, Tape},
};
use mio::net::UdpSocket;
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

const FRAME: Duration = Duration::from_millis(20);
/// A line whose clock fell this far behind starts anew instead of catching up.
const BEHIND_MAX: Duration = Duration::from_millis(200);
/// Kinds of [`Source`] on the way to the caller.
const FROM_STATION: u8 = 1;
const FROM_MACHINE: u8 = 2;
const FROM_KEYPAD: u8 = 3;
/// On the way to stations too: one line's voices together.
const FROM_MIX: u8 = 4;

/// What a packet from the caller turned out to be.
#[derive(Debug)]
pub enum Incoming {
    Audio { codec: Codec, ssrc: u32, sequence: u16, timestamp: u32, payload: Vec<u8> },
    Key(char),
}

/// Where the voices of a line are kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Recorded {
    ByItself,
    /// A line to a telephone outside: the caller's own recording has both.
    WithTheCaller,
}

pub struct Leg {
    pub port: u16,
    /// Where its sockets are bound.
    bound: IpAddr,
    pub rtp: UdpSocket,
    pub rtcp: UdpSocket,
    pub bridge: Bridge,
    pub listener: Listener,
    pub tape: Option<Tape>,
    /// Its file, once there is a recording.
    pub recording: Option<PathBuf>,
    /// The recorder did not take a segment: said once.
    pub tape_failed: bool,
    /// When the station was attached, answered or last heard.
    pub station_heard: Instant,
    pub station_down_said: bool,
    remote: Option<RemoteMedia>,
    latch: Option<Latch>,
    trunk: Arc<[IpAddr]>,
    answered: bool,
    pub recorded: Recorded,
    opened: Instant,
    out: Mapper,
    caller_line: Mapper,
    player: Player,
    aside: Aside,
    machine: (u16, u32),
    /// A shift lead on this line.
    pub(super) lead: Option<Supervisor>,
    mix: (u16, u32),
    keypad: Keypad,
    keys: Keys,
    reception: Reception,
    sent: Sent,
    heard_at: Option<Instant>,
    packets_in: u64,
    next_frame: Instant,
    next_report: Instant,
    #[cfg(test)]
    pub poisoned: bool,
}

impl Leg {
    /// `at`: where `rtp` is bound. `trunk`: machines that voice may come from besides the caller's own.
    pub fn new(
        at: SocketAddr,
        rtp: UdpSocket,
        rtcp: UdpSocket,
        prompts: Arc<Prompts>,
        trunk: Arc<[IpAddr]>,
        now: Instant,
    ) -> Self {
        Self {
            port: at.port(),
            bound: at.ip(),
            rtp,
            rtcp,
            bridge: Bridge::default(),
            listener: Listener::default(),
            tape: None,
            recording: None,
            tape_failed: false,
            station_heard: now,
            station_down_said: false,
            remote: None,
            latch: None,
            trunk,
            answered: false,
            recorded: Recorded::ByItself,
            opened: now,
            out: Mapper::new(rand::random(), rand::random()),
            caller_line: Mapper::new(0, rand::random()),
            player: Player::new(prompts),
            aside: Aside::default(),
            machine: (0, 0),
            lead: None,
            mix: (0, 0),
            keypad: Keypad::default(),
            keys: Keys::default(),
            reception: Reception::default(),
            sent: Sent::default(),
            heard_at: None,
            packets_in: 0,
            next_frame: now,
            next_report: now + rtcp::REPORT_EVERY,
            #[cfg(test)]
            poisoned: false,
        }
    }

    pub fn describe(&mut self, remote: RemoteMedia) {
        match &mut self.latch {
            Some(latch) => latch.announce(remote.addr, remote.peer),
            None => self.latch = Some(Latch::new(remote.addr, remote.peer, self.trunk.clone())),
        }
        self.remote = Some(remote);
    }

    /// The codec of a recording that begins now; `None`: it began already, or nobody said what the line carries.
    pub fn answer(&mut self, now: Instant) -> Option<Codec> {
        if self.answered {
            return None;
        }
        self.answered = true;
        self.bridge.dialling = false;
        (self.next_frame, self.station_heard) = (now, now);
        let codec = self.remote.map_or(Codec::Pcma, |remote| remote.codec);
        if self.recorded == Recorded::WithTheCaller {
            return None;
        }
        self.tape = Some(Tape::new(codec, now));
        Some(codec)
    }

    pub fn answered(&self) -> bool {
        self.answered
    }

    /// A prompt that runs is not begun anew.
    pub fn say(&mut self, prompt: Prompt) {
        if self.bridge.speech != Speech::Saying(prompt) {
            self.player.stop();
            self.bridge.speech = Speech::Saying(prompt);
        }
    }

    /// The prompt that has just come to its end.
    pub fn said(&mut self) -> Option<Prompt> {
        let Speech::Saying(prompt) = self.bridge.speech else { return None };
        self.player.is_over(prompt).then(|| {
            self.bridge.said(prompt);
            prompt
        })
    }

    pub fn press(&mut self, digits: &str) {
        self.keypad.press(digits);
    }

    /// `key` opens the recording.
    pub fn recall(&self, key: &[u8; 32], now: Instant) -> Option<Heard> {
        let heard = self.tape.as_ref()?.heard(now);
        let path = self.recording.clone()?;
        Some(heard.lying(Lies { path, key: *key }))
    }

    pub fn status(&self, now: Instant) -> LegStatus {
        LegStatus {
            rtp_age: self.heard_at.map(|at| now.saturating_duration_since(at)),
            packets_in: self.packets_in,
            packets_out: self.sent.packets.into(),
        }
    }

    /// One datagram on the RTP port. `None`: not the far end, not RTP, or nothing to hand on.
    pub fn receive(&mut self, datagram: &[u8], from: SocketAddr, now: Instant) -> Option<Incoming> {
        #[cfg(test)]
        assert!(!self.poisoned, "a test asked for this");
        let remote = self.remote?;
        let packet = RtpPacket::parse(datagram).ok()?;
        let dtmf = Some(packet.payload_type()) == remote.dtmf_payload_type;
        let codec = match packet.payload_type() {
            pt if pt == remote.payload_type => remote.codec,
            0 => Codec::Pcmu,
            8 => Codec::Pcma,
            _ if dtmf => remote.codec,
            _ => return None,
        };
        let (ssrc, sequence, timestamp) = (packet.ssrc(), packet.sequence_number(), packet.timestamp());
        if packet.payload().is_empty() || !self.latch.as_mut()?.admit(from, ssrc, sequence, now) {
            return None;
        }
        self.heard_at = Some(now);
        self.packets_in += 1;
        self.reception.packet(ssrc, sequence, timestamp, now.saturating_duration_since(self.opened));
        if dtmf {
            return self.keys.hear(ssrc, timestamp, packet.payload()).map(Incoming::Key);
        }
        self.bridge.dialling = false;
        let mut payload = packet.payload().to_vec();
        if self.answered {
            let attention = if self.bridge.has_person() { Attention::Person } else { Attention::Machine };
            for frame in payload.chunks(FRAME_SAMPLES) {
                self.listener.hear(&codec.decode_all(frame), attention, now);
            }
            let mapped = self.caller_line.map(Source(0, ssrc), sequence, timestamp, now);
            if let (Some(tape), Some(mapped)) = (&mut self.tape, mapped) {
                tape.put(Channel::Caller, codec, mapped.timestamp, &payload, now);
            }
            self.lead_hears_caller(codec, &payload);
            self.aside.mix_into(codec, &mut payload);
            self.mix_caller_for_seat(codec, &payload);
        }
        Some(Incoming::Audio { codec, ssrc, sequence, timestamp, payload })
    }

    /// A packet of the bridged station on its way to the caller.
    pub fn send_station(
        &mut self,
        codec: Codec,
        ssrc: u32,
        sequence: u16,
        timestamp: u32,
        payload: &[u8],
        now: Instant,
    ) {
        if !self.answered || self.keypad.busy() {
            return;
        }
        if self.caller_is_mixed() {
            return self.mix_seat_for_caller(codec, payload);
        }
        let own = self.remote.map_or(codec, |remote| remote.codec);
        if let Speech::Saying(prompt) = self.bridge.speech {
            let said = self.player.next(sound_of(prompt), own, payload.len());
            self.aside.say(own, &said);
            self.lead_hears_machine(own, &said);
            let both: Vec<u8> =
                payload.iter().zip(said).map(|(byte, said)| own.sum(codec.convert(*byte, own), said)).collect();
            return self.send(Source(FROM_STATION, ssrc), sequence, timestamp, &both, now);
        }
        self.player.stop();
        if own == codec {
            return self.send(Source(FROM_STATION, ssrc), sequence, timestamp, payload, now);
        }
        let converted: Vec<u8> = payload.iter().map(|byte| codec.convert(*byte, own)).collect();
        self.send(Source(FROM_STATION, ssrc), sequence, timestamp, &converted, now);
    }

    /// When [`Self::tick`] wants to be called next.
    pub fn next_due(&self) -> Instant {
        self.next_frame
    }

    /// Whether the line's own clock stands at the next 20 ms; it stays at or after `now`.
    pub fn frame_due(&mut self, now: Instant) -> bool {
        if now < self.next_frame {
            return false;
        }
        self.next_frame += FRAME;
        if now.saturating_duration_since(self.next_frame) > BEHIND_MAX {
            self.next_frame = now;
        }
        true
    }

    /// What the machine itself has to send in this frame of 20 ms.
    pub fn tick(&mut self, now: Instant) {
        if !self.answered {
            return;
        }
        let Some(remote) = self.remote else { return };
        self.step_mix();
        if now >= self.next_report {
            self.next_report = now + rtcp::REPORT_EVERY;
            self.report(now);
        }
        // Without the payload type the far end takes no digits; they are let go in time all the same.
        if let Some(Out::Packet { tone, step, payload }) = self.keypad.next()
            && let Some(payload_type) = remote.dtmf_payload_type
        {
            return self.write(payload_type, Source(FROM_KEYPAD, tone), step, 0, &payload, now);
        }
        let silent_for = now.saturating_duration_since(self.station_heard);
        let hears = self.bridge.caller_hears(silent_for);
        if self.caller_is_mixed() {
            return self.send_mixed(hears, remote.codec, now);
        }
        if let CallerHears::Machine(sound) = hears {
            self.send_machine(sound, remote.codec, now);
        }
    }

    fn send_machine(&mut self, sound: Sound, codec: Codec, now: Instant) {
        let frame = self.player.next_frame(sound, codec);
        self.lead_hears_machine(codec, &frame);
        // Muted, the station still hears what is said to its caller.
        if self.bridge.station().is_some() && matches!(self.bridge.speech, Speech::Saying(_)) {
            self.aside.say(codec, &frame);
        }
        self.machine = (self.machine.0.wrapping_add(1), self.machine.1.wrapping_add(160));
        self.send(Source(FROM_MACHINE, 0), self.machine.0, self.machine.1, &frame, now);
    }

    /// Ring-back tone for the station while the far end rings.
    pub fn ring_back(&mut self) -> (u16, u32, Vec<u8>) {
        self.machine = (self.machine.0.wrapping_add(1), self.machine.1.wrapping_add(160));
        (self.machine.0, self.machine.1, self.player.next_frame(Sound::RingBack, Codec::Pcma))
    }

    fn send(&mut self, source: Source, sequence: u16, timestamp: u32, payload: &[u8], now: Instant) {
        if let Some(remote) = self.remote {
            self.write(remote.payload_type, source, sequence, timestamp, payload, now);
        }
    }

    fn write(&mut self, pt: u8, source: Source, sequence: u16, timestamp: u32, payload: &[u8], now: Instant) {
        let (Some(remote), Some(latch)) = (self.remote, &self.latch) else { return };
        let Some(mapped) = self.out.map(source, sequence, timestamp, now) else { return };
        if pt == remote.payload_type
            && let Some(tape) = &mut self.tape
        {
            tape.put(Channel::Desk, remote.codec, mapped.timestamp, payload, now);
        }
        let target = latch.target();
        let listens = matches!(remote.direction, Direction::SendRecv | Direction::RecvOnly);
        if !listens || target.ip().is_unspecified() {
            return;
        }
        let packet = RtpPacketBuilder::<&[u8], &[u8]>::new()
            .payload_type(pt)
            .sequence_number(mapped.sequence as u16)
            .timestamp(mapped.timestamp)
            .ssrc(self.out.ssrc)
            .marker_bit(mapped.marker)
            .payload(payload)
            .write_vec();
        let Ok(packet) = packet else { return };
        // A full send buffer loses this packet, as the network may.
        if self.rtp.send_to(&packet, address::over(self.bound, target)).is_ok() {
            self.sent.packets = self.sent.packets.wrapping_add(1);
            self.sent.bytes = self.sent.bytes.wrapping_add(payload.len() as u32);
            self.sent.last = Some((mapped.timestamp, now));
        }
    }

    fn report(&mut self, now: Instant) {
        let Some(target) = self.latch.as_ref().map(Latch::target).filter(|t| !t.ip().is_unspecified()) else { return };
        let Some(port) = target.port().checked_add(1) else { return };
        let packet = rtcp::report(self.out.ssrc, self.sent, &mut self.reception, clock::now(), now);
        let _ = self.rtcp.send_to(&packet, address::over(self.bound, SocketAddr::new(target.ip(), port)));
    }
}
