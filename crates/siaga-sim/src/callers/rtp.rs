//! One caller's RTP: a frame every 20 ms out, everything that comes in decoded and measured.

use super::{measure::Ear, sound::Frames};
use audio_codec_algorithms::{decode_alaw, decode_ulaw};
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::UdpSocket, sync::Mutex};

/// A datagram of G.711 is some 200 bytes; anything longer than this is not ours.
const DATAGRAM_BYTES: usize = 2_048;

/// Sends and listens until the task is aborted.
pub async fn run(socket: Arc<UdpSocket>, to: SocketAddr, payload_type: u8, mut frames: Frames, ear: Arc<Mutex<Ear>>) {
    let mut beat = tokio::time::interval(Duration::from_millis(20));
    beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Burst);
    let (mut sequence, mut timestamp, ssrc) = (rand::random::<u16>(), rand::random::<u32>(), rand::random::<u32>());
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
                let packet = RtpPacketBuilder::<&[u8], &[u8]>::new()
                    .payload_type(payload_type).sequence_number(sequence).timestamp(timestamp).ssrc(ssrc)
                    .marker_bit(first).payload(frame.as_slice()).write_vec();
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
