//! The network: our ports, and the telco's trunk.

use super::Finding;
use crate::config::Config;
use rand::Rng;
use siaga_voice::{Trunk, config::Transport};
use std::{
    net::{IpAddr, SocketAddr, TcpListener, UdpSocket},
    time::Duration,
};
use tokio::time::timeout;

/// A trunk in the same country answers an OPTIONS in milliseconds; one lost packet is tried again.
const TRUNK_WAIT: Duration = Duration::from_millis(1_500);
const TRUNK_TRIES: u32 = 2;
/// Largest answer read, bytes.
const DATAGRAM_MAX: usize = 2_048;

/// Whether everything we listen on is free.
pub fn ports(config: &Config) -> Vec<Finding> {
    let browser = SocketAddr::new(IpAddr::from([0, 0, 0, 0]), config.browser_port());
    let first_voice = SocketAddr::new(IpAddr::from([0, 0, 0, 0]), *config.rtp_ports.start());
    let tcp = |addr: SocketAddr| TcpListener::bind(addr).map(drop);
    let udp = |addr: SocketAddr| UdpSocket::bind(addr).map(drop);
    let mut findings = vec![
        port("http.addr", config.http, "TCP", tcp(config.http)),
        port("sip.addr", config.sip, "UDP", udp(config.sip)),
        port("sip.addr", config.sip, "TCP", tcp(config.sip)),
        port("media.browser_port", browser, "UDP", udp(browser)),
        port("media.rtp_ports", first_voice, "UDP", udp(first_voice)),
    ];
    findings.extend(config.sip_tls.map(|addr| port("sip.tls", addr, "TCP", tcp(addr))));
    findings.extend(config.https.map(|addr| port("https.addr", addr, "TCP", tcp(addr))));
    findings
}

fn port(key: &str, addr: SocketAddr, protocol: &str, tried: std::io::Result<()>) -> Finding {
    match tried {
        Ok(()) => Finding::good(format!("{addr} {protocol} is free ({key})")),
        Err(error) => Finding::bad(
            format!("{addr} {protocol} cannot be used ({key}): {error}"),
            format!("stop what uses it (ss -lnp shows it), or set {key} to another"),
        ),
    }
}

/// Whether only the telco may send calls.
pub fn peers(config: &Config) -> Finding {
    if config.trunk_peers.is_empty() {
        Finding::advice(
            "sip.trunk_peers is empty: whoever reaches the port can call",
            "set it to the telco's addresses",
        )
    } else {
        Finding::good(format!("calls are taken from {} peers only", config.trunk_peers.len()))
    }
}

/// Whether the trunk answers an OPTIONS; any SIP answer is one.
pub async fn trunk(config: &Config) -> Finding {
    let Some(trunk) = &config.trunk else {
        return Finding::advice(
            "no sip.trunk: a caller is called back at the address the call came from",
            "set sip.trunk to the telco's address, as its contract says",
        );
    };
    let shown = trunk.authority();
    let tried = match find(trunk).await {
        Ok(addr) if trunk.transport == Transport::Udp => ask(addr).await,
        Ok(addr) => connect(addr).await,
        Err(why) => Err(why),
    };
    match tried {
        Ok(line) => Finding::good(format!("the trunk {shown} answers: {line}")),
        Err(why) => Finding::bad(
            format!("the trunk {shown} does not answer: {why}"),
            "check address, route and firewall (UDP both ways, or TCP), and that the telco knows our address",
        ),
    }
}

async fn find(trunk: &Trunk) -> Result<SocketAddr, String> {
    let found = timeout(TRUNK_WAIT, tokio::net::lookup_host((trunk.host.as_str(), trunk.port)));
    match found.await {
        Ok(Ok(mut found)) => found.next().ok_or_else(|| "its name has no address".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("its name is not found in time".to_owned()),
    }
}

/// For a trunk over TCP or TLS; who it is shows with the first call-back.
async fn connect(trunk: SocketAddr) -> Result<String, String> {
    match timeout(TRUNK_WAIT, tokio::net::TcpStream::connect(trunk)).await {
        Ok(Ok(_)) => Ok("it takes connections".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("silence".to_owned()),
    }
}

/// For a trunk over UDP.
async fn ask(trunk: SocketAddr) -> Result<String, String> {
    let told = |error: std::io::Error| error.to_string();
    let any: IpAddr = if trunk.is_ipv4() { [0, 0, 0, 0].into() } else { [0_u16; 8].into() };
    let socket = tokio::net::UdpSocket::bind((any, 0)).await.map_err(told)?;
    socket.connect(trunk).await.map_err(told)?;
    let us = socket.local_addr().map_err(told)?;
    let tag: u64 = rand::rng().random();
    let request = format!(
        "OPTIONS sip:{trunk} SIP/2.0\r\nVia: SIP/2.0/UDP {us};branch=z9hG4bK{tag:016x};rport\r\nMax-Forwards: 70\r\n\
         From: <sip:siaga@{us}>;tag={tag:x}\r\nTo: <sip:{trunk}>\r\nCall-ID: {tag:016x}@{us}\r\nCSeq: 1 OPTIONS\r\n\
         Contact: <sip:siaga@{us}>\r\nUser-Agent: Siaga doctor\r\nContent-Length: 0\r\n\r\n"
    );
    let mut buffer = [0; DATAGRAM_MAX];
    for _ in 0..TRUNK_TRIES {
        socket.send(request.as_bytes()).await.map_err(told)?;
        match timeout(TRUNK_WAIT, socket.recv(&mut buffer)).await {
            Ok(Ok(size)) => {
                let text = String::from_utf8_lossy(&buffer[..size]);
                let line = text.lines().next().unwrap_or_default();
                return if line.starts_with("SIP/2.0 ") {
                    Ok(line.to_owned())
                } else {
                    Err("it is not SIP".to_owned())
                };
            }
            Ok(Err(error)) => return Err(told(error)),
            Err(_) => {}
        }
    }
    Err("silence".to_owned())
}
