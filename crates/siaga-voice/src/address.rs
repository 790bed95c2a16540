//! A socket on `::` serves IPv4 too and shows its addresses inside IPv6 ones (RFC 4291 2.5.5.2). That form stays at the
//! socket: in SIP and SDP the far end must find the address that it can use.

use std::net::{IpAddr, SocketAddr};

/// An address as a socket received it, in the family that the far end uses.
pub fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

/// The same address as a socket bound to `bound` can send to it.
pub fn over(bound: IpAddr, address: SocketAddr) -> SocketAddr {
    match (bound, address.ip()) {
        (IpAddr::V6(_), IpAddr::V4(ip)) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn out_as_it_came_in() {
        let check = |bound: &str, received: &str, shown: &str| {
            let (bound, received): (IpAddr, SocketAddr) = (bound.parse().unwrap(), received.parse().unwrap());
            let plain = plain(received);
            assert_eq!(plain.to_string(), shown);
            assert_eq!(over(bound, plain), received, "{bound}");
        };
        check("::", "[::ffff:192.0.2.1]:5060", "192.0.2.1:5060");
        check("::", "[2001:db8::1]:5060", "[2001:db8::1]:5060");
        check("0.0.0.0", "192.0.2.1:5060", "192.0.2.1:5060");
    }
}
