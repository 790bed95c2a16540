//! The ear and the mouth of a telephone: RTP over a socket of its own, a tone out, everything heard kept, keys.

use siaga_voice::{media::Codec, tone};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{net::UdpSocket, task::JoinHandle};

const KEY_PAYLOAD_TYPE: u8 = 101;
const NO_KEY: u8 = 0xff;
const RTP_HEADER_BYTES: usize = 12;

pub struct Handset {
    pub address: SocketAddr,
    socket: Arc<UdpSocket>,
    heard: Arc<Mutex<Vec<i16>>>,
    key: Arc<AtomicU8>,
    sent: Arc<AtomicU64>,
    tasks: Vec<JoinHandle<()>>,
}

impl Handset {
    pub async fn new() -> Self {
        let socket = Arc::new(UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (ear, hearing) = (socket.clone(), heard.clone());
        let listen = tokio::spawn(async move {
            let mut bytes = [0; 2_048];
            while let Ok((length, _)) = ear.recv_from(&mut bytes).await {
                if length > RTP_HEADER_BYTES && bytes[1] & 0x7f == 8 {
                    hearing.lock().expect("one ear").extend(Codec::Pcma.decode_all(&bytes[RTP_HEADER_BYTES..length]));
                }
            }
        });
        Self {
            address: socket.local_addr().expect("an address"),
            socket,
            heard,
            key: Arc::new(AtomicU8::new(NO_KEY)),
            sent: Arc::default(),
            tasks: vec![listen],
        }
    }

    /// Sends a tone until dropped; at -100 dBFS packets of silence.
    pub fn speak(&mut self, description: &str, hz: f64, dbfs: f32) {
        let port: u16 = description
            .lines()
            .find_map(|line| line.strip_prefix("m=audio ")?.split(' ').next()?.parse().ok())
            .expect("a port");
        let (socket, key, sent) = (self.socket.clone(), self.key.clone(), self.sent.clone());
        self.tasks.push(tokio::spawn(async move {
            let mut ticks = tokio::time::interval(Duration::from_millis(20));
            let mut sequence = 0u16;
            let mut say = async |payload_type: u8, timestamp: u32, payload: &[u8]| {
                sequence = sequence.wrapping_add(1);
                let mut packet = vec![0x80, payload_type];
                packet.extend(sequence.to_be_bytes());
                packet.extend(timestamp.to_be_bytes());
                packet.extend(0x0102_0304u32.to_be_bytes());
                packet.extend(payload);
                socket.send_to(&packet, (Ipv4Addr::LOCALHOST, port)).await.expect("sent");
            };
            for nth in 0u64.. {
                ticks.tick().await;
                let timestamp = nth as u32 * 160;
                match key.swap(NO_KEY, Ordering::Relaxed) {
                    NO_KEY => {
                        let pcm = tone::generate(hz, dbfs, nth * 160, 160);
                        say(8, timestamp, &Codec::Pcma.encode_all(&pcm)).await;
                        sent.fetch_add(1, Ordering::Relaxed);
                    }
                    // The end of the event, three times (RFC 4733 2.5.1.4).
                    event => {
                        for _ in 0..3 {
                            say(KEY_PAYLOAD_TYPE, timestamp, &[event, 0x8a, 3, 0x20]).await;
                        }
                    }
                }
            }
        }));
    }

    /// Presses a digit, in place of one packet of sound.
    pub fn press(&self, digit: u8) {
        self.key.store(digit, Ordering::Relaxed);
    }

    /// Packets of sound sent so far, 20 ms each.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Everything heard since the last time.
    pub fn take(&self) -> Vec<i16> {
        std::mem::take(&mut self.heard.lock().expect("one ear"))
    }

    /// Waits for this much new sound.
    pub async fn listen(&self, samples: usize) -> Vec<i16> {
        self.take();
        let until = tokio::time::Instant::now() + super::SOON * 2;
        loop {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let heard = self.heard.lock().expect("one ear").len();
            if heard >= samples {
                return self.take();
            }
            assert!(tokio::time::Instant::now() < until, "only {heard} of {samples} samples came");
        }
    }

    /// Listens in half seconds until one of them is mostly this tone; gives it.
    pub async fn until_tone(&self, hz: f64) -> Vec<i16> {
        for _ in 0..40 {
            let heard = self.listen(4_000).await;
            if share(hz, &heard) > 0.9 {
                return heard;
            }
        }
        panic!("{hz} Hz never came");
    }
}

impl Drop for Handset {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Share of the energy at a frequency, block by block of 100 ms: one late packet on a busy machine is not another tone.
pub fn share(hz: f64, pcm: &[i16]) -> f64 {
    let blocks = pcm.chunks_exact(800).map(|block| tone::energy_at(hz, block));
    blocks.sum::<f64>() / (pcm.len() / 800).max(1) as f64
}

/// Whether a second of the prompt's speech stands in this sound, sample for sample: G.711 is copied, never changed.
pub fn holds_prompt(pcm: &[i16], prompt: &[u8]) -> bool {
    let speech = Codec::Pcma.decode_all(&prompt[8_000..16_000]);
    let first = speech.iter().position(|sample| sample.unsigned_abs() > 2_000).expect("speech is loud somewhere");
    let speech = &speech[first..first + 1_600];
    pcm.windows(speech.len()).any(|window| window == speech)
}
