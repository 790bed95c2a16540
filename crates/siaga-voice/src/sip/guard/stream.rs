//! TCP and TLS: our own acceptor. Each connection is cut into messages, each message passes the gate, and the stack
//! gets a channel. A broken message is answered and the connection stays: it carries other calls.

use super::{
    Carrier, PONG, Passed,
    frame::{Frame, Framer},
    gate::{Gate, Passage},
    gone,
    tls::{Connector, Identity},
};
use crate::{address, config::Transport as Wire};
use rsipstack::{
    platform::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    sip::Transport,
    transaction::endpoint::EndpointInnerRef,
    transport::{SipAddr, SipConnection, TransportEvent, channel::ChannelConnection},
};
use std::{
    collections::HashMap,
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

/// Open connections in all; a city has a handful of trunk peers.
const CONNECTIONS_MAX: usize = 512;
/// Open connections of those who are no trunk peers, all together: they cannot shut the trunk out.
const STRANGERS_MAX: usize = 128;
/// Open connections from one address.
const CONNECTIONS_PER_SOURCE_MAX: usize = 64;
/// A message that has begun must be complete after this, however slowly its bytes come.
const MESSAGE_WAIT: Duration = Duration::from_secs(10);
/// A connection that has never said anything whole is nobody's.
const FIRST_MESSAGE_WAIT: Duration = Duration::from_secs(60);
/// A peer's connection without a single message for so long is closed; it opens a new one when it needs it.
const IDLE_MAX: Duration = Duration::from_secs(2 * 60 * 60);
/// The same for a stranger.
const STRANGER_IDLE_MAX: Duration = Duration::from_secs(60);
/// A TLS handshake that takes longer is none.
const HANDSHAKE_WAIT: Duration = Duration::from_secs(5);
/// A peer that does not take our bytes for so long is gone.
const WRITE_WAIT: Duration = Duration::from_secs(5);
/// The guard's answers that may wait for a peer to read them.
const ANSWERS_MAX: usize = 64;
/// How long to wait for a connection of our own.
const CONNECT_WAIT: Duration = Duration::from_secs(4);

/// Serves and opens guarded connections.
#[derive(Clone)]
pub struct StreamFace {
    gate: Arc<Gate>,
    endpoint: EndpointInnerRef,
    connector: Connector,
    places: Arc<Mutex<Places>>,
    /// Connections that we opened, to be used again.
    opened: Arc<Mutex<HashMap<(SocketAddr, Wire), SipConnection>>>,
    /// The last connection with each machine, whoever opened it.
    newest: Arc<Mutex<HashMap<(IpAddr, Wire), SipConnection>>>,
    stop: CancellationToken,
}

#[derive(Default)]
struct Places {
    by_source: HashMap<IpAddr, usize>,
    all: usize,
    strangers: usize,
    refused: u64,
}

/// One place in the connection count, given back on drop.
struct Place {
    source: IpAddr,
    is_stranger: bool,
    places: Arc<Mutex<Places>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = lock(&self.places);
        places.all -= 1;
        places.strangers -= usize::from(self.is_stranger);
        if let Some(count) = places.by_source.get_mut(&self.source) {
            *count -= 1;
            if *count == 0 {
                places.by_source.remove(&self.source);
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl StreamFace {
    pub fn new(gate: Arc<Gate>, endpoint: EndpointInnerRef, connector: Connector, stop: CancellationToken) -> Self {
        Self { gate, endpoint, connector, places: Arc::default(), opened: Arc::default(), newest: Arc::default(), stop }
    }

    /// Accepts until stopped; with an identity the connections are TLS.
    pub async fn listen(self, listener: TcpListener, identity: Option<Identity>) {
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, source)) => {
                    let source = address::plain(source);
                    let Some(place) = self.place(source.ip()) else { continue };
                    stream.set_nodelay(true).ok();
                    match &identity {
                        None => {
                            self.serve(stream, source, Wire::Tcp, place).await;
                        }
                        Some(identity) => {
                            let (face, acceptor) = (self.clone(), identity.acceptor());
                            // Apart: a slow handshake must not keep the next one waiting.
                            tokio::spawn(async move {
                                match timeout(HANDSHAKE_WAIT, acceptor.accept(stream)).await {
                                    Ok(Ok(stream)) => drop(face.serve(stream, source, Wire::Tls, place).await),
                                    Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                                    Err(_) => tracing::debug!("a TLS handshake took too long"),
                                }
                            });
                        }
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "a SIP connection could not be accepted");
                    // Out of descriptors: accepting again at once would only burn the processor.
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    /// A connection to a peer: one that we opened before, or a new one. `name`: whom its certificate must be for.
    pub async fn connect(&self, peer: SocketAddr, wire: Wire, name: &str) -> io::Result<SipConnection> {
        let known = lock(&self.opened).get(&(peer, wire)).cloned();
        if let Some(connection) = known.filter(is_alive) {
            return Ok(connection);
        }
        let place = self.place(peer.ip()).ok_or_else(|| io::Error::other("too many SIP connections"))?;
        let stream = timeout(CONNECT_WAIT, TcpStream::connect(peer)).await??;
        stream.set_nodelay(true).ok();
        let connection = match wire {
            Wire::Tls => {
                let stream = timeout(HANDSHAKE_WAIT, self.connector.connect(stream, name)).await??;
                self.serve(stream, peer, wire, place).await
            }
            Wire::Tcp | Wire::Udp => self.serve(stream, peer, Wire::Tcp, place).await,
        };
        let connection = connection.ok_or_else(|| io::Error::other("the SIP stack refused a connection"))?;
        let mut opened = lock(&self.opened);
        opened.retain(|_, connection| is_alive(connection));
        opened.insert((peer, wire), connection.clone());
        Ok(connection)
    }

    /// A peer of the trunk.
    pub fn is_peer(&self, ip: IpAddr) -> bool {
        self.gate.is_trusted(ip)
    }

    /// The last connection with this machine, if it still stands.
    pub fn newest(&self, peer: IpAddr, wire: Wire) -> Option<SipConnection> {
        lock(&self.newest).get(&(peer, wire)).cloned().filter(is_alive)
    }

    fn place(&self, source: IpAddr) -> Option<Place> {
        let is_stranger = !self.gate.is_trusted(source);
        let mut places = lock(&self.places);
        let own = places.by_source.get(&source).copied().unwrap_or(0);
        let full = places.all >= CONNECTIONS_MAX
            || own >= CONNECTIONS_PER_SOURCE_MAX
            || (is_stranger && places.strangers >= STRANGERS_MAX);
        if full {
            places.refused += 1;
            // A flood must not fill the log: said at 1, 2, 4, 8 ...
            if places.refused.is_power_of_two() {
                tracing::warn!(%source, count = places.refused, "too many SIP connections, one was closed");
            }
            return None;
        }
        *places.by_source.entry(source).or_insert(0) += 1;
        places.all += 1;
        places.strangers += usize::from(is_stranger);
        Some(Place { source, is_stranger, places: self.places.clone() })
    }

    async fn serve<S>(&self, stream: S, source: SocketAddr, wire: Wire, place: Place) -> Option<SipConnection>
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let transport = if wire == Wire::Tls { Transport::Tls } else { Transport::Tcp };
        let (reader, writer) = tokio::io::split(stream);
        let (to_stack, from_network) = unbounded_channel();
        let (to_network, from_stack) = unbounded_channel();
        let (raw, raw_out) = channel(ANSWERS_MAX);
        let closed = self.stop.child_token();
        let address = SipAddr { r#type: Some(transport), addr: source.into() };
        let channel =
            ChannelConnection::create_connection(from_network, to_network, address.clone(), Some(closed.clone()))
                .await
                .ok()?;
        let connection = SipConnection::Channel(channel);
        self.endpoint.transport_layer.add_connection(connection.clone());
        {
            let mut newest = lock(&self.newest);
            newest.retain(|_, connection| is_alive(connection));
            newest.insert((source.ip(), wire), connection.clone());
        }
        let (face, writing) = (self.clone(), closed.clone());
        tokio::spawn(async move {
            let from_stack = write(writer, from_stack, raw_out, writing).await;
            gone::answer(face, source.ip(), wire, from_stack).await;
        });
        let idle = if place.is_stranger { STRANGER_IDLE_MAX } else { IDLE_MAX };
        let gate = self.gate.clone();
        let reading = Reading { gate, connection: connection.clone(), transport, address, source, to_stack, raw, idle };
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

/// Whether requests still go through it.
pub fn is_alive(connection: &SipConnection) -> bool {
    connection.cancel_token().is_none_or(|token| !token.is_cancelled())
}

struct Reading {
    gate: Arc<Gate>,
    connection: SipConnection,
    transport: Transport,
    address: SipAddr,
    source: SocketAddr,
    to_stack: UnboundedSender<TransportEvent>,
    raw: Sender<Vec<u8>>,
    idle: Duration,
}

impl Reading {
    /// Until the peer closes, stalls in the middle of a message, or is silent for too long.
    async fn run<S: AsyncRead>(self, mut reader: ReadHalf<S>) {
        let mut framer = Framer::default();
        let mut bytes = vec![0; 16 * 1024];
        let mut until = Instant::now() + FIRST_MESSAGE_WAIT;
        let mut was_partial = false;
        loop {
            match timeout_at(until, reader.read(&mut bytes)).await {
                Ok(Ok(length)) if length > 0 => framer.push(&bytes[..length]),
                _ => return,
            }
            let (mut whole, mut pinged) = (false, false);
            while let Some(frame) = framer.next_frame() {
                whole = true;
                let goes_on = match frame {
                    Frame::Ping => {
                        pinged = true;
                        true
                    }
                    Frame::Message(bytes) => self.message(&bytes).await,
                };
                if !goes_on {
                    return;
                }
            }
            // However many came at once: one pong says that we are there.
            if pinged && self.raw.send(PONG.to_vec()).await.is_err() {
                return;
            }
            let partial = framer.is_partial();
            if partial && (whole || !was_partial) {
                until = Instant::now() + MESSAGE_WAIT;
            } else if whole {
                until = Instant::now() + self.idle;
            }
            was_partial = partial;
        }
    }

    /// False when the connection is over. Who does not read our answers is read no further.
    async fn message(&self, bytes: &[u8]) -> bool {
        match self.gate.judge(bytes, self.source, Carrier::Stream) {
            Passage::Pass(passed) => {
                let Passed { read, .. } = *passed;
                match SipConnection::update_msg_received(read, self.source, self.transport) {
                    Ok(read) => {
                        let event = TransportEvent::Incoming(read, self.connection.clone(), self.address.clone());
                        self.to_stack.send(event).is_ok()
                    }
                    Err(_) => true,
                }
            }
            Passage::Answer(bytes) => self.raw.send(bytes).await.is_ok(),
            Passage::Silence => true,
        }
    }
}

/// Writes what the stack and the guard send; a peer that takes nothing for [`WRITE_WAIT`] loses the connection. Gives back
/// what the stack may still say.
async fn write<S: AsyncWrite>(
    mut writer: WriteHalf<S>,
    mut from_stack: UnboundedReceiver<TransportEvent>,
    mut raw: Receiver<Vec<u8>>,
    closed: CancellationToken,
) -> UnboundedReceiver<TransportEvent> {
    loop {
        let bytes = tokio::select! {
            () = closed.cancelled() => break,
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
        let written = timeout(WRITE_WAIT, async {
            writer.write_all(&bytes).await?;
            writer.flush().await
        });
        match written.await {
            Ok(Ok(())) => {}
            _ => break,
        }
    }
    closed.cancel();
    // TLS says goodbye, so that the far end can tell an end from a cut.
    timeout(WRITE_WAIT, writer.shutdown()).await.ok();
    from_stack
}
