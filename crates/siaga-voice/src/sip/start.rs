//! Binds the ports, starts the stack and its tasks, and is the handle to them.

use super::{
    callers::RecentCallers,
    guard::{
        deferred,
        gate::Gate,
        stream::StreamFace,
        tally::Tally,
        tls::{Connector, Identity},
        udp,
    },
    leg::{Input, outgoing},
    registry::Registry,
    router,
    stack::Stack,
    watchdog,
};
use crate::{VoiceConfig, command::Command, event::Event, media::MediaHandle};
use rsipstack::{
    EndpointBuilder,
    transaction::endpoint::EndpointOption,
    transport::{SipConnection, TransportLayer, udp::UdpConnection},
};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

/// Tries to find a port that is free for UDP and TCP alike, when any will do.
const PORT_TRIES: usize = 20;
/// After the deadline of a drain the calls get this long to say BYE.
const BYE_WAIT: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum SipError {
    #[error("SIP cannot listen on {address}: {error}")]
    Bind { address: SocketAddr, error: io::Error },
    #[error("the SIP stack does not start: {0}")]
    Stack(String),
    #[error("SIP over TLS cannot be served: {0}")]
    Certificate(String),
}

/// The running SIP side.
pub struct Sip {
    stack: Arc<Stack>,
    udp: SocketAddr,
    tcp: SocketAddr,
    tls: Option<SocketAddr>,
    gate: Arc<Gate>,
    stop: CancellationToken,
}

impl Sip {
    /// Listens on UDP and TCP, and on TLS if told to.
    pub async fn start(config: VoiceConfig, media: MediaHandle, events: mpsc::Sender<Event>) -> Result<Self, SipError> {
        let (socket, listener) =
            bind(config.sip).await.map_err(|error| SipError::Bind { address: config.sip, error })?;
        let local = |error| SipError::Bind { address: config.sip, error };
        let secure = secure(&config).await?;
        let tls = match &secure {
            Some((listener, _)) => Some(listener.local_addr().map_err(local)?),
            None => None,
        };
        let (udp_address, tcp_address) = (socket.local_addr().map_err(local)?, listener.local_addr().map_err(local)?);
        let stop = CancellationToken::new();
        let registry = Arc::new(Registry::default());
        let (deferrals, deferred) = mpsc::channel(deferred::WAITING_MAX);
        let gate = Arc::new(Gate::new(&config, registry.clone(), deferrals));
        let transport = TransportLayer::new(stop.clone());
        let guarded = udp::GuardedUdp::start(socket, gate.clone(), stop.clone()).map_err(local)?;
        let connection =
            UdpConnection::from_socket(Arc::new(guarded), None, Some(stop.clone())).await.map_err(stack_error)?;
        let connection = SipConnection::Udp(connection);
        transport.add_transport(connection.clone());
        let t1 = config.timers.t1;
        let endpoint = EndpointBuilder::new()
            .with_user_agent("Siaga112")
            .with_option(EndpointOption { t1, t1x64: t1 * 64, ..EndpointOption::default() })
            .with_transport_layer(transport)
            .with_cancel_token(stop.clone())
            .build();
        let incoming = endpoint.incoming_transactions().map_err(stack_error)?;
        let connector = Connector::new(&config.trunk_roots)
            .map_err(|error| SipError::Certificate(format!("the trunk's authorities: {error}")))?;
        let streams = StreamFace::new(gate.clone(), endpoint.inner.clone(), connector, stop.clone());
        let stack = Arc::new(Stack {
            endpoint: endpoint.inner.clone(),
            udp: connection,
            streams: streams.clone(),
            media,
            registry,
            events: events.clone(),
            config,
            port: udp_address.port(),
            tls_port: tls.map(|address| address.port()),
            callers: Mutex::new(RecentCallers::default()),
        });
        if let Some((listener, identity)) = secure {
            tokio::spawn(streams.clone().listen(listener, Some(identity)));
        }
        tokio::spawn(streams.listen(listener, None));
        tokio::spawn(deferred::report(deferred, events.clone()));
        tokio::spawn(router::run(stack.clone(), incoming));
        tokio::spawn(watchdog::run(reachable(udp_address), events, stop.clone()));
        let ended = stop.clone();
        tokio::spawn(async move {
            endpoint.serve().await;
            if !ended.is_cancelled() {
                // The watchdog reports it to the desk; here stands why.
                tracing::error!("the SIP stack has ended by itself");
            }
        });
        Ok(Self { stack, udp: udp_address, tcp: tcp_address, tls, gate, stop })
    }

