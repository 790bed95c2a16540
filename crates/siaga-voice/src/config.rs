//! What the voice side must be told to start. Parsed and checked by the binary; here only shapes.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

#[derive(Clone, Debug)]
pub struct VoiceConfig {
    /// Where SIP listens, UDP and TCP alike. Port 0 picks one (the same for both).
    pub sip: SocketAddr,
    /// Where SIP over TLS listens, if anywhere.
    pub sip_tls: Option<SipTls>,
    /// The address written into Contact and SDP instead of the local one (NAT); absent: the local address that
    /// faces the peer.
    pub public_ip: Option<IpAddr>,
    /// Where call-backs are sent. Absent (demo): to the Contact of the number's last INVITE.
    pub trunk: Option<Trunk>,
    /// Peers that may send INVITE; empty: everyone (demo). Others get 403 and are counted.
    pub trunk_peers: Vec<IpAddr>,
    /// PEM files with the authorities that a TLS trunk's certificate may come from. Missing files are no mistake.
    pub trunk_roots: Vec<PathBuf>,
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
    pub timers: SipTimers,
}

/// A listener with its certificate and key, both PEM; read again when the certificate's file changes.
#[derive(Clone, Debug)]
pub struct SipTls {
    pub addr: SocketAddr,
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// The telco's side: `10.20.0.5:5060`, `sip:sip.telco.example;transport=tcp`, `sips:sip.telco.example:5061`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trunk {
    /// An IP address or a name.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    /// What the trunk is told when it asks who we are (401, 407).
    pub credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    Udp,
    Tcp,
    Tls,
}

/// User and password; the password is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, password not shown)", self.user)
    }
}

/// Times of the SIP side. The defaults are the RFCs'; tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct SipTimers {
    /// RFC 3261 T1: the round trip from which every repetition and the loss of an ACK (64*T1) follow.
    pub t1: Duration,
    /// Shortest session interval we accept, seconds (RFC 4028: 90).
    pub session_min_s: u32,
    /// What we ask for on calls we make, seconds.
    pub session_own_s: u32,
    /// A far end that is neither heard nor answers SIP is given up only after its session's interval, and never before
    /// this. Minutes, because a silent line in a house with a bad network is what 112 is for; bounded, because a
    /// telephone whose battery died leaves a line that nobody else would end.
    pub gone_min: Duration,
}

impl Default for SipTimers {
    fn default() -> Self {
        Self {
            t1: Duration::from_millis(500),
            session_min_s: 90,
            session_own_s: 1_800,
            gone_min: Duration::from_secs(600),
        }
    }
}

impl From<SocketAddr> for Trunk {
    fn from(address: SocketAddr) -> Self {
        Self { host: address.ip().to_string(), port: address.port(), transport: Transport::Udp, credentials: None }
    }
}

impl Trunk {
    /// As it stands in a URI: an IPv6 address in brackets.
    #[must_use]
    pub fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// What a trunk's address must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a host with an optional port, like 10.20.0.5:5060 or sips:sip.telco.example")]
pub struct BadTrunk;

impl FromStr for Trunk {
    type Err = BadTrunk;

    fn from_str(text: &str) -> Result<Self, BadTrunk> {
        let (secure, rest) = match text.trim() {
            text if text.starts_with("sips:") => (true, &text[5..]),
            text => (false, text.strip_prefix("sip:").unwrap_or(text)),
        };
        let mut parts = rest.split(';');
        let authority = parts.next().unwrap_or_default();
        let mut transport = if secure { Transport::Tls } else { Transport::Udp };
        for parameter in parts {
            transport = match parameter.to_ascii_lowercase().as_str() {
                "transport=udp" if !secure => Transport::Udp,
                "transport=tcp" if !secure => Transport::Tcp,
                "transport=tls" => Transport::Tls,
                // `sips` over TCP means TLS (RFC 3261 26.2.2).
                "transport=tcp" => Transport::Tls,
                _ => return Err(BadTrunk),
            };
        }
        let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((host, "")) => (host, None),
            Some((host, port)) => (host, Some(port.strip_prefix(':').ok_or(BadTrunk)?)),
            None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
        };
        let is_address = host.parse::<IpAddr>().is_ok();
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        if host.is_empty() || !(is_address || is_name) {
            return Err(BadTrunk);
        }
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port != 0).ok_or(BadTrunk)?,
            None if transport == Transport::Tls => 5_061,
            None => 5_060,
        };
        Ok(Self { host: host.to_owned(), port, transport, credentials: None })
    }
}

/// Addresses really bound.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub sip_udp: SocketAddr,
    pub sip_tcp: SocketAddr,
    pub sip_tls: Option<SocketAddr>,
    pub browser_udp_port: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trunk_is_written_in_several_ways() {
        use Transport::{Tcp, Tls, Udp};
        let rows = [
            ("10.20.0.5:5060", Some(("10.20.0.5:5060", Udp))),
            ("10.20.0.5", Some(("10.20.0.5:5060", Udp))),
            ("sip:sip.telco.example;transport=tcp", Some(("sip.telco.example:5060", Tcp))),
            ("sip:sip.telco.example:5070;transport=TLS", Some(("sip.telco.example:5070", Tls))),
            ("sips:sip.telco.example", Some(("sip.telco.example:5061", Tls))),
            ("sips:[2001:db8::1]:5071", Some(("[2001:db8::1]:5071", Tls))),
            ("[2001:db8::1]", Some(("[2001:db8::1]:5060", Udp))),
            ("", None),
            ("10.20.0.5:0", None),
            ("10.20.0.5:sip", None),
            ("somewhere else", None),
            ("sip:112@10.20.0.5", None),
            ("sip:10.20.0.5;transport=sctp", None),
        ];
        for (text, expected) in rows {
            let found = text.parse::<Trunk>().ok();
            let shown = found.as_ref().map(|trunk| (trunk.authority(), trunk.transport));
            assert_eq!(shown.as_ref().map(|(host, way)| (host.as_str(), *way)), expected, "{text}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let credentials = Credentials { user: "112".into(), password: "rahasia".into() };
        assert!(!format!("{credentials:?}").contains("rahasia"));
    }
}
