//! A headless console: a WebRTC client that offers the same three lines as the browser page, sends a sound and keeps what
//! it hears. The simulated call-takers and the tests use it; the product's own path never does.
//!
//! ```no_run
//! # async fn example() -> Result<(), siaga_voice::client::ClientError> {
//! use siaga_voice::client::{Client, Sound};
//! let (offering, offer) = Client::offer("127.0.0.1".parse().expect("an address")).await?;
//! let answer = offer; // POST it to the server, take its answer
//! let client = offering.accept(&answer)?;
//! client.connected().await?;
//! client.play(Sound::Tone { hz: 880.0, dbfs: -20.0 });
//! let pcm = client.take_heard();
//! # Ok(())
//! # }
//! ```

use crate::{
    media::{Codec, g711::FRAME_SAMPLES},
    tone,
};
use std::{
    collections::VecDeque,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use str0m::{
    Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcError,
    change::{SdpAnswer, SdpPendingOffer},
    format::Codec as RtcCodec,
    media::{Direction, MediaKind, Mid, Pt},
    net::{Protocol, Receive},
    rtp::RtpWrite,
};
use tokio::{net::UdpSocket, sync::watch, task::JoinHandle};

/// The media path of a local network stands within a fifth of a second.
const CONNECT_WITHIN: Duration = Duration::from_secs(20);
/// What is heard and not taken is kept for this many samples (one minute); older sound is dropped.
const HEARD_SAMPLES_MAX: usize = 480_000;
const FRAME: Duration = Duration::from_millis(20);
const DATAGRAM_BYTES: usize = 2_048;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("the socket failed: {0}")]
    Socket(#[from] std::io::Error),
    #[error("the WebRTC side failed: {0}")]
    Rtc(#[from] RtcError),
    #[error("the answer is not readable SDP: {0}")]
    Answer(String),
    #[error("no media path within {} s", CONNECT_WITHIN.as_secs())]
    NotConnected,
}

/// What the client says.
#[derive(Clone, PartialEq, Debug)]
pub enum Sound {
    /// Packets of digital silence, as a muted page sends.
    Silence,
    /// A sine; `dbfs` is its RMS.
    Tone { hz: f64, dbfs: f32 },
    /// 8 kHz, again and again.
    Loop(Arc<[i16]>),
    /// No packets at all, as a frozen page.
    Nothing,
}

/// An offer made, the answer awaited.
pub struct Offering {
    rtc: Rtc,
    pending: SdpPendingOffer,
    caller: Mid,
    socket: UdpSocket,
    local: SocketAddr,
}

#[derive(Default)]
struct Heard {
    pcm: VecDeque<i16>,
    last: Option<Instant>,
    longest_gap: Duration,
}

/// A running client; it closes when dropped.
pub struct Client {
    sound: watch::Sender<Sound>,
    up: watch::Receiver<bool>,
    heard: Arc<Mutex<Heard>>,
    task: JoinHandle<()>,
}

impl Client {
    /// Binds a socket on `ip` and makes an SDP offer with one line in both directions and two to listen.
    pub async fn offer(ip: IpAddr) -> Result<(Offering, String), ClientError> {
        let socket = UdpSocket::bind(SocketAddr::new(ip, 0)).await?;
        let local = socket.local_addr()?;
        let mut rtc = Rtc::builder()
            .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_pcma(true, false)
            .enable_pcmu(true, false)
            .build(Instant::now());
        rtc.add_local_candidate(Candidate::host(local, "udp").map_err(RtcError::from)?);
        let mut change = rtc.sdp_api();
        let caller = change.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        for _ in 0..2 {
            change.add_media(MediaKind::Audio, Direction::RecvOnly, None, None, None);
        }
        let (offer, pending) = change.apply().expect("because three lines were added");
        let offer = offer.to_sdp_string();
        Ok((Offering { rtc, pending, caller, socket, local }, offer))
    }

    /// Waits for the media path.
    pub async fn connected(&self) -> Result<(), ClientError> {
        let mut up = self.up.clone();
        match tokio::time::timeout(CONNECT_WITHIN, up.wait_for(|up| *up)).await {
            Ok(Ok(_)) => Ok(()),
            _ => Err(ClientError::NotConnected),
        }
    }

    /// Waits until the media path is gone, as a page notices it.
    pub async fn gone(&self) {
        let mut up = self.up.clone();
        // A session that ended has said so before.
        let _ = up.wait_for(|up| !*up).await;
    }

    pub fn play(&self, sound: Sound) {
        self.sound.send_replace(sound);
    }

    /// What arrived on the caller's line since the last time, decoded, 8 kHz, in order of arrival. Pauses without packets
    /// leave no trace here; see [`Self::longest_gap`].
    #[must_use]
    pub fn take_heard(&self) -> Vec<i16> {
        std::mem::take(&mut self.lock().pcm).into()
    }

    /// Waits until this many samples arrived since the last take, and takes them; `None` when `within` passes first.
    pub async fn listen(&self, samples: usize, within: Duration) -> Option<Vec<i16>> {
        let until = tokio::time::Instant::now() + within;
        while self.lock().pcm.len() < samples {
            if tokio::time::Instant::now() >= until {
                return None;
            }
            tokio::time::sleep(FRAME).await;
        }
        Some(self.lock().pcm.drain(..samples).collect())
    }

    /// The longest pause between two packets since the last time it was asked.
    #[must_use]
    pub fn longest_gap(&self) -> Duration {
        std::mem::take(&mut self.lock().longest_gap)
    }

    /// Whether the media path stands right now.
    #[must_use]
    pub fn is_up(&self) -> bool {
        *self.up.borrow()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Offering {
    /// Takes the server's answer and starts to connect.
    pub fn accept(mut self, answer: &str) -> Result<Client, ClientError> {
        let answer = SdpAnswer::from_sdp_string(answer).map_err(|error| ClientError::Answer(error.to_string()))?;
        self.rtc.sdp_api().accept_answer(self.pending, answer)?;
        let (sound, playing) = watch::channel(Sound::Silence);
        let (say_up, up) = watch::channel(false);
        let heard = Arc::new(Mutex::new(Heard::default()));
        let session = Session {
            rtc: self.rtc,
            caller: self.caller,
            socket: self.socket,
            local: self.local,
            playing,
            up: say_up,
            heard: heard.clone(),
            // Below 32,768: the first wrap is not near the start.
            frames: 0,
            sequence: u64::from(rand::random::<u16>() & 0x7fff),
            timestamp: rand::random(),
        };
        let task = tokio::spawn(session.run());
        Ok(Client { sound, up, heard, task })
    }
}

struct Session {
    rtc: Rtc,
    caller: Mid,
    socket: UdpSocket,
    local: SocketAddr,
    playing: watch::Receiver<Sound>,
    up: watch::Sender<bool>,
    heard: Arc<Mutex<Heard>>,
    frames: u64,
    sequence: u64,
    timestamp: u32,
}

impl Session {
    async fn run(mut self) {
        let mut datagram = [0; DATAGRAM_BYTES];
        let mut beat = tokio::time::interval(FRAME);
        loop {
            let Some(timeout) = self.drain().await else { break };
            let input = tokio::select! {
                received = self.socket.recv_from(&mut datagram) => match received {
                    Ok((length, from)) => match Receive::new(Protocol::Udp, from, self.local, &datagram[..length]) {
                        Ok(receive) => Input::Receive(Instant::now(), receive),
                        Err(_) => continue,
                    },
                    Err(_) => continue,
                },
                _ = beat.tick() => {
                    self.speak();
                    Input::Timeout(Instant::now())
                }
                () = tokio::time::sleep_until(timeout.into()) => Input::Timeout(Instant::now()),
            };
            if self.rtc.handle_input(input).is_err() {
                break;
            }
        }
        self.up.send_replace(false);
    }

    /// Sends what is to be sent; the next timeout, or `None` when the connection is over.
    async fn drain(&mut self) -> Option<Instant> {
        loop {
            match self.rtc.poll_output().ok()? {
                Output::Timeout(at) => return self.rtc.is_alive().then_some(at),
                Output::Transmit(packet) => {
                    let _ = self.socket.send_to(&packet.contents, packet.destination).await;
                }
                Output::Event(Event::Connected) => {
                    self.up.send_replace(true);
                }
                Output::Event(Event::IceConnectionStateChange(IceConnectionState::Disconnected)) => {
                    self.up.send_replace(false);
                }
                Output::Event(Event::RtpPacket(packet)) => self.hear(packet.header.payload_type, &packet.payload),
                Output::Event(_) => {}
            }
        }
    }

    fn hear(&self, pt: Pt, payload: &[u8]) {
        let codec = self.rtc.codec_config().params().iter().find(|p| p.pt() == pt).map(|p| p.spec().codec);
        let codec = match codec {
            Some(RtcCodec::PCMA) => Codec::Pcma,
            Some(RtcCodec::PCMU) => Codec::Pcmu,
            _ => return,
        };
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some(before) = heard.last.replace(now) {
            heard.longest_gap = heard.longest_gap.max(now - before);
        }
        heard.pcm.extend(payload.iter().map(|byte| codec.decode(*byte)));
        let too_many = heard.pcm.len().saturating_sub(HEARD_SAMPLES_MAX);
        heard.pcm.drain(..too_many);
    }

    fn speak(&mut self) {
        let start = self.frames * FRAME_SAMPLES as u64;
        let pcm = match &*self.playing.borrow() {
            Sound::Nothing => None,
            Sound::Silence => Some(vec![0; FRAME_SAMPLES]),
            Sound::Tone { hz, dbfs } => Some(tone::generate(*hz, *dbfs, start, FRAME_SAMPLES)),
            Sound::Loop(pcm) if pcm.is_empty() => None,
            Sound::Loop(pcm) => {
                Some(pcm.iter().cycle().skip(start as usize % pcm.len()).take(FRAME_SAMPLES).copied().collect())
            }
        };
        self.frames += 1;
        self.timestamp = self.timestamp.wrapping_add(FRAME_SAMPLES as u32);
        let Some(pcm) = pcm.filter(|_| *self.up.borrow()) else { return };
        let Some((pt, codec)) = self.first_codec() else { return };
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(self.caller, None) else { return };
        let payload = codec.encode_all(&pcm);
        stream.write_rtp(RtpWrite::new(pt, self.sequence.into(), self.timestamp, Instant::now(), payload));
        self.sequence += 1;
    }

    /// The codec the server put first.
    fn first_codec(&self) -> Option<(Pt, Codec)> {
        let pts = self.rtc.media(self.caller)?.remote_pts();
        pts.iter().find_map(|pt| {
            let params = self.rtc.codec_config().params().iter().find(|p| p.pt() == *pt)?;
            match params.spec().codec {
                RtcCodec::PCMA => Some((*pt, Codec::Pcma)),
                RtcCodec::PCMU => Some((*pt, Codec::Pcmu)),
                _ => None,
            }
        })
    }
}
