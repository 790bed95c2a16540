//! TCP: our own acceptor. Each connection is cut into messages, each message passes the gate, and the stack gets a
//! channel. A broken message is answered and the connection stays: it carries other calls.

use super::{
    Carrier,
    frame::{Frame, Framer},
    gate::{Gate, Passage},
};
use rsipstack::{
    platform::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    sip::{SipMessage, Transport},
    transaction::endpoint::EndpointInnerRef,
    transport::{SipAddr, SipConnection, TransportEvent, channel::ChannelConnection},
};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// Open connections in all; a city has a handful of trunk peers.
const CONNECTIONS_MAX: usize = 512;
/// Open connections from one address.
const CONNECTIONS_PER_SOURCE_MAX: usize = 64;
/// A message that has begun must be complete after this.
const MESSAGE_WAIT: Duration = Duration::from_secs(10);
/// A connection without a single message for so long is closed; a peer opens a new one when it needs it.
const IDLE_MAX: Duration = Duration::from_secs(2 * 60 * 60);
/// A peer that does not take our bytes for so long is gone.
const WRITE_WAIT: Duration = Duration::from_secs(5);
/// How long to wait for a connection of our own.
const CONNECT_WAIT: Duration = Duration::from_secs(4);

/// Serves and opens guarded TCP connections.
#[derive(Clone)]
pub struct TcpFace {
    gate: Arc<Gate>,
    endpoint: EndpointInnerRef,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    stop: CancellationToken,
}

/// One place in the connection count, given back on drop.
struct Place {
    source: IpAddr,
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.source) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.source);
            }
        }
    }
}

impl TcpFace {
    pub fn new(gate: Arc<Gate>, endpoint: EndpointInnerRef, stop: CancellationToken) -> Self {
        Self { gate, endpoint, counts: Arc::default(), stop }
    }

    /// Accepts until stopped.
    pub async fn listen(self, listener: TcpListener) {
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, source)) => match self.place(source.ip()) {
                    Some(place) => {
                        self.serve(stream, source, place).await;
                    }
                    None => tracing::warn!(source = %source.ip(), "too many SIP connections, one was closed"),
                },
                Err(error) => {
                    tracing::warn!(%error, "a SIP connection could not be accepted");
                    // Out of descriptors: accepting again at once would only burn the processor.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    /// Opens a connection to a peer whose own one is gone.
    pub async fn connect(&self, peer: SocketAddr) -> io::Result<SipConnection> {
        let stream = timeout(CONNECT_WAIT, TcpStream::connect(peer)).await??;
        let place = self.place(peer.ip()).ok_or_else(|| io::Error::other("too many SIP connections"))?;
        self.serve(stream, peer, place).await.ok_or_else(|| io::Error::other("the SIP stack refused a connection"))
    }

    fn place(&self, source: IpAddr) -> Option<Place> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = counts.values().sum();
        let count = counts.entry(source).or_insert(0);
        if all >= CONNECTIONS_MAX || *count >= CONNECTIONS_PER_SOURCE_MAX {
            if *count == 0 {
                counts.remove(&source);
            }
            return None;
        }
        *count += 1;
        Some(Place { source, counts: self.counts.clone() })
    }

    async fn serve(&self, stream: TcpStream, source: SocketAddr, place: Place) -> Option<SipConnection> {
        stream.set_nodelay(true).ok();
        let (reader, writer) = stream.into_split();
        let (to_stack, from_network) = unbounded_channel();
        let (to_network, from_stack) = unbounded_channel();
        let (raw, raw_out) = unbounded_channel();
        let closed = self.stop.child_token();
        let address = SipAddr { r#type: Some(Transport::Tcp), addr: source.into() };
        let channel =
            ChannelConnection::create_connection(from_network, to_network, address.clone(), Some(closed.clone()))
                .await
                .ok()?;
        let connection = SipConnection::Channel(channel);
        self.endpoint.transport_layer.add_connection(connection.clone());
        tokio::spawn(write(writer, from_stack, raw_out, closed.clone()));
        let reading =
            Reading { gate: self.gate.clone(), connection: connection.clone(), address, source, to_stack, raw };
        tokio::spawn(async move {
            tokio::select! {
                () = closed.cancelled() => {}
                () = reading.run(reader) => {}
            }
            closed.cancel();
            drop(place);
        });
        Some(connection)
    }
}

struct Reading {
    gate: Arc<Gate>,
    connection: SipConnection,
    address: SipAddr,
    source: SocketAddr,
    to_stack: UnboundedSender<TransportEvent>,
    raw: UnboundedSender<Vec<u8>>,
}

impl Reading {
    /// Until the peer closes, stalls in the middle of a message, or is silent for too long.
    async fn run(self, mut reader: OwnedReadHalf) {
        let mut framer = Framer::default();
        let mut bytes = vec![0; 16 * 1024];
        loop {
            let wait = if framer.is_partial() { MESSAGE_WAIT } else { IDLE_MAX };
            match timeout(wait, reader.read(&mut bytes)).await {
                Ok(Ok(length)) if length > 0 => framer.push(&bytes[..length]),
                _ => return,
            }
            while let Some(frame) = framer.next() {
                let answered = match frame {
                    Frame::Ping => self.raw.send(b"\r\n".to_vec()).is_ok(),
                    Frame::Message(bytes) => self.message(&bytes),
                };
                if !answered {
                    return;
                }
            }
        }
    }

    /// False when the connection is over.
    fn message(&self, bytes: &[u8]) -> bool {
        match self.gate.judge(bytes, self.source, Carrier::Stream) {
            Passage::Pass(message) => {
                let read = SipMessage::try_from(message.to_bytes().as_slice())
                    .ok()
                    .and_then(|read| SipConnection::update_msg_received(read, self.source, Transport::Tcp).ok());
                match read {
                    Some(read) => {
                        let event = TransportEvent::Incoming(read, self.connection.clone(), self.address.clone());
                        self.to_stack.send(event).is_ok()
                    }
                    None => true,
                }
            }
            Passage::Answer(bytes) => self.raw.send(bytes).is_ok(),
            Passage::Silence => true,
        }
    }
}

/// Writes what the stack and the guard send; a peer that takes nothing for [`WRITE_WAIT`] loses the connection.
async fn write(
    mut writer: OwnedWriteHalf,
    mut from_stack: UnboundedReceiver<TransportEvent>,
    mut raw: UnboundedReceiver<Vec<u8>>,
    closed: CancellationToken,
) {
    loop {
        let bytes = tokio::select! {
            () = closed.cancelled() => return,
            event = from_stack.recv() => match event {
                Some(TransportEvent::Incoming(message, ..)) => message.to_bytes(),
                Some(_) => continue,
                None => break,
            },
            bytes = raw.recv() => match bytes {
                Some(bytes) => bytes,
                None => break,
            },
        };
        match timeout(WRITE_WAIT, writer.write_all(&bytes)).await {
            Ok(Ok(())) => {}
            _ => break,
        }
    }
    closed.cancel();
}
