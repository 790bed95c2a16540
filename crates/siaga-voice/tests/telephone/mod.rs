//! A telephone of a few hundred lines that speaks raw SIP, so that the tests do not judge the stack by itself; and a
//! house with a voice side in it.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod handset;
pub mod sound;
pub mod wire;

use siaga_core::ids::{CallId, StationId};
use siaga_voice::{Command, Event, RawCaller, Voice, VoiceConfig, config::SipTimers};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicU16, AtomicU32, Ordering},
    time::Duration,
};
use tokio::{net::UdpSocket, sync::mpsc, time::timeout};

/// Ten times what a busy machine needs.
pub const SOON: Duration = Duration::from_secs(10);

static NUMBER: AtomicU32 = AtomicU32::new(1);
static RTP: AtomicU16 = AtomicU16::new(0);

/// A running voice side and its events.
pub struct House {
    pub voice: Voice,
    pub events: mpsc::Receiver<Event>,
    pub folder: std::path::PathBuf,
}

impl House {
    pub async fn open() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut VoiceConfig)) -> Self {
        let folder = std::env::temp_dir().join(format!("siaga-voice-{}", uuid::Uuid::now_v7()));
        let first = 20_000 + (std::process::id() % 300) as u16 * 100 + RTP.fetch_add(20, Ordering::Relaxed);
        let mut config = VoiceConfig {
            sip: (Ipv4Addr::LOCALHOST, 0).into(),
            public_ip: None,
            trunk: None,
            sip_tls: None,
            trunk_peers: Vec::new(),
            trunk_roots: Vec::new(),
            rtp_ports: first..=first + 80,
            browser_ips: vec![Ipv4Addr::LOCALHOST.into()],
            browser_port: 0,
            recordings_dir: folder.clone(),
            prompts_dir: folder.join("prompts"),
            recording_key: [7; 32],
            open_calls_max: 100,
            timers: SipTimers::default(),
        };
        change(&mut config);
        let (voice, events) = Voice::start(config).await.expect("the voice side starts");
        Self { voice, events, folder }
    }

    pub fn sip(&self) -> SocketAddr {
        self.voice.bound().sip_udp
    }

    /// The next event that `wanted` takes; others are passed over.
    pub async fn event<T>(&mut self, wanted: impl Fn(&Event) -> Option<T>) -> T {
        timeout(SOON, async {
            loop {
                let event = self.events.recv().await.expect("events go on");
                if let Some(found) = wanted(&event) {
                    return found;
                }
            }
        })
        .await
        .expect("the event comes")
    }

    pub async fn arrived(&mut self) -> (CallId, RawCaller) {
        self.event(|event| match event {
            Event::CallArrived { call, caller, .. } => Some((*call, caller.clone())),
            _ => None,
        })
        .await
    }

    pub async fn answered(&mut self) -> CallId {
        self.event(|event| match event {
            Event::Answered { call, .. } => Some(*call),
            _ => None,
        })
        .await
    }

    /// Who ended it and why, as words.
    pub async fn down(&mut self) -> String {
        self.event(|event| match event {
            Event::LineDown { by, reason, .. } => Some(format!("{by:?} {reason:?}")),
            _ => None,
        })
        .await
    }

    /// Events that have come and not been taken.
    pub fn waiting(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Ok(event) = self.events.try_recv() {
            events.push(event);
        }
        events
    }

    pub fn answer(&self, call: CallId) {
        self.voice.send(Command::Answer { call, station: StationId(uuid::Uuid::now_v7()) });
    }
}

impl Drop for House {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A received message.
#[derive(Clone, Debug)]
pub struct Heard(pub String);

impl Heard {
    pub fn status(&self) -> Option<u16> {
        self.0.strip_prefix("SIP/2.0 ")?.get(..3)?.parse().ok()
    }

