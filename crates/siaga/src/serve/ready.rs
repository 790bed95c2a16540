//! Says that the city answers, and where: one JSON line for programs, or words for people.

use super::listen::Doors;
use serde::Serialize;
use siaga_core::view::session::DemoAccount;
use siaga_voice::config::Bound;
use std::{
    io::Write,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// How to say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Announce {
    Words,
    Json,
}

/// Addresses are ones that can be dialled from this machine.
#[derive(Serialize)]
pub struct Ready {
    ready: bool,
    http: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    https: Option<String>,
    sip_udp: SocketAddr,
    sip_tcp: SocketAddr,
    #[serde(skip_serializing_if = "Option::is_none")]
    sip_tls: Option<SocketAddr>,
    /// The one-time link, while nobody can sign in.
    #[serde(skip_serializing_if = "Option::is_none")]
    setup: Option<String>,
    accounts: Vec<DemoAccount>,
}

impl Ready {
    pub fn new(doors: &Doors, telephone: Bound, setup: Option<&str>, accounts: Vec<DemoAccount>) -> Self {
        let http = format!("http://{}", dialable(doors.http));
        Self {
            ready: true,
            setup: setup.map(|token| format!("{http}/mulai#{token}")),
            http,
            https: doors.https.map(|addr| format!("https://{}", dialable(addr))),
            sip_udp: dialable(telephone.sip_udp),
            sip_tcp: dialable(telephone.sip_tcp),
            sip_tls: telephone.sip_tls.map(dialable),
            accounts,
        }
    }
}

/// "All addresses" is no address: say this machine.
fn dialable(addr: SocketAddr) -> SocketAddr {
    if addr.ip().is_unspecified() { SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), addr.port()) } else { addr }
}

pub fn announce(ready: &Ready, how: Announce) {
    let text = match how {
        Announce::Json => serde_json::to_string(ready).expect("because addresses and names are plain text"),
        Announce::Words => words(ready),
    };
    // Who closed our stdout does not want to know.
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn words(ready: &Ready) -> String {
    let mut lines = vec![format!("Siaga 112 answers on {}", ready.http.replace("127.0.0.1", "localhost"))];
    lines.extend(ready.https.iter().map(|https| format!("  with TLS     {https}")));
    lines.push(format!("  calls        sip:112@{} (UDP and TCP)", ready.sip_udp));
    lines.extend(ready.sip_tls.iter().map(|addr| format!("  with TLS     sips:112@{addr}")));
    if let Some(link) = &ready.setup {
        lines.push("Nobody can sign in yet. Open this link once and make the first administrator:".to_owned());
        lines.push(format!("  {link}"));
    }
    if !ready.accounts.is_empty() {
        lines.push("MODE DEMO: everybody knows these passwords".to_owned());
        let account = |one: &DemoAccount| format!("  {:<12} {:<16} {}", one.user, one.password, one.role.key());
        lines.extend(ready.accounts.iter().map(account));
    }
    lines.join("\n")
}
