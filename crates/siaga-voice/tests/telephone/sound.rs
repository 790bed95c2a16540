//! The telephone's ear and mouth: RTP made by hand, in the many shapes that foreign equipment gives it.

use super::{House, SOON, Telephone};
use siaga_core::ids::CallId;
use siaga_voice::{
    Command,
    media::Codec,
    tone::{energy_at, generate, rms_dbfs},
};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{
    net::UdpSocket,
    time::{interval, timeout},
};

pub const TONE_HZ: f64 = 440.0;
pub const TONE_DBFS: f32 = -20.0;
const FIXED_HEADER: usize = 12;

/// How a telephone packs its voice.
#[derive(Clone, Copy, Debug)]
pub struct Packing {
    pub codec: Codec,
    pub payload_type: u8,
    pub ptime_ms: u16,
    /// Contributing sources in the header.
    pub sources: u8,
    pub extension: bool,
    pub padding: u8,
    /// After this many packets a new stream: SSRC, sequence and timestamp begin anew.
    pub restart_after: Option<u16>,
}

pub const PLAIN: Packing = Packing {
    codec: Codec::Pcma,
    payload_type: 8,
    ptime_ms: 20,
    sources: 0,
    extension: false,
    padding: 0,
    restart_after: None,
};

impl Packing {
    fn samples(&self) -> usize {
        usize::from(self.ptime_ms) * 8
    }

    fn packet(&self, nth: u16) -> Vec<u8> {
        let restarted = self.restart_after.filter(|after| nth >= *after);
        let (ssrc, own) = match restarted {
            Some(after) => (0x0a0b_0c0d_u32, nth - after),
            None => (0x0102_0304, nth),
        };
        // Far apart, so that the new stream cannot pass for the old one.
        let (sequence, clock) = match restarted {
            Some(_) => (own.wrapping_add(40_000), 3_000_000_000u32),
            None => (own, 0),
        };
        let first =
            0x80 | self.sources | if self.extension { 0x10 } else { 0 } | if self.padding > 0 { 0x20 } else { 0 };
        let mut packet = vec![first, self.payload_type];
        packet.extend(sequence.to_be_bytes());
        packet.extend(clock.wrapping_add(u32::from(own) * self.samples() as u32).to_be_bytes());
        packet.extend(ssrc.to_be_bytes());
        for source in 0..self.sources {
            packet.extend(u32::from(source).to_be_bytes());
        }
        if self.extension {
            packet.extend([0xbe, 0xde, 0, 1, 0x10, 0xff, 0, 0]);
        }
        let from = u64::from(nth) * self.samples() as u64;
        packet.extend(self.codec.encode_all(&generate(TONE_HZ, TONE_DBFS, from, self.samples())));
        if self.padding > 0 {
            packet.extend(vec![0; usize::from(self.padding) - 1]);
            packet.push(self.padding);
        }
        packet
    }
}

/// Where the house listens, as its description says.
pub fn audio_of(description: &str, ip: IpAddr) -> SocketAddr {
    let port = description
        .lines()
        .find_map(|line| line.strip_prefix("m=audio ")?.split(' ').next()?.parse().ok().filter(|port| *port != 0))
        .expect("an audio port");
    SocketAddr::new(ip, port)
}

/// Says the tone for this many packets from `nth` on; returns what was heard meanwhile.
pub async fn talk_on(socket: &UdpSocket, to: SocketAddr, packing: Packing, nth: &mut u16, packets: u16) -> Vec<i16> {
    let mut ticks = interval(Duration::from_millis(packing.ptime_ms.into()));
    let mut heard = Vec::new();
    let mut bytes = [0; 2_048];
    for _ in 0..packets {
        ticks.tick().await;
        socket.send_to(&packing.packet(*nth), to).await.expect("sent");
        *nth += 1;
        while let Ok((length, _)) = socket.try_recv_from(&mut bytes) {
            if length > FIXED_HEADER && bytes[1] & 0x7f == packing.payload_type {
                heard.extend(packing.codec.decode_all(&bytes[FIXED_HEADER..length]));
            }
        }
    }
    heard
}

/// The same from the beginning of a stream.
pub async fn talk(socket: &UdpSocket, to: SocketAddr, packing: Packing, packets: u16) -> Vec<i16> {
    talk_on(socket, to, packing, &mut 0, packets).await
}

/// The caller's side of the recording so far.
pub async fn recorded(house: &House, call: CallId) -> Vec<i16> {
    let wav = timeout(SOON, house.voice.recall(call)).await.expect("in time").expect("a recording");
    let samples: Vec<i16> = hound::WavReader::new(wav.as_slice())
        .expect("a WAV")
        .samples::<i16>()
        .map(|sample| sample.expect("a sample"))
        .collect();
    samples.iter().step_by(2).copied().collect()
}

/// The tone is in this piece of sound, at its level.
pub fn assert_tone(name: &str, sound: &[i16]) {
    assert!((rms_dbfs(sound) - TONE_DBFS).abs() < 1.0, "{name}: level {}", rms_dbfs(sound));
    assert!(energy_at(TONE_HZ, sound) > 0.9, "{name}: {} of the energy is the tone", energy_at(TONE_HZ, sound));
}

/// A call that stands: the caller says its tone and hears the house's voice, both measured.
pub async fn assert_both_ways(
    name: &str,
    house: &House,
    call: CallId,
    socket: &UdpSocket,
    to: SocketAddr,
    packing: Packing,
) {
    // No seat: the caller is asked to wait, in words.
    house.voice.send(Command::Detach { call });
    let packets = 2_400 / packing.ptime_ms;
    let heard = talk(socket, to, packing, packets).await;
    assert!(heard.len() > 8_000, "{name}: the line never goes silent: {} samples", heard.len());
    assert!(rms_dbfs(&heard) > -40.0, "{name}: a voice is heard: {}", rms_dbfs(&heard));
    let left = recorded(house, call).await;
    assert!(left.len() > 12_000, "{name}: {} samples recorded", left.len());
    assert_tone(name, &left[left.len() - 6_000..left.len() - 2_000]);
}

/// Invites with this description, is answered and acknowledges; the call and the house's description.
pub async fn standing_with(house: &mut House, telephone: &mut Telephone, description: &str) -> (CallId, String) {
    let invite = telephone.request("INVITE", "", description);
    telephone.send(&invite).await;
    let (call, _) = house.arrived().await;
    house.answer(call);
    let ok = telephone.response(200, "INVITE").await;
    telephone.acknowledge("").await;
    assert_eq!(house.answered().await, call);
    (call, ok.body().to_string())
}
