//! Offer and answer (RFC 3264) for one G.711 line with telephone keys. Reads leniently, writes plainly.
//!
//! G.711 A-law or µ-law, whichever the caller names first: nothing is ever transcoded. What we do not take is refused
//! line by line, with port 0.

use crate::media::{Codec, Direction, RemoteMedia};
use std::net::{IpAddr, SocketAddr};

/// Payload type we give telephone-event where we offer first.
const DTMF_PAYLOAD_TYPE: u8 = 101;
/// Milliseconds of audio per packet unless the far end asks for another.
const PTIME_MS: u16 = 20;

/// One `m=` line of the far end.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    kind: String,
    port: u16,
    protocol: String,
    formats: Vec<String>,
    connection: Option<IpAddr>,
    direction: Option<Direction>,
    /// Payload type to encoding name, lower case, with its clock: `(101, "telephone-event/8000")`.
    maps: Vec<(u8, String)>,
    ptime_ms: Option<u16>,
}

/// What the far end sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    lines: Vec<Line>,
}

/// Why no call can be made of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingInCommon;

/// The line that carries the call, and what was settled about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    line: usize,
    pub remote: RemoteMedia,
}

/// Our side of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub ip: IpAddr,
    pub port: u16,
    /// Session id of the `o=` line, the same for the whole call.
    pub session: u64,
    /// Version of the `o=` line: one more with each description that differs.
    pub version: u64,
}

impl Description {
    /// `None` when it is no SDP with at least one media line. A line that cannot be read is one that we refuse.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let mut connection = None;
        let mut direction = None;
        let mut lines: Vec<Line> = Vec::new();
        for row in text.lines() {
            let Some((kind, value)) = row.trim().split_once('=') else { continue };
            match kind {
                "c" => match lines.last_mut() {
                    Some(line) => line.connection = connection_address(value),
                    None => connection = connection_address(value),
                },
                "m" => lines.push(media_line(value)),
                "a" => match lines.last_mut() {
                    Some(line) => attribute(line, value),
                    None => direction = direction_of(value).or(direction),
                },
                _ => {}
            }
        }
        for line in &mut lines {
            line.connection = line.connection.or(connection);
            line.direction = line.direction.or(direction);
        }
        (!lines.is_empty()).then_some(Self { lines })
    }

    /// The first line we can serve. `peer`: where the far end's SIP comes from.
    pub fn agree(&self, peer: IpAddr) -> Result<Agreed, NothingInCommon> {
        self.lines
            .iter()
            .enumerate()
            .find_map(|(line, given)| Some(Agreed { line, remote: given.remote(peer)? }))
            .ok_or(NothingInCommon)
    }

    /// The answer: the agreed line as ours, every other one refused with port 0.
    pub fn answer(&self, agreed: &Agreed, local: Local) -> String {
        let mut text = head(local);
        for (index, line) in self.lines.iter().enumerate() {
            if index != agreed.line {
                text.push_str(&format!("m={} 0 {} {}\r\n", line.kind, line.protocol, line.formats.join(" ")));
                continue;
            }
            let remote = &agreed.remote;
            let mut formats = remote.payload_type.to_string();
            if let Some(dtmf) = remote.dtmf_payload_type {
                formats.push_str(&format!(" {dtmf}"));
            }
            text.push_str(&format!("m=audio {} {} {formats}\r\n", local.port, line.protocol));
            text.push_str(&format!("a=rtpmap:{} {}/8000\r\n", remote.payload_type, codec_name(remote.codec)));
            if let Some(dtmf) = remote.dtmf_payload_type {
                text.push_str(&format!("a=rtpmap:{dtmf} telephone-event/8000\r\na=fmtp:{dtmf} 0-16\r\n"));
            }
            text.push_str(&format!("a=ptime:{}\r\na={}\r\n", remote.ptime_ms, mirrored(remote.direction)));
        }
        text
    }
}

