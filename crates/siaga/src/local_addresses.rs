//! Which addresses this machine has: for the certificate's names and for the browsers' media.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, UdpSocket},
};

/// A documentation address (RFC 5737): asking the way to it sends nothing.
const SOMEWHERE_ELSE: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// All local IPv4 addresses, loopback last. Linux tells them in `/proc`; elsewhere only the one that faces the network.
#[must_use]
pub fn all() -> Vec<IpAddr> {
    let table = std::fs::read_to_string("/proc/net/fib_trie").unwrap_or_default();
    let mut found: BTreeSet<Ipv4Addr> = from_table(&table);
    found.extend(outward());
    let mut list: Vec<IpAddr> = found.into_iter().filter(|ip| !ip.is_loopback()).map(IpAddr::V4).collect();
    list.push(IpAddr::V4(Ipv4Addr::LOCALHOST));
    list
}

/// The address that faces the network.
fn outward() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(SOMEWHERE_ELSE).ok()?;
    match socket.local_addr().ok()?.ip() {
        IpAddr::V4(ip) if !ip.is_unspecified() => Some(ip),
        _ => None,
    }
}

/// The lines `|-- 10.0.0.5` that are followed by `/32 host LOCAL`.
fn from_table(table: &str) -> BTreeSet<Ipv4Addr> {
    let mut last = None;
    let mut found = BTreeSet::new();
    for line in table.lines().map(str::trim) {
        if let Some(ip) = line.strip_prefix("|-- ").and_then(|text| text.parse::<Ipv4Addr>().ok()) {
            last = Some(ip);
        } else if line == "/32 host LOCAL"
            && let Some(ip) = last
        {
            found.insert(ip);
        }
    }
    found
}

/// The machine's name, where it has one.
#[must_use]
pub fn host_name() -> Option<String> {
    let name = std::fs::read_to_string("/etc/hostname").ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_of_the_routing_table_and_no_networks() {
        let table = "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n        /0 universe UNICAST\n\
                     |-- 10.0.0.0\n        /24 link UNICAST\n     |-- 10.0.0.5\n        /32 host LOCAL\n\
                     |-- 10.0.0.255\n        /32 link BROADCAST\n     |-- 127.0.0.1\n        /32 host LOCAL\n";
        let found: Vec<_> = from_table(table).into_iter().collect();
        assert_eq!(found, [Ipv4Addr::new(10, 0, 0, 5), Ipv4Addr::LOCALHOST]);
        assert_eq!(all().last(), Some(&IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }
}
