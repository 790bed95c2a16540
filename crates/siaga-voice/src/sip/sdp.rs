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
    /// `None` when it is no SDP: no version, no media line. A line that cannot be read is one that we refuse.
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
        (!lines.is_empty() || text.trim_start().starts_with("v=0")).then_some(Self { lines })
    }

    /// The far end wants to speak and says with what later (RFC 3264 5).
    pub fn is_without_media(&self) -> bool {
        self.lines.is_empty()
    }

    /// The first line we can serve. `peer`: where the far end's SIP comes from.
    pub fn agree(&self, peer: IpAddr) -> Result<Agreed, NothingInCommon> {
        self.lines
            .iter()
            .enumerate()
            .find_map(|(line, given)| Some(Agreed { line, remote: given.remote(peer)? }))
            .ok_or(NothingInCommon)
    }

    /// The answer to an offer without media: as many lines.
    pub fn without_media(&self, local: Local) -> String {
        head(local)
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
mod tests;
