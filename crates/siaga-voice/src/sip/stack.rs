//! What every call needs of the house: the SIP stack, the transports, the media side, the way to the engine.

use super::{
    callers::RecentCallers,
    dialog::{Dialog, Flow},
    guard::tcp::TcpFace,
    registry::Registry,
};
use crate::{VoiceConfig, event::Event, media::MediaHandle, sip::sdp::Local};
use rand::Rng;
use rsipstack::{
    sip::{Request, Response, SipMessage},
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
};
use tokio::sync::mpsc;

/// Shared by all calls.
pub struct Stack {
    pub endpoint: EndpointInnerRef,
    pub udp: SipConnection,
    pub tcp: TcpFace,
    pub media: MediaHandle,
    pub registry: Arc<Registry>,
    pub events: mpsc::Sender<Event>,
    pub config: VoiceConfig,
    /// The port that SIP listens on, UDP and TCP.
    pub port: u16,
    pub callers: Mutex<RecentCallers>,
}

/// How we look to one peer: what stands in Via and Contact.
#[derive(Clone, Debug)]
pub struct Face {
    host: String,
    transport: &'static str,
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
        let host = SocketAddr::new(self.local_ip(flow.peer.ip()), self.port).to_string();
        let transport = if flow.connection.is_reliable() { "TCP" } else { "UDP" };
        Face { host, transport }
    }

    /// Our side of a call's audio.
    pub fn local_media(&self, flow: &Flow, port: u16) -> Local {
        Local { ip: self.local_ip(flow.peer.ip()), port, session: u64::from(rand::rng().random::<u32>()), version: 1 }
    }

    /// Where the next request of a dialog goes. A live connection is always used again; a target that is no
    /// address, or a private one behind a NAT, is replaced by where the dialog came from.
    pub async fn hop(&self, dialog: &Dialog) -> Hop {
        let flow = &dialog.flow;
        let alive = flow.connection.cancel_token().is_none_or(|token| !token.is_cancelled());
        if flow.connection.is_reliable() && alive {
            return Hop { connection: flow.connection.clone(), destination: flow.peer };
        }
        let (address, tcp) = dialog.next_hop();
        let destination = match address {
            Some(address) if is_private(address.ip()) && !is_private(flow.peer.ip()) => flow.peer,
            Some(address) if address.port() != 0 => address,
            _ => flow.peer,
        };
        if (tcp || flow.connection.is_reliable())
            && let Ok(connection) = self.tcp.connect(destination).await
        {
            return Hop { connection, destination };
        }
        Hop { connection: self.udp.clone(), destination }
    }

    /// Sends a request and waits for its final response; the stack's timers bound the wait (32 s). `None`: it could
    /// not even be sent.
    pub async fn exchange(&self, request: Request, hop: Hop) -> Option<Response> {
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
        format!("SIP/2.0/{} {};branch=z9hG4bK{};rport", self.transport, self.host, token())
    }

    pub fn contact(&self) -> String {
        let transport = if self.transport == "TCP" { ";transport=tcp" } else { "" };
        format!("<sip:112@{}{transport}>", self.host)
    }

    pub fn host(&self) -> &str {
        &self.host
    }
}

/// 64 random bits for tags, branches and Call-IDs.
pub fn token() -> String {
    format!("{:016x}", rand::rng().random::<u64>())
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}
