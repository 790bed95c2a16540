//! Symmetric RTP: where the far end's packets really come from (NAT), and who is not the far end.
//!
//! The address from SDP is believed at once. Another source must prove itself by a run of packets before it is heard
//! at all, and only while the announced address has sent nothing; and it must be one of the call's own machines: the
//! one from SDP or the one its SIP comes from, at any port (NAT), or a peer of the trunk. Whoever else sends, in
//! whatever order and for however long, is not heard and hears nothing: the line of a silent caller is nobody's. Once
//! locked, only the announced address, or the same stream after a NAT gave it a new port, may move the latch.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::{Duration, Instant},
};

/// Packets in sequence, of one SSRC, that a source other than the announced one must send to be heard.
const PROBATION_PACKETS: u8 = 5;
/// The locked source must have been silent this long before another one may prove itself.
const SILENT_BEFORE_MOVE: Duration = Duration::from_secs(2);

struct Candidate {
    addr: SocketAddr,
    ssrc: u32,
    next_sequence: u16,
    packets: u8,
}

pub struct Latch {
    announced: SocketAddr,
    /// Where the call's SIP comes from.
    peer: IpAddr,
    /// Machines of the trunk: an SBC may send voice from any of them.
    trunk: Arc<[IpAddr]>,
    locked: Option<Locked>,
    candidate: Option<Candidate>,
}

#[derive(Clone, Copy)]
struct Locked {
    addr: SocketAddr,
    ssrc: u32,
    at: Instant,
}

impl Latch {
    pub fn new(announced: SocketAddr, peer: IpAddr, trunk: Arc<[IpAddr]>) -> Self {
        Self { announced, peer, trunk, locked: None, candidate: None }
    }

    /// A re-INVITE named an address; the same one again changes nothing.
    pub fn announce(&mut self, addr: SocketAddr, peer: IpAddr) {
        if self.announced != addr {
            *self = Self::new(addr, peer, self.trunk.clone());
        }
        self.peer = peer;
    }

    /// Where to send.
    pub fn target(&self) -> SocketAddr {
        self.locked.map_or(self.announced, |locked| locked.addr)
    }

    /// Whether a packet with an agreed payload type may be heard.
    pub fn admit(&mut self, from: SocketAddr, ssrc: u32, sequence: u16, now: Instant) -> bool {
        if from == self.announced || self.locked.is_some_and(|locked| locked.addr == from) {
            self.lock(from, ssrc, now);
            return true;
        }
        if !self.is_own(from.ip()) || !self.may_move(from, ssrc, now) {
            return false;
        }
        let known = self.candidate.as_mut().filter(|c| c.addr == from && c.ssrc == ssrc && c.next_sequence == sequence);
        let packets = match known {
            Some(candidate) => {
                candidate.packets += 1;
                candidate.next_sequence = sequence.wrapping_add(1);
                candidate.packets
            }
            None => {
                self.candidate =
                    Some(Candidate { addr: from, ssrc, next_sequence: sequence.wrapping_add(1), packets: 1 });
                1
            }
        };
        if packets >= PROBATION_PACKETS {
            self.lock(from, ssrc, now);
            return true;
        }
        false
    }

    /// A machine that this call's voice may come from.
    fn is_own(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        [self.announced.ip(), self.peer].iter().chain(self.trunk.iter()).any(|own| own.to_canonical() == ip)
    }

    fn may_move(&self, from: SocketAddr, ssrc: u32, now: Instant) -> bool {
        match self.locked {
            None => true,
            Some(locked) => {
                let silent = now.saturating_duration_since(locked.at) >= SILENT_BEFORE_MOVE;
                silent && (locked.ssrc == ssrc || locked.addr.ip() == from.ip())
            }
        }
    }

    fn lock(&mut self, addr: SocketAddr, ssrc: u32, at: Instant) {
        self.locked = Some(Locked { addr, ssrc, at });
        self.candidate = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addr(text: &str) -> SocketAddr {
        text.parse().expect("address")
    }

    /// The caller's SIP comes from there too.
    const NAT: &str = "198.51.100.7:61000";
    const TRUNK: &str = "192.0.2.20:7000";

    /// (from, ssrc, sequence, ms) and whether it is heard.
    fn check(packets: &[(&str, u32, u16, u64, bool)], target: &str) {
        let start = Instant::now();
        let trunk: Arc<[IpAddr]> = Arc::from([addr(TRUNK).ip()]);
        let mut latch = Latch::new(addr("192.0.2.1:4000"), addr(NAT).ip(), trunk);
        for (n, (from, ssrc, sequence, ms, heard)) in packets.iter().enumerate() {
            let got = latch.admit(addr(from), *ssrc, *sequence, start + Duration::from_millis(*ms));
            assert_eq!(got, *heard, "packet {n} of {packets:?}");
        }
        assert_eq!(latch.target(), addr(target), "{packets:?}");
    }

    #[test]
    fn who_is_heard() {
        const SDP: &str = "192.0.2.1:4000";
        const STRAY: &str = "203.0.113.9:5000";
        check(&[], SDP);
        check(&[(SDP, 1, 10, 0, true), (STRAY, 2, 1, 1, false), (STRAY, 2, 2, 2, false)], SDP);
        // Behind NAT: heard from the fifth packet on.
        let nat: Vec<_> = (0..7u16).map(|n| (NAT, 1, n, u64::from(n) * 20, n >= 4)).collect();
        check(&nat, NAT);
        // A stray may not prove itself while the locked source speaks.
        let mut stray = nat.clone();
        stray.extend((0..20u16).map(|n| (STRAY, 2, n, 140 + u64::from(n), false)));
        check(&stray, NAT);
        // Nor after a pause, unless it is the same stream or the same machine.
        let mut pause = nat.clone();
        pause.extend((0..20u16).map(|n| (STRAY, 2, n, 5_000 + u64::from(n), false)));
        check(&pause, NAT);
        let mut moved = nat.clone();
        moved.extend((7..14u16).map(|n| ("198.51.100.7:61999", 1, n, 5_000 + u64::from(n), n >= 11)));
        check(&moved, "198.51.100.7:61999");
        // Two strays in turn never prove themselves; nor does one that jumps.
        let turns: Vec<_> =
            (0..20u16).map(|n| (if n % 2 == 0 { NAT } else { STRAY }, 1, n, u64::from(n), false)).collect();
        check(&turns, SDP);
        let jumps: Vec<_> = (0..20u16).map(|n| (STRAY, 1, n * 3, u64::from(n), false)).collect();
        check(&jumps, SDP);
        // A foreign address is never heard, though nobody else speaks.
        let stray: Vec<_> = (0..500u16).map(|n| (STRAY, 2, n, u64::from(n) * 20, false)).collect();
        check(&stray, SDP);
        // Another machine of the trunk is, where nobody else speaks; and so is another port of the announced address.
        for own in [TRUNK, "192.0.2.1:4444"] {
            let own: Vec<_> = (0..7u16).map(|n| (own, 2, n, u64::from(n), n >= 4)).collect();
            check(&own, own[0].0);
        }
        // The announced address wins over one that was first.
        let mut late: Vec<_> = (0..6u16).map(|n| (NAT, 2, n, u64::from(n), n >= 4)).collect();
        late.push((SDP, 1, 1, 100, true));
        check(&late, SDP);
    }
}