    pub fn udp(&self) -> SocketAddr {
        self.udp
    }

    pub fn tcp(&self) -> SocketAddr {
        self.tcp
    }

    pub fn tls(&self) -> Option<SocketAddr> {
        self.tls
    }

    /// What the guard settled by itself, since the start.
    pub fn tally(&self) -> Tally {
        self.gate.tally()
    }

    /// Never blocks. A call that is gone takes no commands, and that is no fault.
    pub fn send(&self, command: Command) {
        let call = match &command {
            Command::Dial { .. } | Command::Ask { .. } | Command::RingOutside { .. } => {
                return outgoing::dial(&self.stack, command);
            }
            Command::CloseStation { .. } => return self.stack.media.apply(&command),
            Command::Suspect { numbers } => return self.stack.registry.suspect(numbers.clone()),
            Command::Ring { call }
            | Command::Say { call, .. }
            | Command::Answer { call, .. }
            | Command::Join { call, .. }
            | Command::HangUp { call }
            | Command::Attach { call, .. }
            | Command::Detach { call }
            | Command::Hold { call, .. }
            | Command::Mute { call, .. }
            | Command::Keypad { call, .. }
            | Command::Supervise { call, .. }
            | Command::EndSupervision { call } => *call,
        };
        if let Some(inbox) = self.stack.registry.inbox(call)
            && inbox.try_send(Input::Command(command)).is_err()
        {
            tracing::warn!(%call, "a call took a command no more");
        }
    }

    /// Waits for open calls to end, at most `deadline`; then ends them properly. New calls are still taken meanwhile:
    /// another process may not be there yet.
    pub async fn drain(&self, deadline: Duration) {
        if timeout(deadline, self.stack.registry.empty()).await.is_err() {
            for inbox in self.stack.registry.all() {
                inbox.try_send(Input::Drain).ok();
            }
            timeout(BYE_WAIT, self.stack.registry.empty()).await.ok();
            // The last BYE has left the leg but not yet the socket.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.stop.cancel();
    }
}

impl Drop for Sip {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn stack_error(error: rsipstack::Error) -> SipError {
    SipError::Stack(error.to_string())
}

/// The TLS listener with its certificate, if there is to be one.
async fn secure(config: &VoiceConfig) -> Result<Option<(TcpListener, Identity)>, SipError> {
    let Some(tls) = &config.sip_tls else { return Ok(None) };
    let identity = Identity::load(tls).map_err(|error| SipError::Certificate(error.to_string()))?;
    let listener = TcpListener::bind(tls.addr).await.map_err(|error| SipError::Bind { address: tls.addr, error })?;
    Ok(Some((listener, identity)))
}

/// UDP and TCP on the same port.
async fn bind(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener)> {
    let mut tries = if address.port() == 0 { PORT_TRIES } else { 1 };
    loop {
        tries -= 1;
        let socket = udp::bind(address)?;
        let same = SocketAddr::new(address.ip(), socket.local_addr()?.port());
        match TcpListener::bind(same).await {
            Ok(listener) => return Ok((socket, listener)),
            Err(error) if tries == 0 => return Err(error),
            Err(_) => {}
        }
    }
}

/// A wildcard address cannot be asked; its loopback can.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}