    pub fn method(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.split("\r\n\r\n").next()?.lines().find_map(|line| {
            let (has, value) = line.split_once(':')?;
            has.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

/// One telephone with one call at a time.
pub struct Telephone {
    pub socket: UdpSocket,
    pub house: SocketAddr,
    pub from: String,
    pub call_id: String,
    pub to: String,
    pub sequence: u32,
    pub branch: u32,
    pub rtp: SocketAddr,
}

impl Telephone {
    pub async fn new(house: SocketAddr, number: &str) -> Self {
        Self::at(house, number, Ipv4Addr::LOCALHOST.into()).await
    }

    /// On an address of this machine.
    pub async fn at(house: SocketAddr, number: &str, ip: IpAddr) -> Self {
        let socket = UdpSocket::bind((ip, 0)).await.expect("a port");
        let own = socket.local_addr().expect("an address");
        let nth = NUMBER.fetch_add(1, Ordering::Relaxed);
        Self {
            socket,
            house,
            from: format!("<sip:{number}@{own}>;tag=f{nth}"),
            call_id: format!("call-{nth}-{}", own.port()),
            to: format!("<sip:112@{house}>"),
            sequence: 0,
            branch: nth * 1_000,
            rtp: (Ipv4Addr::LOCALHOST, 9).into(),
        }
    }

    pub fn own(&self) -> SocketAddr {
        self.socket.local_addr().expect("an address")
    }

    pub fn description(&self) -> String {
        self.described("sendrecv")
    }

    pub fn described(&self, direction: &str) -> String {
        format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {}\r\nt=0 0\r\nm=audio {} RTP/AVP 8 101\r\n\
             a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\na={direction}\r\n",
            self.rtp.ip(),
            self.rtp.port()
        )
    }

    /// A request with the next CSeq; `extra` are whole header lines.
    pub fn request(&mut self, method: &str, extra: &str, body: &str) -> String {
        self.sequence += u32::from(!matches!(method, "ACK" | "CANCEL"));
        self.branch += u32::from(method != "CANCEL");
        let own = self.own();
        let kind = if body.starts_with("v=0") { "Content-Type: application/sdp\r\n" } else { "" };
        format!(
            "{method} sip:112@{} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{};rport\r\nMax-Forwards: 70\r\nFrom: {}\r\nTo: {}\r\n\
             Call-ID: {}\r\nCSeq: {} {method}\r\nContact: <sip:caller@{own}>\r\n{extra}{kind}Content-Length: {}\r\n\r\n{body}",
            self.house,
            self.branch,
            self.from,
            self.to,
            self.call_id,
            self.sequence,
            body.len()
        )
    }

    pub async fn send(&self, text: &str) {
        self.send_bytes(text.as_bytes()).await;
    }

    pub async fn send_bytes(&self, bytes: &[u8]) {
        self.socket.send_to(bytes, self.house).await.expect("sent");
    }

    pub async fn invite(&mut self) -> String {
        let body = self.description();
        let text = self.request("INVITE", "", &body);
        self.send(&text).await;
        text
    }

    pub async fn heard(&self) -> Heard {
        let mut bytes = vec![0; 65_535];
        let (length, _) =
            timeout(SOON, self.socket.recv_from(&mut bytes)).await.expect("something comes").expect("received");
        Heard(String::from_utf8(bytes[..length].to_vec()).expect("text"))
    }

    /// The next response with this status to a request of this method.
    pub async fn response(&mut self, status: u16, method: &str) -> Heard {
        timeout(SOON, async {
            loop {
                let heard = self.heard().await;
                if heard.header("CSeq").is_some_and(|value| value.ends_with(method)) && heard.status().is_some() {
                    if heard.status() == Some(status) {
                        if let (Some(to), true) = (heard.header("To"), method == "INVITE" && status != 100) {
                            self.to = to.to_string();
                        }
                        return heard;
                    }
                    assert!(heard.status() < Some(200), "{status} was expected: {}", heard.0);
                }
            }
        })
        .await
        .expect("the response comes")
    }

    /// The next request of this method from the house.
    pub async fn asked(&self, method: &str) -> Heard {
        timeout(SOON, async {
            loop {
                let heard = self.heard().await;
                if heard.method() == method {
                    return heard;
                }
            }
        })
        .await
        .expect("the request comes")
    }

    /// Nothing of this method comes for a while.
    pub async fn quiet(&self, wait: Duration) -> bool {
        let mut bytes = [0; 4_096];
        timeout(wait, self.socket.recv_from(&mut bytes)).await.is_err()
    }

    pub fn respond(&self, request: &Heard, status: &str, tag: &str, extra: &str, body: &str) -> String {
        let line = |name: &str| format!("{name}: {}\r\n", request.header(name).unwrap_or_default());
        let to = request.header("To").unwrap_or_default();
        let to = if to.contains(";tag=") { to.to_string() } else { format!("{to};tag={tag}") };
        let kind = if body.is_empty() { "" } else { "Content-Type: application/sdp\r\n" };
        format!(
            "SIP/2.0 {status}\r\n{}{}To: {to}\r\n{}{}Contact: <sip:callee@{}>\r\n{extra}{kind}Content-Length: {}\r\n\r\n{body}",
            line("Via"),
            line("From"),
            line("Call-ID"),
            line("CSeq"),
            self.own(),
            body.len()
        )
    }

    pub async fn acknowledge(&mut self, body: &str) {
        let ack = self.request("ACK", "", body);
        self.send(&ack).await;
    }
}

/// A call that stands: ringing, answered, acknowledged. Returns the 200.
pub async fn standing(house: &mut House, telephone: &mut Telephone) -> (CallId, Heard) {
    telephone.invite().await;
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Ring { call });
    telephone.response(180, "INVITE").await;
    house.answer(call);
    let ok = telephone.response(200, "INVITE").await;
    telephone.acknowledge("").await;
    assert_eq!(house.answered().await, call);
    (call, ok)
}
