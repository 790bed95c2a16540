//! What every call needs of the house: the SIP stack, the transports, the media side, the way to the engine.

use super::{
    callers::RecentCallers,
    dialog::{Dialog, Flow},
    guard::stream::{StreamFace, is_alive},
    leg::retry,
    registry::Registry,
};
use crate::{
    VoiceConfig,
    config::{Transport, Trunk},
    event::Event,
    media::MediaHandle,
    sip::sdp::Local,
};
use rand::Rng;
use rsipstack::{
    sip::{self, Method, Request, Response, SipMessage},
    transaction::{
        endpoint::EndpointInnerRef,
        key::{TransactionKey, TransactionRole},
        transaction::Transaction,
    },
    transport::{SipAddr, SipConnection},
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::lookup_host, sync::mpsc, time::timeout};

/// How long a trunk's name may take to become an address.
const LOOKUP_WAIT: Duration = Duration::from_secs(4);

/// Shared by all calls.
pub struct Stack {
    pub endpoint: EndpointInnerRef,
    pub udp: SipConnection,
    pub streams: StreamFace,
    pub media: MediaHandle,
    pub registry: Arc<Registry>,
    pub events: mpsc::Sender<Event>,
    pub config: VoiceConfig,
    /// The port that SIP listens on, UDP and TCP.
    pub port: u16,
    /// The same for TLS.
    pub tls_port: Option<u16>,
    pub callers: Mutex<RecentCallers>,
}

/// How we look to one peer: what stands in Via and Contact.
#[derive(Clone, Debug)]
pub struct Face {
    host: String,
    transport: Transport,
}

/// Where a request goes.
pub struct Hop {
    pub connection: SipConnection,
    pub destination: SocketAddr,
}

impl Stack {
    /// The address of ours that faces this peer.
    pub fn local_ip(&self, peer: IpAddr) -> IpAddr {
        if let Some(ip) = self.config.public_ip {
            return ip;
        }
        let bound = self.config.sip.ip();
        if !bound.is_unspecified() {
            return bound;
        }
        // Connecting a UDP socket sends nothing; it only asks the kernel for the route.
        let any: IpAddr = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
        UdpSocket::bind((any, 0))
            .and_then(|socket| socket.connect((peer, 9)).and_then(|()| socket.local_addr()))
            .map_or(bound, |address| address.ip())
    }

    pub fn face(&self, flow: &Flow) -> Face {
        let transport = transport_of(&flow.connection);
        let port = match transport {
            Transport::Tls => self.tls_port.unwrap_or(self.port),
            Transport::Tcp | Transport::Udp => self.port,
        };
        Face { host: SocketAddr::new(self.local_ip(flow.peer.ip()), port).to_string(), transport }
    }

    /// Our side of a call's audio.
    pub fn local_media(&self, flow: &Flow, port: u16) -> Local {
        Local { ip: self.local_ip(flow.peer.ip()), port, session: u64::from(rand::rng().random::<u32>()), version: 1 }
    }

    /// Where the next request of a dialog goes. A live connection is always used again; a target that is no
    /// address, or a private one behind a NAT, is replaced by where the dialog came from.
    pub async fn hop(&self, dialog: &Dialog) -> Hop {
        let flow = &dialog.flow;
        if flow.connection.is_reliable() && is_alive(&flow.connection) {
            return Hop { connection: flow.connection.clone(), destination: flow.peer };
        }
        let (address, asked) = dialog.next_hop();
        let destination = address.filter(|address| is_way(*address, flow.peer)).unwrap_or(flow.peer);
        if let Some(wire) = wire(transport_of(&flow.connection), asked) {
            // The machine came back on a connection of its own; it may not listen for ours.
            if let Some(connection) = self.streams.newest(destination.ip(), wire) {
                return Hop { connection, destination };
            }
            match self.streams.connect(destination, wire, &self.name_of(destination)).await {
                Ok(connection) => return Hop { connection, destination },
                // What was private stays so: rather not sent than sent in the clear.
                Err(_) if wire == Transport::Tls => return Hop { connection: flow.connection.clone(), destination },
                Err(_) => {}
            }
        }
        Hop { connection: self.udp.clone(), destination }
    }

    /// Whom the certificate of a peer must be for: the trunk by its name, others by their address.
    fn name_of(&self, peer: SocketAddr) -> String {
        match &self.config.trunk {
            Some(trunk) if trunk.port == peer.port() => trunk.host.clone(),
            _ => peer.ip().to_string(),
        }
    }

    /// The trunk's address now, and a connection to it. `None`: it cannot be found or reached.
    pub async fn trunk_flow(&self, trunk: &Trunk) -> Option<Flow> {
        let found = timeout(LOOKUP_WAIT, lookup_host((trunk.host.as_str(), trunk.port))).await.ok()?.ok()?;
        let own = self.config.sip.ip();
        let peer = found.into_iter().find(|found| found.is_ipv4() == own.is_ipv4() || own.is_unspecified())?;
        let connection = match trunk.transport {
            Transport::Udp => self.udp.clone(),
            wire => match self.streams.connect(peer, wire, &trunk.host).await {
                Ok(connection) => connection,
                Err(error) => {
                    tracing::warn!(%error, "the trunk cannot be reached");
                    return None;
                }
            },
        };
        Some(Flow { connection, peer })
    }

