//! One caller's RTP: a frame every 20 ms out, everything that comes in decoded and measured.

use super::{
    keys::{self, Press},
    measure::Ear,
    sound::Frames,
};
use audio_codec_algorithms::{decode_alaw, decode_ulaw};
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::UdpSocket, sync::Mutex, time::Instant};

/// A datagram of G.711 is some 200 bytes; anything longer than this is not ours.
const DATAGRAM_BYTES: usize = 2_048;

/// A key to be pressed once, so long after the line came up.
pub type Later = Option<(Duration, char)>;

/// What goes out and where.
pub struct Out {
    pub to: SocketAddr,
    pub payload_type: u8,
    pub frames: Frames,
    pub key: Later,
}

/// Sends and listens until the task is aborted.
pub async fn run(socket: Arc<UdpSocket>, out: Out, ear: Arc<Mutex<Ear>>) {
    let Out { to, payload_type, mut frames, key } = out;
    let started = Instant::now();
    let mut beat = tokio::time::interval(Duration::from_millis(20));
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    let (mut sequence, mut timestamp, ssrc) = (rand::random::<u16>(), rand::random::<u32>(), rand::random::<u32>());
    let (mut key, mut press, mut pressed_at) = (key, None::<Press>, 0);
    let mut datagram = [0u8; DATAGRAM_BYTES];
    let mut first = true;
    loop {
        tokio::select! {
            _ = beat.tick() => {
                let mut frame = frames.next_frame();
                if payload_type == 0 {
                    for sample in &mut frame {
                        *sample = audio_codec_algorithms::convert_alaw_to_ulaw(*sample);
                    }
                }
                if key.is_some_and(|(after, _)| started.elapsed() >= after) {
                    press = key.take().and_then(|(_, key)| Press::new(key));
                    pressed_at = timestamp;
                }
                let begins = press.as_ref().is_some_and(Press::begins);
                let event = press.as_mut().and_then(Press::next);
                if event.is_none() {
                    press = None;
                }
                let (kind, at, marker, payload) = match &event {
                    Some(event) => (keys::PAYLOAD_TYPE, pressed_at, begins, event.as_slice()),
                    None => (payload_type, timestamp, first, frame.as_slice()),
                };
                let packet = RtpPacketBuilder::<&[u8], &[u8]>::new()
                    .payload_type(kind).sequence_number(sequence).timestamp(at).ssrc(ssrc)
                    .marker_bit(marker).payload(payload).write_vec();
                if let Ok(packet) = packet {
                    let _ = socket.send_to(&packet, to).await;
                }
                (sequence, timestamp, first) = (sequence.wrapping_add(1), timestamp.wrapping_add(160), false);
            }
            received = socket.recv_from(&mut datagram) => {
                let Ok((length, _)) = received else { continue };
                let Ok(packet) = RtpPacket::parse(&datagram[..length]) else { continue };
                let decode = match packet.payload_type() { 8 => decode_alaw, 0 => decode_ulaw, _ => continue };
                ear.lock().await.hear(packet.payload().iter().map(|byte| decode(*byte)));
            }
        }
    }
}
