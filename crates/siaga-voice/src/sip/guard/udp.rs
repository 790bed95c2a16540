//! The UDP socket that the stack believes to be plain: what it receives has passed the gate.
//!
//! A thread of its own reads it and answers what needs no state, so that a flood is worked off in the kernel's order but
//! at the price of a look each: the good caller's INVITE in the middle of it never waits for anything but those looks.

use super::{
    Carrier, MESSAGE_BYTES_MAX,
    gate::{Gate, Passage},
};
use crate::address;
use mio::{Events, Interest, Poll, Token, Waker, net::UdpSocket};
use rsipstack::platform::net::UdpSocket as StackSocket;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, mpsc};
use tokio_util::sync::CancellationToken;

/// Buffers asked of the kernel. The default (212 kB) loses ACK and BYE at 2,000 calls a second, and answers to one peer
/// that reads them late.
const BUFFER_BYTES: usize = 8 * 1024 * 1024;
/// Shortest time between two rounds: datagrams that come meanwhile are read together, without a wake-up each.
const TICK: Duration = Duration::from_millis(1);
/// Messages on their way to the stack. When it takes no more they are lost as in a full kernel buffer, and come again.
const PASSED_MAX: usize = 8_192;
/// How long to wait for room in the send buffer, and how often; a datagram that finds none is lost, and comes again.
const ROOM_WAIT: Duration = Duration::from_millis(1);
const ROOM_TRIES: u32 = 100;
const SOCKET: Token = Token(0);
const WAKER: Token = Token(1);

/// Binds the SIP socket with large buffers.
pub fn bind(address: SocketAddr) -> io::Result<std::net::UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // The kernel grants what `net.core.rmem_max` and `wmem_max` allow; less is no reason not to serve.
    if let Err(error) =
        socket.set_recv_buffer_size(BUFFER_BYTES).and_then(|()| socket.set_send_buffer_size(BUFFER_BYTES))
    {
        tracing::warn!(%error, "the SIP buffers could not be enlarged");
    }
    socket.bind(&address.into())?;
    Ok(socket.into())
}

/// A message that has passed, and where it came from.
type Datagram = (Vec<u8>, SocketAddr);

/// A socket behind the gate.
pub struct GuardedUdp {
    socket: Arc<UdpSocket>,
    bound: IpAddr,
    passed: Mutex<mpsc::Receiver<Datagram>>,
}

impl GuardedUdp {
    /// Reads until `stop`.
    pub fn start(socket: std::net::UdpSocket, gate: Arc<Gate>, stop: CancellationToken) -> io::Result<Self> {
        let mut socket = UdpSocket::from_std(socket);
        let poll = Poll::new()?;
        poll.registry().register(&mut socket, SOCKET, Interest::READABLE)?;
        let waker = Waker::new(poll.registry(), WAKER)?;
        let (to_stack, passed) = mpsc::channel(PASSED_MAX);
        let bound = socket.local_addr()?.ip();
        let socket = Arc::new(socket);
        let reader = Reader { socket: socket.clone(), gate, to_stack, lost: 0 };
        let until = stop.clone();
        std::thread::Builder::new().name("sip-udp".into()).spawn(move || reader.run(poll, &until))?;
        tokio::spawn(async move {
            stop.cancelled().await;
            // A thread that is gone needs no waking.
            waker.wake().ok();
        });
        Ok(Self { socket, bound, passed: Mutex::new(passed) })
    }
}

struct Reader {
    socket: Arc<UdpSocket>,
    gate: Arc<Gate>,
    to_stack: mpsc::Sender<Datagram>,
    lost: u64,
}

impl Reader {
    fn run(mut self, mut poll: Poll, stop: &CancellationToken) {
        let mut events = Events::with_capacity(2);
        // Larger than the stack's own buffer, so that nothing is cut off unseen.
        let mut landing = vec![0; MESSAGE_BYTES_MAX];
        while !stop.is_cancelled() {
            if let Err(error) = poll.poll(&mut events, None)
                && error.kind() != io::ErrorKind::Interrupted
            {
                tracing::error!(%error, "the SIP thread cannot wait for its socket");
            }
            let began = Instant::now();
            self.drain(&mut landing);
            if let Some(rest) = TICK.checked_sub(began.elapsed()) {
                std::thread::sleep(rest);
            }
        }
    }

    /// Reads until there is nothing left.
    fn drain(&mut self, landing: &mut [u8]) {
        loop {
            match self.socket.recv_from(landing) {
                Ok((length, source)) => {
                    // A panic over one datagram is that datagram's.
                    if catch_unwind(AssertUnwindSafe(|| self.take(&landing[..length], source))).is_err() {
                        tracing::error!("a panic was caught on the SIP thread");
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                // An ICMP error of an earlier answer: the socket goes on.
                Err(error) => tracing::debug!(%error, "a SIP datagram could not be received"),
            }
        }
    }

    fn take(&mut self, bytes: &[u8], source: SocketAddr) {
        let plain = address::plain(source);
        match self.gate.judge(bytes, plain, Carrier::Datagram) {
            Passage::Pass(passed) => {
                if self.to_stack.try_send((passed.bytes, plain)).is_err() {
                    self.lost += 1;
                    // A flood must not fill the log: said at 1, 2, 4, 8 ...
                    if self.lost.is_power_of_two() {
                        tracing::error!(count = self.lost, "the SIP stack does not keep up; a datagram is lost");
                    }
                }
            }
            Passage::Answer(bytes) => {
                if let Err(error) = self.socket.send_to(&bytes, source) {
                    tracing::debug!(%error, "an answer of the SIP guard could not be sent");
                }
            }
            Passage::Silence => {}
        }
    }
}

#[async_trait::async_trait]
impl StackSocket for GuardedUdp {
    async fn recv_from(&self, buffer: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        let mut passed = self.passed.lock().await;
        loop {
            let Some((bytes, source)) = passed.recv().await else {
                // The stack ends by its own token; until then there is nothing more to come.
                return std::future::pending().await;
            };
            // `fit` has made it so; a smaller buffer than agreed would lose it silently.
            if let Some(room) = buffer.get_mut(..bytes.len()) {
                room.copy_from_slice(&bytes);
                return Ok((bytes.len(), source));
            }
            tracing::error!(bytes = bytes.len(), "a SIP message does not fit the stack's buffer");
        }
    }

    async fn send_to(&self, bytes: &[u8], address: SocketAddr) -> rsipstack::Result<usize> {
        let address = address::over(self.bound, address);
        for _ in 0..ROOM_TRIES {
            match self.socket.send_to(bytes, address) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => tokio::time::sleep(ROOM_WAIT).await,
                sent => return Ok(sent?),
            }
        }
        Ok(self.socket.send_to(bytes, address)?)
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }
}
