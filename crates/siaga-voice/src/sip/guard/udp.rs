//! The UDP socket that the stack believes to be plain: what it receives has passed the gate.

use super::{
    Carrier, MESSAGE_BYTES_MAX, Passed,
    gate::{Gate, Passage},
};
use rsipstack::platform::net::UdpSocket as StackSocket;
use socket2::{Domain, Protocol, Socket, Type};
use std::{io, net::SocketAddr, sync::Arc};
use tokio::{net::UdpSocket, sync::Mutex};

/// Receive buffer asked of the kernel. The default (212 kB) loses ACK and BYE at 2,000 calls a second.
const RECEIVE_BUFFER_BYTES: usize = 8 * 1024 * 1024;

/// Binds the SIP socket with a large receive buffer.
pub fn bind(address: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // The kernel grants what `net.core.rmem_max` allows; less is no reason not to serve.
    if let Err(error) = socket.set_recv_buffer_size(RECEIVE_BUFFER_BYTES) {
        tracing::warn!(%error, "the SIP receive buffer could not be enlarged");
    }
    socket.bind(&address.into())?;
    UdpSocket::from_std(socket.into())
}

/// A socket behind the gate.
pub struct GuardedUdp {
    socket: UdpSocket,
    gate: Arc<Gate>,
    /// Where datagrams land; larger than the stack's own buffer, so that nothing is cut off unseen.
    landing: Mutex<Box<[u8]>>,
}

impl GuardedUdp {
    pub fn new(socket: UdpSocket, gate: Arc<Gate>) -> Self {
        Self { socket, gate, landing: Mutex::new(vec![0; MESSAGE_BYTES_MAX].into_boxed_slice()) }
    }
}

#[async_trait::async_trait]
impl StackSocket for GuardedUdp {
    async fn recv_from(&self, buffer: &mut [u8]) -> rsipstack::Result<(usize, SocketAddr)> {
        let mut landing = self.landing.lock().await;
        loop {
            let (length, source) = self.socket.recv_from(&mut landing).await?;
            match self.gate.judge(&landing[..length], source, Carrier::Datagram) {
                Passage::Pass(passed) => {
                    let Passed { bytes, .. } = *passed;
                    // `fit` has made it so; a smaller buffer than agreed would lose it silently.
                    if let Some(room) = buffer.get_mut(..bytes.len()) {
                        room.copy_from_slice(&bytes);
                        return Ok((bytes.len(), source));
                    }
                    tracing::error!(bytes = bytes.len(), "a SIP message does not fit the stack's buffer");
                }
                Passage::Answer(bytes) => {
                    if let Err(error) = self.socket.send_to(&bytes, source).await {
                        tracing::warn!(%error, "an answer of the SIP guard could not be sent");
                    }
                }
                Passage::Silence => {}
            }
        }
    }

    async fn send_to(&self, bytes: &[u8], address: SocketAddr) -> rsipstack::Result<usize> {
        Ok(self.socket.send_to(bytes, address).await?)
    }

    fn local_addr(&self) -> rsipstack::Result<SocketAddr> {
        Ok(self.socket.local_addr()?)
    }
}
