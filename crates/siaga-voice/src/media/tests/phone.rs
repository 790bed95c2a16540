//! The caller's telephone: plain RTP from a socket, a tone out, everything heard kept.

use crate::{media::Codec, tone};
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::UdpSocket, task::JoinHandle};

pub const DTMF_PT: u8 = 101;

#[derive(Default)]
pub struct Ear {
    pub pcm: Vec<i16>,
    /// (timestamp, payload) of each telephone-event packet.
    pub keys: Vec<(u32, Vec<u8>)>,
    /// (sequence, timestamp, SSRC) of each packet.
    pub headers: Vec<(u16, u32, u32)>,
}

pub struct Phone {
    pub address: SocketAddr,
    pub ear: Arc<Mutex<Ear>>,
    socket: Arc<UdpSocket>,
    tasks: Vec<JoinHandle<()>>,
}

impl Phone {
    pub async fn new() -> Self {
        let socket = Arc::new(UdpSocket::bind("127.0.0.1:0").await.expect("bound"));
        let ear = Arc::new(Mutex::new(Ear::default()));
        let (listening, hearing) = (socket.clone(), ear.clone());
        let listen = tokio::spawn(async move {
            let mut datagram = [0; 2_048];
            while let Ok((length, _)) = listening.recv_from(&mut datagram).await {
                let Ok(packet) = RtpPacket::parse(&datagram[..length]) else { continue };
                let mut ear = hearing.lock().expect("ear");
                ear.headers.push((packet.sequence_number(), packet.timestamp(), packet.ssrc()));
                match packet.payload_type() {
                    8 => ear.pcm.extend(Codec::Pcma.decode_all(packet.payload())),
                    0 => ear.pcm.extend(Codec::Pcmu.decode_all(packet.payload())),
                    DTMF_PT => ear.keys.push((packet.timestamp(), packet.payload().to_vec())),
                    other => panic!("payload type {other}"),
                }
            }
        });
        Self { address: socket.local_addr().expect("address"), ear, socket, tasks: vec![listen] }
    }

    /// Sends a tone until dropped.
    pub fn speak(&mut self, to: SocketAddr, codec: Codec, hz: f64) {
        let socket = self.socket.clone();
        self.tasks.push(tokio::spawn(async move {
            let mut beat = tokio::time::interval(Duration::from_millis(20));
            for n in 0u64.. {
                beat.tick().await;
                let payload = codec.encode_all(&tone::generate(hz, -20.0, n * 160, 160));
                let pt = if codec == Codec::Pcma { 8 } else { 0 };
                // The sequence wraps within the first second.
                let packet = packet(pt, (n as u16).wrapping_add(65_520), n as u32 * 160, 77, &payload);
                let _ = socket.send_to(&packet, to).await;
            }
        }));
    }

    pub async fn send(&self, to: SocketAddr, packet: &[u8]) {
        self.socket.send_to(packet, to).await.expect("sent");
    }

    /// Waits for this much new sound and takes it.
    pub async fn listen(&self, samples: usize) -> Vec<i16> {
        self.ear.lock().expect("ear").pcm.clear();
        for _ in 0..1_500 {
            if self.ear.lock().expect("ear").pcm.len() >= samples {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let pcm = std::mem::take(&mut self.ear.lock().expect("ear").pcm);
        assert!(pcm.len() >= samples, "only {} of {samples} samples came", pcm.len());
        pcm[..samples].to_vec()
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

pub fn packet(pt: u8, sequence: u16, timestamp: u32, ssrc: u32, payload: &[u8]) -> Vec<u8> {
    RtpPacketBuilder::<&[u8], &[u8]>::new()
        .payload_type(pt)
        .sequence_number(sequence)
        .timestamp(timestamp)
        .ssrc(ssrc)
        .payload(payload)
        .write_vec()
        .expect("a packet")
}
