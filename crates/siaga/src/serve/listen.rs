//! The HTTP doors: plain for this machine, TLS for the others. Both serve the same router.

use super::{
    https,
    places::{Places, raise_descriptors},
};
use crate::{commands::CommandError, config::Config, local_addresses};
use axum::{Extension, Router};
use axum_server::{
    Handle,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use siaga_web::accounts::cookie::OverTls;
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    time::Duration,
};
use tokio::task::JoinHandle;

/// How long open requests may go on after the word to stop; live streams end here.
const DRAIN: Duration = Duration::from_secs(3);
/// A connection that says nothing for this long is nobody's.
const FIRST_REQUEST: Duration = Duration::from_secs(15);

/// The doors: bound first, so that their addresses are known to what stands behind them, opened last.
pub struct Doors {
    pub http: SocketAddr,
    pub https: Option<SocketAddr>,
    bound: Vec<Bound>,
    handle: Handle<SocketAddr>,
    servers: Vec<JoinHandle<std::io::Result<()>>>,
}

/// A listener that nobody serves yet.
struct Bound {
    listener: TcpListener,
    tls: Option<RustlsConfig>,
}

impl Doors {
    /// Takes the ports and reads the certificate.
    pub async fn bind(config: &Config, data: &Path) -> Result<Self, CommandError> {
        let (listener, http) = bind(config.http, "http.addr")?;
        let mut bound = vec![Bound { listener, tls: None }];
        let mut https = None;
        if let Some(addr) = config.https {
            let tls = Some(https::load(config, data).await?);
            let (listener, addr) = bind(addr, "https.addr")?;
            bound.push(Bound { listener, tls });
            https = Some(addr);
        }
        Ok(Self { http, https, bound, handle: Handle::new(), servers: Vec::new() })
    }

    /// From here on requests are answered.
    pub fn open(&mut self, router: &Router) -> std::io::Result<()> {
        let places = Places::of_descriptors(raise_descriptors());
        for Bound { listener, tls } in std::mem::take(&mut self.bound) {
            let server =
                axum_server::from_tcp(listener)?.handle(self.handle.clone()).first_request_timeout(FIRST_REQUEST);
            let plain = places.clone();
            let router = router.clone();
            self.servers.push(match tls {
                None => tokio::spawn(
                    server.acceptor(plain).serve(router.into_make_service_with_connect_info::<SocketAddr>()),
                ),
                Some(tls) => {
                    let acceptor = RustlsAcceptor::new(tls).acceptor(plain);
                    let router = router.layer(Extension(OverTls));
                    tokio::spawn(
                        server.acceptor(acceptor).serve(router.into_make_service_with_connect_info::<SocketAddr>()),
                    )
                }
            });
        }
        Ok(())
    }

    /// What to write in front of `/tugas/...` while nobody said `public_url`: an address that a telephone in the same
    /// network can open, if we listen there.
    pub fn base_url(&self) -> String {
        let (scheme, addr) = self.https.map_or(("http", self.http), |addr| ("https", addr));
        let ip = if addr.ip().is_unspecified() { local_addresses::all()[0] } else { addr.ip() };
        format!("{scheme}://{}", SocketAddr::new(ip, addr.port()))
    }

    /// No new connections, a moment for the open ones, then the end.
    pub async fn close(self) {
        self.handle.graceful_shutdown(Some(DRAIN));
        for server in self.servers {
            match server.await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "a listener ended badly"),
                Err(error) => tracing::warn!(%error, "a listener broke"),
            }
        }
    }
}

fn bind(addr: SocketAddr, key: &str) -> Result<(TcpListener, SocketAddr), CommandError> {
    let listener = TcpListener::bind(addr).map_err(|error| told(addr, key, &error))?;
    let bound = listener.local_addr().map_err(|error| told(addr, key, &error))?;
    Ok((listener, bound))
}

fn told(addr: SocketAddr, key: &str, error: &std::io::Error) -> CommandError {
    CommandError::Told(format!(
        "cannot listen on {addr} ({key}): {error}. Stop what uses it, or set {key} to another port"
    ))
}
