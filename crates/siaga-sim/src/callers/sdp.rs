//! The callers' side of offer and answer: one A-law stream with telephone-event.

use std::net::{IpAddr, SocketAddr};

pub fn write(ip: IpAddr, port: u16) -> String {
    let family = if ip.is_ipv4() { "IP4" } else { "IP6" };
    format!(
        "v=0\r\no=- 1 1 IN {family} {ip}\r\ns=-\r\nc=IN {family} {ip}\r\nt=0 0\r\nm=audio {port} RTP/AVP 8 0 101\r\n\
         a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n\
         a=ptime:20\r\na=sendrecv\r\n"
    )
}

/// Where the other side wants RTP, and whether as µ-law (payload type 0 first).
pub fn read(body: &[u8]) -> Option<(SocketAddr, u8)> {
    let session = sdp_types::Session::parse(body).ok()?;
    let media = session.medias.iter().find(|m| m.media == "audio" && m.port != 0)?;
    let connection = media.connections.first().or(session.connection.as_ref())?;
    let ip: IpAddr = connection.connection_address.split('/').next()?.parse().ok()?;
    let payload_type =
        media.fmt.split_ascii_whitespace().filter_map(|pt| pt.parse().ok()).find(|pt| matches!(pt, 0 | 8))?;
    Some((SocketAddr::new(ip, media.port), payload_type))
}
