//! UDP sockets of the media thread: non-blocking, with buffers large enough for a thread that was not scheduled for a while.

use super::MediaError;
use mio::net::UdpSocket;
use socket2::{Domain, Protocol, Socket, Type};
use std::{
    collections::HashSet,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
};

/// One line is 50 packets a second of 200 bytes; this is seconds of it.
const LEG_BUFFER_BYTES: usize = 256 * 1024;
/// All browsers share a socket. The kernel's default (212 kB) drops under starvation.
const BROWSER_BUFFER_BYTES: usize = 4 * 1024 * 1024;
/// Tries to find a port that is free for all browser addresses at once.
const SHARED_PORT_TRIES: usize = 20;

fn bind(address: SocketAddr, buffer_bytes: usize) -> std::io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // The kernel clips to its own maximum; less than wished for is no fault.
    let _ = socket.set_recv_buffer_size(buffer_bytes);
    let _ = socket.set_send_buffer_size(buffer_bytes);
    socket.bind(&address.into())?;
    Ok(UdpSocket::from_std(socket.into()))
}

/// One socket per address, all on one port.
pub fn browsers(ips: &[IpAddr], port: u16) -> Result<Vec<(SocketAddr, UdpSocket)>, MediaError> {
    let mut tries = 0;
    loop {
        let mut chosen = port;
        let mut bound = Vec::new();
        let result = ips.iter().try_for_each(|ip| {
            let address = SocketAddr::new(*ip, chosen);
            let fail = |error| MediaError::Bind { address, error };
            let socket = bind(address, BROWSER_BUFFER_BYTES).map_err(fail)?;
            let address = socket.local_addr().map_err(fail)?;
            chosen = address.port();
            bound.push((address, socket));
            Ok(())
        });
        tries += 1;
        match result {
            Ok(()) => return Ok(bound),
            Err(error) if port != 0 || tries == SHARED_PORT_TRIES => return Err(error),
            Err(_) => {}
        }
    }
}

/// A free even port and the odd one above, starting the search at `from` (so that a port just freed rests a while).
pub fn pair(
    ip: IpAddr,
    ports: &RangeInclusive<u16>,
    from: u16,
    taken: &HashSet<u16>,
) -> Result<(u16, UdpSocket, UdpSocket), MediaError> {
    let first = ports.start().saturating_add(ports.start() % 2);
    let pairs = ports.end().saturating_sub(first).div_ceil(2);
    let begin = from.saturating_sub(first) / 2;
    for n in 0..pairs {
        let port = first + 2 * ((begin.wrapping_add(n)) % pairs);
        if taken.contains(&port) {
            continue;
        }
        let rtp = bind(SocketAddr::new(ip, port), LEG_BUFFER_BYTES);
        let rtcp = bind(SocketAddr::new(ip, port + 1), LEG_BUFFER_BYTES);
        if let (Ok(rtp), Ok(rtcp)) = (rtp, rtcp) {
            return Ok((port, rtp, rtcp));
        }
    }
    Err(MediaError::NoPort(*ports.start(), *ports.end()))
}