    /// Sends a request and waits for its final response; the stack's timers bound the wait (32 s). A challenge of the
    /// trunk is answered once. `None`: it could not even be sent.
    pub async fn exchange(&self, request: Request, hop: Hop) -> Option<Response> {
        let credentials = self.config.trunk.as_ref().and_then(|trunk| trunk.credentials.as_ref());
        let Some(credentials) = credentials.filter(|_| request.method != Method::Cancel) else {
            return self.exchange_once(request, hop).await;
        };
        let again = Hop { connection: hop.connection.clone(), destination: hop.destination };
        let response = self.exchange_once(request.clone(), hop).await?;
        match retry::authorized(&request, &response, credentials, 0) {
            Some(request) => self.exchange_once(request, again).await,
            None => Some(response),
        }
    }

    async fn exchange_once(&self, request: Request, hop: Hop) -> Option<Response> {
        let mut transaction = self.client(request, hop)?;
        transaction.send().await.ok()?;
        while let Some(message) = transaction.receive().await {
            if let SipMessage::Response(response) = message
                && response.status_code.code() >= 200
            {
                // An INVITE's transaction lives on: it acknowledges the 2xx again when it comes again.
                tokio::spawn(async move { while transaction.receive().await.is_some() {} });
                return Some(response);
            }
        }
        None
    }

    pub fn client(&self, request: Request, hop: Hop) -> Option<Transaction> {
        let key = TransactionKey::from_request(&request, TransactionRole::Client).ok()?;
        let destination = SipAddr {
            r#type: Some(hop.connection.get_addr().r#type.unwrap_or_default()),
            addr: hop.destination.into(),
        };
        let mut transaction = Transaction::new_client(key, request, self.endpoint.clone(), Some(hop.connection));
        transaction.destination = Some(destination);
        Some(transaction)
    }
}

impl Face {
    pub fn via(&self) -> String {
        let transport = match self.transport {
            Transport::Udp => "UDP",
            Transport::Tcp => "TCP",
            Transport::Tls => "TLS",
        };
        format!("SIP/2.0/{transport} {};branch=z9hG4bK{};rport", self.host, token())
    }

    pub fn contact(&self) -> String {
        let transport = match self.transport {
            Transport::Udp => "",
            Transport::Tcp => ";transport=tcp",
            Transport::Tls => ";transport=tls",
        };
        format!("<sip:112@{}{transport}>", self.host)
    }

    pub fn host(&self) -> &str {
        &self.host
    }
}

fn transport_of(connection: &SipConnection) -> Transport {
    match connection.get_addr().r#type {
        Some(sip::Transport::Tls) => Transport::Tls,
        _ if connection.is_reliable() => Transport::Tcp,
        _ => Transport::Udp,
    }
}

/// 64 random bits for tags, branches and Call-IDs.
pub fn token() -> String {
    format!("{:016x}", rand::rng().random::<u64>())
}

/// Whether what a far end calls its address can be one, seen from here: who calls from outside names a private one behind
/// its NAT, and nobody who calls from another machine is reached on this one.
fn is_way(address: SocketAddr, peer: SocketAddr) -> bool {
    let (ip, from) = (address.ip(), peer.ip());
    let nobody = ip.is_unspecified() || ip.is_multicast() || ip == IpAddr::V4(Ipv4Addr::BROADCAST);
    let inside = is_private(ip) && !is_private(from) || ip.is_loopback() && !from.is_loopback();
    address.port() != 0 && !nobody && !inside
}

/// The stream that the next request takes; `None`: UDP. What began in private goes on in private, whatever is asked for later.
fn wire(began: Transport, asked: Option<Transport>) -> Option<Transport> {
    match (began, asked) {
        (Transport::Tls, _) => Some(Transport::Tls),
        (_, Some(asked)) => Some(asked),
        (Transport::Tcp, None) => Some(Transport::Tcp),
        (Transport::Udp, None) => None,
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_began_in_private_stays_so() {
        use Transport::{Tcp, Tls, Udp};
        for (began, asked, expected) in [
            (Tls, Some(Tcp), Some(Tls)),
            (Tls, None, Some(Tls)),
            (Tcp, Some(Tls), Some(Tls)),
            (Tcp, None, Some(Tcp)),
            (Udp, Some(Tcp), Some(Tcp)),
            (Udp, Some(Tls), Some(Tls)),
            (Udp, None, None),
        ] {
            assert_eq!(wire(began, asked), expected, "{began:?} {asked:?}");
        }
    }

    #[test]
    fn an_address_that_leads_nowhere_is_not_believed() {
        for (address, peer, expected) in [
            ("192.0.2.7:5070", "192.0.2.1:5060", true),
            ("10.0.0.7:5060", "10.0.0.1:5060", true),
            ("127.0.0.1:5062", "127.0.0.1:5060", true),
            ("[2001:db8::7]:5060", "[2001:db8::1]:5060", true),
            ("192.0.2.7:0", "192.0.2.1:5060", false),
            ("10.0.0.7:5060", "192.0.2.1:5060", false),
            ("127.0.0.1:5060", "10.0.0.1:5060", false),
            ("[::1]:5060", "[fd00::1]:5060", false),
            ("0.0.0.0:5060", "10.0.0.1:5060", false),
            ("224.0.1.75:5060", "10.0.0.1:5060", false),
            ("255.255.255.255:5060", "10.0.0.1:5060", false),
        ] {
            let read = |text: &str| text.parse().expect("an address");
            assert_eq!(is_way(read(address), read(peer)), expected, "{address} of {peer}");
        }
    }
}
