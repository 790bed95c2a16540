//! The HTTP doors: plain for this machine, TLS for the others. Both serve the same router.

use super::https;
use crate::{commands::CommandError, config::Config};
use axum::{Extension, Router};
use axum_server::{Handle, accept::NoDelayAcceptor, tls_rustls::RustlsAcceptor};
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

/// Open doors and where they are.
pub struct Doors {
    pub http: SocketAddr,
    pub https: Option<SocketAddr>,
    handle: Handle<SocketAddr>,
    servers: Vec<JoinHandle<std::io::Result<()>>>,
}

impl Doors {
    pub async fn open(config: &Config, data: &Path, router: &Router) -> Result<Self, CommandError> {
        let handle = Handle::<SocketAddr>::new();
        let (listener, http) = bind(config.http, "http.addr")?;
        let server = axum_server::from_tcp(listener).map_err(|error| told(config.http, "http.addr", &error))?;
        let server = server.acceptor(NoDelayAcceptor::new()).handle(handle.clone()).first_request_timeout(FIRST_REQUEST);
        let service = router.clone().into_make_service_with_connect_info::<SocketAddr>();
        let mut servers = vec![tokio::spawn(server.serve(service))];

        let mut https = None;
        if let Some(addr) = config.https {
            let tls = https::load(config, data).await?;
            let (listener, bound) = bind(addr, "https.addr")?;
            let server = axum_server::from_tcp(listener).map_err(|error| told(addr, "https.addr", &error))?;
            let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
            let server = server.acceptor(acceptor).handle(handle.clone()).first_request_timeout(FIRST_REQUEST);
            let service = router.clone().layer(Extension(OverTls)).into_make_service_with_connect_info::<SocketAddr>();
            servers.push(tokio::spawn(server.serve(service)));
            https = Some(bound);
        }
        Ok(Self { http, https, handle, servers })
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
    CommandError::Told(format!("cannot listen on {addr} ({key}): {error}. Stop what uses it, or set {key} to another port"))
}
