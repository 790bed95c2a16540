//! The browsers' sockets and who is who behind them: one UDP port for all consoles, told apart by address, and for
//! STUN by the user name that carries our ICE fragment.

use mio::net::UdpSocket;
use siaga_core::ids::StationId;
use std::{collections::HashMap, net::SocketAddr};

/// Addresses remembered for all stations together; a browser uses one or two.
const ADDRESSES_MAX: usize = 4_096;
const STUN_COOKIE: [u8; 4] = [0x21, 0x12, 0xa4, 0x42];
const STUN_HEADER_BYTES: usize = 20;
const STUN_USERNAME: u16 = 0x0006;

pub struct Browsers {
    pub sockets: Vec<(SocketAddr, UdpSocket)>,
    by_address: HashMap<SocketAddr, StationId>,
    by_ufrag: HashMap<String, StationId>,
}

impl Browsers {
    pub fn new(sockets: Vec<(SocketAddr, UdpSocket)>) -> Self {
        Self { sockets, by_address: HashMap::new(), by_ufrag: HashMap::new() }
    }

    pub fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.sockets.iter().map(|(address, _)| *address)
    }

    /// From the socket that str0m names, so that the browser sees the address it checked.
    pub fn send(&self, from: SocketAddr, to: SocketAddr, datagram: &[u8]) {
        if let Some((_, socket)) = self.sockets.iter().find(|(address, _)| *address == from) {
            // A full send buffer loses this packet, as the network may.
            let _ = socket.send_to(datagram, to);
        }
    }

    /// Before the answer goes out: checks and handshake may come at once.
    pub fn expect(&mut self, ufrag: String, station: StationId) {
        self.by_ufrag.insert(ufrag, station);
    }

    pub fn forget(&mut self, station: StationId) {
        self.by_ufrag.retain(|_, of| *of != station);
        self.by_address.retain(|_, of| *of != station);
    }

    /// Whose datagram this is. STUN says it by name, whatever the address was used for before.
    pub fn owner(&self, from: SocketAddr, datagram: &[u8]) -> Option<StationId> {
        match stun_ufrag(datagram) {
            Some(ufrag) => self.by_ufrag.get(ufrag).copied(),
            None => self.by_address.get(&from).copied(),
        }
    }

    /// The station accepted a check from there: what comes next from this address is its.
    pub fn learn(&mut self, from: SocketAddr, station: StationId) {
        if self.by_address.len() < ADDRESSES_MAX || self.by_address.contains_key(&from) {
            self.by_address.insert(from, station);
        }
    }
}

/// Our own ICE fragment in the USERNAME of a STUN request (RFC 8445 7.2.2: `theirs:ours` seen from the sender).
pub fn stun_ufrag(datagram: &[u8]) -> Option<&str> {
    if datagram.len() < STUN_HEADER_BYTES || datagram[0] > 3 || datagram[4..8] != STUN_COOKIE {
        return None;
    }
    let mut rest = &datagram[STUN_HEADER_BYTES..];
    while let Some((head, body)) = rest.split_first_chunk::<4>() {
        let kind = u16::from_be_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        let value = body.get(..length)?;
        if kind == STUN_USERNAME {
            return std::str::from_utf8(value).ok()?.split(':').next();
        }
        rest = body.get(length.next_multiple_of(4)..)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stun(attributes: &[u8]) -> Vec<u8> {
        let mut message = vec![0, 1, 0, attributes.len() as u8];
        message.extend(STUN_COOKIE);
        message.extend([9; 12]);
        message.extend(attributes);
        message
    }

    #[test]
    fn the_name_is_found_and_garbage_has_none() {
        let name = [&[0, 6, 0, 9][..], b"ours:them", &[0, 0, 0]].concat();
        let other = [0x80, 0x22, 0, 2, 1, 2, 0, 0];
        for (message, expected) in [
            (stun(&name), Some("ours")),
            (stun(&[&other[..], &name].concat()), Some("ours")),
            (stun(&other), None),
            (stun(&[0, 6, 0xff, 0xff, 1]), None),
            (stun(&[0, 6]), None),
            (stun(&[0, 6, 0, 2, 0xff, 0xfe, 0, 0]), None),
            (vec![], None),
            (vec![0x80; 60], None),
            (vec![0; 20], None),
        ] {
            assert_eq!(stun_ufrag(&message), expected, "{message:?}");
        }
    }
}
