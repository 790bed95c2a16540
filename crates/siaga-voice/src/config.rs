//! What the voice side must be told to start. Parsed and checked by the binary; here only shapes.

use std::{net::IpAddr, net::SocketAddr, ops::RangeInclusive, path::PathBuf};

#[derive(Clone, Debug)]
pub struct VoiceConfig {
    /// Where SIP listens, UDP and TCP alike. Port 0 picks one (the same for both).
    pub sip: SocketAddr,
    /// The address written into Contact and SDP instead of the local one (NAT); absent: the local address that
    /// faces the peer.
    pub public_ip: Option<IpAddr>,
    /// Where call-backs are sent. Absent (demo): to the Contact of the number's last INVITE.
    pub trunk: Option<SocketAddr>,
    /// Peers that may send INVITE; empty: everyone (demo). Others get 403 and are counted.
    pub trunk_peers: Vec<IpAddr>,
    /// Even RTP ports come from here; RTCP is the odd one above.
    pub rtp_ports: RangeInclusive<u16>,
    /// Local addresses offered to browsers as ICE candidates; one socket each, all on `browser_port`.
    pub browser_ips: Vec<IpAddr>,
    /// One UDP port for all browsers. 0 picks one.
    pub browser_port: u16,
    pub recordings_dir: PathBuf,
    /// A city's own prompts (A-law files named as in `city/serang/prompts`); what is not there is spoken by the committed ones.
    pub prompts_dir: PathBuf,
    /// AES-256 key that encrypts recordings at rest.
    pub recording_key: [u8; 32],
    /// Open calls above which new ones are deferred with 503 (named limit of the machine).
    pub open_calls_max: usize,
}

/// Addresses really bound.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub sip_udp: SocketAddr,
    pub sip_tcp: SocketAddr,
    pub browser_udp_port: u16,
}
