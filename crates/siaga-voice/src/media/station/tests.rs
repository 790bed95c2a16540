//! One console in virtual time: its str0m and ours, each datagram handed over at once.

use super::*;
use crate::media::sockets;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    sync::Arc,
};
use str0m::media::MediaKind;

const FRAME: Duration = Duration::from_millis(20);
/// Steps until both ends must be connected; a handful are needed.
const STEPS_MAX: usize = 500;

struct Pair {
    page: Rtc,
    mid: Mid,
    socket: UdpSocket,
    browsers: Browsers,
    station: Station,
    now: Instant,
    in_call: bool,
    heard: Vec<u16>,
    up: bool,
    ended: bool,
}

impl Pair {
    fn new() -> Self {
        let now = Instant::now();
        let ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let socket = UdpSocket::bind((ip, 0)).expect("bound");
        socket.set_nonblocking(true).expect("set");
        let mut page = Rtc::builder()
            .set_crypto_provider(Arc::new(str0m::crypto::from_feature_flags()))
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_pcma(true, false)
            .build(now);
        page.add_local_candidate(Candidate::host(socket.local_addr().expect("bound"), "udp").expect("a candidate"));
        let mut change = page.sdp_api();
        let mid = change.add_media(MediaKind::Audio, Direction::SendRecv, None, None, None);
        let (offer, pending) = change.apply().expect("a line was added");
        let browsers = Browsers::new(sockets::browsers(&[ip], 0).expect("bound"));
        let certificate = str0m::crypto::from_feature_flags().dtls_provider.generate_certificate().expect("made");
        let id = StationId(uuid::Uuid::now_v7());
        let (station, answer) =
            Station::open(id, &config(certificate), &browsers, &offer.to_sdp_string(), now).expect("accepted");
        assert!(!answer.contains("transport-wide-cc"), "nobody has a use for it: {answer}");
        let answer = str0m::change::SdpAnswer::from_sdp_string(&answer).expect("readable");
        page.sdp_api().accept_answer(pending, answer).expect("accepted");
        Self { page, mid, socket, browsers, station, now, in_call: false, heard: Vec::new(), up: false, ended: false }
    }

    fn note(&mut self, said: Vec<Said>) {
        for said in said {
            match said {
                Said::Audio { sequence, .. } => self.heard.push(sequence),
                Said::Up => self.up = true,
                Said::Gone => self.ended = true,
            }
        }
    }

    /// A frame of time passes; all datagrams reach the other end.
    fn step(&mut self) {
        self.now += FRAME;
        self.page.handle_input(Input::Timeout(self.now)).expect("taken");
        if self.station.next_timeout() <= self.now {
            let said = self.station.timeout(&self.browsers, self.now);
            self.note(said);
        }
        loop {
            let mut quiet = true;
            loop {
                let datagram = match self.page.poll_output().expect("polled") {
                    Output::Timeout(_) => break,
                    Output::Event(_) => continue,
                    Output::Transmit(datagram) => datagram,
                };
                quiet = false;
                if !self.in_call && self.station.passes_over(&datagram.contents) {
                    continue;
                }
                let receive = parse(datagram.source, datagram.destination, &datagram.contents).expect("a datagram");
                let said = self.station.receive(receive, &self.browsers, self.now);
                self.note(said);
            }
            let mut bytes = [0; 2_048];
            while let Ok((length, from)) = self.socket.recv_from(&mut bytes) {
                quiet = false;
                let to: SocketAddr = self.socket.local_addr().expect("bound");
                let receive = parse(from, to, &bytes[..length]).expect("a datagram");
                self.page.handle_input(Input::Receive(self.now, receive)).expect("taken");
            }
            if quiet {
                return;
            }
        }
    }

    fn speak(&mut self, sequence: u64) {
        let mut api = self.page.direct_api();
        let stream = api.stream_tx_by_mid(self.mid, None).expect("connected");
        let timestamp = (sequence as u32).wrapping_mul(160);
        stream.write_rtp(RtpWrite::new(Pt::new_with_value(8), sequence.into(), timestamp, self.now, vec![0xd5; 160]));
        self.step();
    }
}

#[test]
fn sound_in_no_call_is_passed_over_and_the_first_word_of_a_call_is_heard() {
    let mut pair = Pair::new();
    let steps = (0..STEPS_MAX).position(|_| {
        pair.step();
        pair.up && pair.page.is_connected()
    });
    assert!(steps.is_some(), "connected");
    // More than the 65,536 of a sequence number, 25 minutes: who lost count of its wraps deciphers nothing any more.
    let (first, frames) = (30_000u64, 75_000u64);
    for sequence in first..first + frames {
        pair.speak(sequence);
    }
    let share = frames as usize / usize::from(UNHEARD_EVERY);
    assert!((share - 2..=share + 2).contains(&pair.heard.len()), "{} of {frames}", pair.heard.len());
    pair.heard.clear();
    pair.in_call = true;
    let call: Vec<u64> = (first + frames..first + frames + 50).collect();
    for sequence in &call {
        pair.speak(*sequence);
    }
    assert_eq!(pair.heard, call.iter().map(|sequence| *sequence as u16).collect::<Vec<_>>(), "each packet of a call");
    assert!(!pair.ended, "the connection lived all the time");
}
