//! A connection that closed while calls of it were open. An exchange that restarts its connection has not taken its
//! callers with it: what the stack still answers goes over one that we open to where its Via says that it listens (RFC 3261
//! 18.2.2), and where nothing listens, over the newest connection of the same machine. A connection is opened to peers of
//! the trunk only: a stranger's Via must not make us knock at doors.
//!
//! The stack itself must not learn that a response could not be sent: its transaction would then stand still for ever,
//! and with it a call that nobody can end. Unsent responses are like lost ones, for which it has timers.

use super::stream::{StreamFace, is_alive};
use crate::config::Transport as Wire;
use rsipstack::{
    platform::mpsc::UnboundedReceiver,
    sip::{HeadersExt, Response, SipMessage, ToTypedHeader},
    transport::{SipConnection, TransportEvent},
};
use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    time::Duration,
};
use tokio::time::Instant;

/// A connection is asked for at most this often: the stack repeats its answers for half a minute, and what was opened is
/// the newest from then on.
const TRY_AGAIN: Duration = Duration::from_secs(3);
const SIP_PORT: u16 = 5_060;
const SIPS_PORT: u16 = 5_061;

/// Takes what the stack still gives to a connection with `peer` that is closed, until it lets go of it. Boxed: opening a
/// connection begins with serving it.
pub fn answer(
    face: StreamFace,
    peer: IpAddr,
    wire: Wire,
    mut from_stack: UnboundedReceiver<TransportEvent>,
) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        let mut again = Instant::now();
        while let Some(event) = from_stack.recv().await {
            // A request finds its own way before it is given to a connection.
            let TransportEvent::Incoming(SipMessage::Response(response), ..) = event else { continue };
            let mut opened = None;
            if face.is_peer(peer) && Instant::now() >= again {
                opened = open(&face, peer, wire, &response).await;
                again = Instant::now() + TRY_AGAIN;
            }
            let Some(connection) = opened.or_else(|| face.newest(peer, wire)) else { continue };
            if let Err(error) = connection.send(SipMessage::Response(response), None).await {
                tracing::debug!(%error, "a response could not be sent over another connection");
            }
        }
    })
}

async fn open(face: &StreamFace, peer: IpAddr, wire: Wire, response: &Response) -> Option<SipConnection> {
    let via = response.via_header().ok()?.typed().ok()?;
    let sent_by = via.sent_by();
    let usual = if wire == Wire::Tls { SIPS_PORT } else { SIP_PORT };
    let port = sent_by.port.map_or(usual, |port| port.value());
    match face.connect(SocketAddr::new(peer, port), wire, &sent_by.host.to_string()).await {
        Ok(connection) => Some(connection).filter(is_alive),
        Err(error) => {
            tracing::debug!(%error, "the machine of a closed connection does not listen");
            None
        }
    }
}
