//! TLS for SIP: our certificate for who connects, and the authorities that we believe when we connect.

use crate::config::SipTls;
use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsAcceptor, TlsConnector, client,
    rustls::{
        ClientConfig, RootCertStore, ServerConfig,
        crypto::{CryptoProvider, aws_lc_rs::default_provider},
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    },
};

/// Our certificate, read again when its file changes: a renewed one needs no restart.
pub struct Identity {
    certificate: PathBuf,
    key: PathBuf,
    loaded: Mutex<(Option<SystemTime>, TlsAcceptor)>,
}

impl Identity {
    pub fn load(config: &SipTls) -> io::Result<Self> {
        let loaded = (changed_at(&config.certificate), acceptor(&config.certificate, &config.key)?);
        Ok(Self { certificate: config.certificate.clone(), key: config.key.clone(), loaded: Mutex::new(loaded) })
    }

    /// For the next connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let now = changed_at(&self.certificate);
        if now != loaded.0 {
            // Half written, or a key that does not fit: tried again when the file changes again.
            loaded.0 = now;
            match acceptor(&self.certificate, &self.key) {
                Ok(fresh) => loaded.1 = fresh,
                Err(error) => tracing::warn!(%error, "the new SIP certificate cannot be used; the old one stays"),
            }
        }
        loaded.1.clone()
    }
}

/// Makes TLS connections of our own.
#[derive(Clone)]
pub struct Connector(TlsConnector);

impl Connector {
    /// Believes every authority in these files.
    pub fn new(roots: &[PathBuf]) -> io::Result<Self> {
        let mut store = RootCertStore::empty();
        for file in roots.iter().filter(|file| file.exists()) {
            let found = CertificateDer::pem_file_iter(file).map_err(io::Error::other)?;
            store.add_parsable_certificates(found.filter_map(Result::ok));
        }
        let config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_root_certificates(store)
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    /// `name`: the name or the address that the certificate must be for.
    pub async fn connect(&self, stream: TcpStream, name: &str) -> io::Result<client::TlsStream<TcpStream>> {
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        self.0.connect(name, stream).await
    }
}

fn acceptor(certificate: &Path, key: &Path) -> io::Result<TlsAcceptor> {
    let read = |path: &Path, error: &dyn std::fmt::Display| io::Error::other(format!("{}: {error}", path.display()));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| read(certificate, &error))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| read(key, &error))?;
    let config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret))
        .map_err(|error| read(certificate, &error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Named, because more than one provider in the program would make the default ambiguous.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
