//! Places for browsers: how many connections there may be, in all and from one address. Telephones need descriptors too;
//! whoever only holds connections open must not take the sound from a call.

use axum_server::accept::Accept;
use siaga_web::gate::counted_as;
use std::{
    collections::HashMap,
    io::{self, IoSlice},
    net::IpAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// Browsers get this share of the descriptors (one in so many); the rest is for telephones, recordings, the database.
const DESCRIPTORS_PER_PLACE: u64 = 2;
/// No city has more browsers than this at once: responders, consoles, the public page after a broadcast (connections).
const PLACES_MAX: usize = 4_096;
/// One address gets this share of the places (one in so many): an office behind one router, never everybody's.
const PLACES_PER_ADDRESS: usize = 4;
/// What a system allows that does not say (the usual soft limit).
const DESCRIPTORS_UNKNOWN: u64 = 1_024;

/// Lets this process open as many files as its user may; gives how many that is.
pub fn raise_descriptors() -> u64 {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(limit) => limit,
        Err(error) => {
            tracing::warn!(%error, "the limit of open files cannot be raised; siaga doctor says what to do");
            rlimit::getrlimit(rlimit::Resource::NOFILE).map_or(DESCRIPTORS_UNKNOWN, |(soft, _)| soft)
        }
    }
}

/// Counts connections and takes no more than there are places. Clones share the places.
#[derive(Clone)]
pub struct Places {
    taken: Arc<Mutex<Taken>>,
    in_all: usize,
    per_address: usize,
}

#[derive(Default)]
struct Taken {
    in_all: usize,
    by_address: HashMap<IpAddr, usize>,
}

impl Places {
    /// For a process that may open so many files.
    pub fn of_descriptors(descriptors: u64) -> Self {
        let share = usize::try_from(descriptors / DESCRIPTORS_PER_PLACE).unwrap_or(PLACES_MAX);
        Self::new(share.clamp(PLACES_PER_ADDRESS, PLACES_MAX))
    }

    fn new(in_all: usize) -> Self {
        Self { taken: Arc::default(), in_all, per_address: in_all / PLACES_PER_ADDRESS }
    }

    fn take(&self, address: IpAddr) -> io::Result<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let here = taken.by_address.get(&address).copied().unwrap_or_default();
        if taken.in_all >= self.in_all || here >= self.per_address {
            return Err(io::Error::other("no place for another connection"));
        }
        taken.in_all += 1;
        taken.by_address.insert(address, here + 1);
        Ok(Place { places: self.clone(), address })
    }
}

/// One connection's place; free again when dropped.
struct Place {
    places: Places,
    address: IpAddr,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.in_all -= 1;
        if let Some(here) = taken.by_address.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                taken.by_address.remove(&self.address);
            }
        }
    }
}

impl<S> Accept<TcpStream, S> for Places {
    type Stream = Seated;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Seated, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let seated = stream.set_nodelay(true).and_then(|()| stream.peer_addr()).and_then(|peer| {
            let place = self.take(counted_as(peer.ip()))?;
            Ok((Seated { stream, _place: place }, service))
        });
        std::future::ready(seated)
    }
}

/// A connection with its place.
pub struct Seated {
    stream: TcpStream,
    _place: Place,
}

impl AsyncRead for Seated {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Seated {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn one_address_never_takes_all_places() {
        let places = Places::new(8);
        let held: Vec<_> = (0..2).map(|_| places.take(ONE).expect("free")).collect();
        assert!(places.take(ONE).is_err());
        let other = places.take(OTHER).expect("another address has its own share");
        drop(held);
        assert!(places.take(ONE).is_ok(), "a place is free again when its connection is gone");
        drop(other);
        assert_eq!(places.taken.lock().unwrap().in_all, 0);
        assert!(places.taken.lock().unwrap().by_address.is_empty());
    }

    #[test]
    fn telephones_keep_their_half() {
        assert_eq!(Places::of_descriptors(1_024).in_all, 512);
        assert_eq!(Places::of_descriptors(u64::MAX).in_all, PLACES_MAX);
        assert!(raise_descriptors() > 0);
    }
}