/// Our own offer: A-law first (Indonesia), then µ-law, with keys.
pub fn offer(local: Local) -> String {
    format!(
        "{}m=audio {} RTP/AVP 8 0 {DTMF_PAYLOAD_TYPE}\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n\
         a=rtpmap:{DTMF_PAYLOAD_TYPE} telephone-event/8000\r\na=fmtp:{DTMF_PAYLOAD_TYPE} 0-16\r\na=ptime:{PTIME_MS}\r\na=sendrecv\r\n",
        head(local),
        local.port
    )
}

fn head(local: Local) -> String {
    let family = if local.ip.is_ipv4() { "IP4" } else { "IP6" };
    format!(
        "v=0\r\no=siaga {} {} IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\n",
        local.session,
        local.version,
        ip = local.ip
    )
}

impl Line {
    fn remote(&self, peer: IpAddr) -> Option<RemoteMedia> {
        // SAVP would promise encryption that this line does not have.
        let plain = matches!(self.protocol.as_str(), "RTP/AVP" | "RTP/AVPF");
        if !self.kind.eq_ignore_ascii_case("audio") || self.port == 0 || !plain {
            return None;
        }
        let (payload_type, codec) = self.formats.iter().find_map(|format| {
            // 7 bits of an RTP header (RFC 3550 5.1).
            let payload_type: u8 = format.parse().ok().filter(|number| *number < 128)?;
            self.codec(payload_type).map(|codec| (payload_type, codec))
        })?;
        // A host name, or no address at all: where the SIP comes from, and from there the latch follows the voice.
        let ip = self.connection.unwrap_or(peer);
        // RFC 2543's hold: an address of zeros means "do not send to me".
        let direction = match self.direction.unwrap_or_default() {
            Direction::SendRecv if ip.is_unspecified() => Direction::SendOnly,
            Direction::RecvOnly if ip.is_unspecified() => Direction::Inactive,
            given => given,
        };
        Some(RemoteMedia {
            addr: SocketAddr::new(ip, self.port),
            peer,
            codec,
            payload_type,
            dtmf_payload_type: self.dtmf(),
            ptime_ms: self.ptime_ms.filter(|ms| (10..=60).contains(ms)).unwrap_or(PTIME_MS),
            direction,
        })
    }

    fn codec(&self, payload_type: u8) -> Option<Codec> {
        match self.maps.iter().find(|(mapped, _)| *mapped == payload_type) {
            Some((_, name)) if name == "pcma/8000" || name == "pcma/8000/1" => Some(Codec::Pcma),
            Some((_, name)) if name == "pcmu/8000" || name == "pcmu/8000/1" => Some(Codec::Pcmu),
            Some(_) => None,
            None => match payload_type {
                8 => Some(Codec::Pcma),
                0 => Some(Codec::Pcmu),
                _ => None,
            },
        }
    }

    fn dtmf(&self) -> Option<u8> {
        self.maps
            .iter()
            .find(|(mapped, name)| {
                matches!(name.as_str(), "telephone-event/8000" | "telephone-event/8000/1")
                    && self.formats.iter().any(|format| *format == mapped.to_string())
            })
            .map(|(mapped, _)| *mapped)
    }
}

fn media_line(value: &str) -> Line {
    let mut words = value.split_whitespace();
    let kind = words.next().unwrap_or("unknown").to_string();
    // `9/2`: a port with a count of ports. One that is no port is a line that is off.
    let port = words.next().and_then(|port| port.split('/').next()?.parse().ok()).unwrap_or(0);
    let protocol = words.next().unwrap_or("RTP/AVP").to_ascii_uppercase();
    let formats = words.map(str::to_string).collect();
    Line { kind, port, protocol, formats, connection: None, direction: None, maps: Vec::new(), ptime_ms: None }
}

fn attribute(line: &mut Line, value: &str) {
    if let Some(direction) = direction_of(value) {
        line.direction = Some(direction);
    } else if let Some(map) = value.strip_prefix("rtpmap:") {
        if let Some((payload_type, name)) = map.split_once(' ')
            && let Ok(payload_type) = payload_type.trim().parse()
        {
            line.maps.push((payload_type, name.trim().to_ascii_lowercase()));
        }
    } else if let Some(ms) = value.strip_prefix("ptime:") {
        line.ptime_ms = ms.trim().parse().ok();
    }
}

