//! The configuration: `siaga.toml` in the data folder, then `SIAGA_*`, then flags; the later wins.
//!
//! `keys.rs` is the table of everything that can be set. All three sources go through it, so that each mistake is told
//! in the same words: where, which key, what it holds, what is expected.

mod keys;
mod read;
#[cfg(test)]
mod tests;

pub use keys::KEYS;
pub use read::{Source, load};

use crate::certificates::Place;
use siaga_engine::notify::{MailSecurity, MailSettings};
use siaga_store::StoreConfig;
use siaga_voice::{Credentials, SipTls, Trunk};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// The file's name inside the data folder.
pub const FILE: &str = "siaga.toml";
/// One UDP port for all browsers, unless told otherwise.
const BROWSER_PORT: u16 = 8114;

/// Everything the program can be told.
#[derive(Clone, Debug)]
pub struct Config {
    pub http: SocketAddr,
    pub https: Option<SocketAddr>,
    /// A bought certificate instead of the city's own: chain and key in PEM.
    pub https_certificate: Option<PathBuf>,
    pub https_key: Option<PathBuf>,
    /// What stands before `/tugas/...` in messages to responders.
    pub public_url: Option<String>,
    /// `postgres://...`; absent: SQLite in the data folder.
    pub database: Option<String>,
    pub sip: SocketAddr,
    pub public_ip: Option<IpAddr>,
    /// Where SIP over TLS listens; with the city's own certificate unless the next two name another.
    pub sip_tls: Option<SocketAddr>,
    pub sip_tls_certificate: Option<PathBuf>,
    pub sip_tls_key: Option<PathBuf>,
    pub trunk: Option<Trunk>,
    pub trunk_user: Option<String>,
    pub trunk_password: Option<Secret>,
    /// Whoever sends positions of telephones to `/api/aml` knows it.
    pub aml_key: Option<Secret>,
    /// Whoever fetches the feed of figures knows it.
    pub feed_token: Option<Secret>,
    /// Host and port of the mail server for reports.
    pub smtp_server: Option<(String, u16)>,
    pub smtp_security: MailSecurity,
    pub smtp_user: Option<String>,
    pub smtp_password: Option<Secret>,
    pub smtp_from: Option<String>,
    /// Authorities of a TLS trunk beside the city's own and the system's.
    pub trunk_roots: Option<PathBuf>,
    pub trunk_peers: Vec<IpAddr>,
    pub rtp_ports: RangeInclusive<u16>,
    /// Empty: all addresses of this machine.
    pub browser_ips: Vec<IpAddr>,
    /// `None`: the usual one, or any free one when `http` is port 0 (a throw-away server).
    pub browser_port: Option<u16>,
    pub open_calls_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        let any = |port| SocketAddr::from(([0, 0, 0, 0], port));
        Self {
            http: SocketAddr::from(([127, 0, 0, 1], 8112)),
            https: None,
            https_certificate: None,
            https_key: None,
            public_url: None,
            database: None,
            sip: any(5060),
            public_ip: None,
            sip_tls: None,
            sip_tls_certificate: None,
            sip_tls_key: None,
            trunk: None,
            trunk_user: None,
            trunk_password: None,
            aml_key: None,
            feed_token: None,
            smtp_server: None,
            smtp_security: MailSecurity::StartTls,
            smtp_user: None,
            smtp_password: None,
            smtp_from: None,
            trunk_roots: None,
            trunk_peers: Vec::new(),
            rtp_ports: 20_000..=21_999,
            browser_ips: Vec::new(),
            browser_port: None,
            open_calls_max: 400,
        }
    }
}

impl Config {
    /// Where the data is.
    #[must_use]
    pub fn store(&self, data: &Path) -> StoreConfig {
        match &self.database {
            Some(url) => StoreConfig::Postgres { url: url.clone() },
            None => StoreConfig::Sqlite { path: data.join("siaga.db") },
        }
    }

    /// The trunk with what it may ask us for.
    #[must_use]
    pub fn trunk(&self) -> Option<Trunk> {
        let mut trunk = self.trunk.clone()?;
        trunk.credentials = self
            .trunk_user
            .clone()
            .zip(self.trunk_password.clone())
            .map(|(user, Secret(password))| Credentials { user, password });
        Some(trunk)
    }

    /// The mail server, when one is set.
    #[must_use]
    pub fn mail(&self) -> Option<MailSettings> {
        let (host, port) = self.smtp_server.clone()?;
        let login = self.smtp_user.clone().zip(self.smtp_password.clone().map(|Secret(password)| password));
        Some(MailSettings { host, port, security: self.smtp_security, login, from: self.smtp_from.clone()? })
    }

    /// The TLS door of the telephone.
    #[must_use]
    pub fn sip_tls(&self, data: &Path) -> Option<SipTls> {
        let place = Place::new(data);
        let addr = self.sip_tls?;
        Some(match (&self.sip_tls_certificate, &self.sip_tls_key) {
            (Some(certificate), Some(key)) => SipTls { addr, certificate: certificate.clone(), key: key.clone() },
            _ => SipTls { addr, certificate: place.server(), key: place.server_key() },
        })
    }

    /// The UDP port for browsers; 0 picks one.
    #[must_use]
    pub fn browser_port(&self) -> u16 {
        self.browser_port.unwrap_or(if self.http.port() == 0 { 0 } else { BROWSER_PORT })
    }
}

/// Never shown.
#[derive(Clone)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(not shown)")
    }
}

/// A mistake in what the program was told.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{origin}: {key} = {value:?} is not {expected}. Example: {example}")]
    Value { origin: Source, key: String, value: String, expected: &'static str, example: &'static str },
    #[error("{origin}: there is no key {key}{} All keys: siaga config", nearest.as_ref().map(|near| format!("; did you mean {near}?")).unwrap_or(".".to_owned()))]
    Unknown { origin: Source, key: String, nearest: Option<String> },
    #[error("{0}: {1}")]
    File(String, String),
    #[error(
        "https.certificate and https.key belong together: set both, or none to use the city's own (siaga cert init)"
    )]
    HalfCertificate,
    #[error(
        "sip.tls_certificate and sip.tls_key belong together: set both, or none to use the city's own (siaga cert init)"
    )]
    HalfSipCertificate,
    #[error("sip.trunk_user and sip.trunk_password belong together: set both, or none when the trunk asks for nothing")]
    HalfCredentials,
    #[error("smtp.server and smtp.from belong together: set both, or none when no report leaves by e-mail")]
    HalfMail,
    #[error("smtp.user and smtp.password belong together: set both, or none when the mail server asks for nothing")]
    HalfMailCredentials,
}