fn direction_of(value: &str) -> Option<Direction> {
    Some(match value.trim() {
        "sendrecv" => Direction::SendRecv,
        "sendonly" => Direction::SendOnly,
        "recvonly" => Direction::RecvOnly,
        "inactive" => Direction::Inactive,
        _ => return None,
    })
}

/// Ours, as the answer to theirs (RFC 3264 6.1).
fn mirrored(direction: Direction) -> &'static str {
    match direction {
        Direction::SendRecv => "sendrecv",
        Direction::SendOnly => "recvonly",
        Direction::RecvOnly => "sendonly",
        Direction::Inactive => "inactive",
    }
}

fn codec_name(codec: Codec) -> &'static str {
    match codec {
        Codec::Pcma => "PCMA",
        Codec::Pcmu => "PCMU",
    }
}

/// `IN IP4 192.0.2.1/127`; a domain name is not looked up inside a call.
fn connection_address(value: &str) -> Option<IpAddr> {
    value.split_whitespace().nth(2)?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: Local =
        Local { ip: IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 9)), port: 40_000, session: 7, version: 1 };

    const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 50));

    /// `expected`: the remote side as `address codec payload dtmf direction`, or nothing in common.
    fn check(name: &str, sdp: &str, expected: Option<&str>, in_answer: &[&str], not_in_answer: &[&str]) {
        let description = Description::read(sdp.as_bytes()).expect("readable");
        let found = description.agree(PEER);
        let shown = found.as_ref().ok().map(|agreed| {
            let remote = agreed.remote;
            let dtmf = remote.dtmf_payload_type.map_or("-".into(), |payload| payload.to_string());
            format!("{} {:?} {} {dtmf} {:?}", remote.addr, remote.codec, remote.payload_type, remote.direction)
        });
        assert_eq!(shown.as_deref(), expected, "{name}");
        if let Ok(agreed) = found {
            let answer = description.answer(&agreed, LOCAL);
            assert_eq!(sdp.matches("m=").count(), answer.matches("m=").count(), "{name}: as many lines as offered");
            for part in in_answer {
                assert!(answer.contains(part), "{name}: {part} in {answer}");
            }
            for part in not_in_answer {
                assert!(!answer.contains(part), "{name}: no {part} in {answer}");
            }
        }
    }

    #[test]
    fn the_callers_first_g711_is_taken_and_the_rest_refused() {
        let c = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
        check(
            "static only",
            &format!("{c}m=audio 4000 RTP/AVP 8\r\n"),
            Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
            &["m=audio 40000 RTP/AVP 8\r\n", "a=sendrecv", "c=IN IP4 192.0.2.9"],
            &["telephone-event"],
        );
        check(
            "caller's first",
            &format!("{c}m=audio 4000 RTP/AVP 18 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"),
            Some("192.0.2.1:4000 Pcmu 0 101 SendRecv"),
            &["m=audio 40000 RTP/AVP 0 101\r\n", "PCMU/8000"],
            &["PCMA", "18"],
        );
        check(
            "dynamic type",
            &format!("{c}m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 pcma/8000\r\n"),
            Some("192.0.2.1:4000 Pcma 96 - SendRecv"),
            &["a=rtpmap:96 PCMA/8000"],
            &[],
        );
        check("mapped away", &format!("{c}m=audio 4000 RTP/AVP 8\r\na=rtpmap:8 opus/48000/2\r\n"), None, &[], &[]);
        check(
            "48 kHz keys are not ours",
            &format!("{c}m=audio 4000 RTP/AVP 8 110\r\na=rtpmap:110 telephone-event/48000\r\n"),
            Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
            &[],
            &["110"],
        );
        check(
            "keys with their one channel said",
            &format!("{c}m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000/1\r\n"),
            Some("192.0.2.1:4000 Pcma 8 101 SendRecv"),
            &["a=rtpmap:101 telephone-event/8000"],
            &[],
        );
        check(
            "no payload type that fits its packet",
            &format!("{c}m=audio 4000 RTP/AVP 200\r\na=rtpmap:200 PCMA/8000\r\n"),
            None,
            &[],
            &[],
        );
        check(
            "media address",
            &format!("{c}m=audio 4000 RTP/AVP 8\r\nc=IN IP4 192.0.2.77\r\n"),
            Some("192.0.2.77:4000 Pcma 8 - SendRecv"),
            &[],
            &[],
        );
        check(
            "IPv6",
            "v=0\r\nc=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 8\r\n",
            Some("[2001:db8::1]:4000 Pcma 8 - SendRecv"),
            &[],
            &[],
        );
        check(
            "hold",
            &format!("{c}m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n"),
            Some("192.0.2.1:4000 Pcma 8 - SendOnly"),
            &["a=recvonly"],
            &["a=sendonly"],
        );
        check(
            "hold for all lines",
            &format!("{c}a=inactive\r\nm=audio 4000 RTP/AVP 8\r\n"),
            Some("192.0.2.1:4000 Pcma 8 - Inactive"),
            &["a=inactive"],
            &[],
        );
        check(
            "old hold",
            "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 4000 RTP/AVP 8\r\n",
            Some("0.0.0.0:4000 Pcma 8 - SendOnly"),
            &["a=recvonly"],
            &[],
        );
        check("line that is off", &format!("{c}m=audio 0 RTP/AVP 8\r\n"), None, &[], &[]);
        check("no G.711", &format!("{c}m=audio 4000 RTP/AVP 18 9\r\n"), None, &[], &[]);
        check("encrypted only", &format!("{c}m=audio 4000 RTP/SAVP 8\r\n"), None, &[], &[]);
        check(
            "encrypted, then plain",
            &format!("{c}m=audio 4000 RTP/SAVP 8\r\nm=audio 4002 RTP/AVP 8\r\nm=video 5000 RTP/AVP 97\r\n"),
            Some("192.0.2.1:4002 Pcma 8 - SendRecv"),
            &["m=audio 0 RTP/SAVP 8\r\nm=audio 40000 RTP/AVP 8\r\n", "m=video 0 RTP/AVP 97\r\n"],
            &[],
        );
        for address in ["", "c=IN IP4 phone.example\r\n", "c=\r\n"] {
            check(
                "no address: where the SIP comes from",
                &format!("v=0\r\n{address}m=audio 4000 RTP/AVP 8\r\n"),
                Some("192.0.2.50:4000 Pcma 8 - SendRecv"),
                &[],
                &[],
            );
        }
        check(
            "an unreadable line beside",
            &format!("{c}m=video 70000 RTP/AVP 97\r\nm=audio 4000 RTP/AVP 8\r\n"),
            Some("192.0.2.1:4000 Pcma 8 - SendRecv"),
            &["m=video 0 RTP/AVP 97\r\nm=audio 40000 RTP/AVP 8\r\n"],
            &[],
        );
        for unreadable in ["m=audio x RTP/AVP 8\r\n", "m=audio 99999 RTP/AVP 8\r\n"] {
            check("nothing but an unreadable line", unreadable, None, &[], &[]);
        }
    }

    #[test]
    fn our_offer_is_read_back_as_we_meant_it() {
        let agreed = Description::read(offer(LOCAL).as_bytes()).expect("readable").agree(PEER).expect("ours");
        assert_eq!(agreed.remote.codec, Codec::Pcma);
        assert_eq!(agreed.remote.dtmf_payload_type, Some(DTMF_PAYLOAD_TYPE));
        assert_eq!(agreed.remote.addr, SocketAddr::new(LOCAL.ip, LOCAL.port));
    }

    #[test]
    fn what_is_no_description_is_told_apart() {
        for broken in ["", "hello", "v=0\r\ns=-\r\n"] {
            assert_eq!(Description::read(broken.as_bytes()), None, "{broken}");
        }
    }
}
