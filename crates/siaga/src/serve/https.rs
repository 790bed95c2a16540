//! The TLS side: the city's own certificate, or a bought one; read again when its file changes.

use crate::{certificates, commands::CommandError, config::Config};
use axum_server::tls_rustls::RustlsConfig;
use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How often the certificate's file is looked at: a renewed one is in force within a minute, without a restart.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// The city's root, to be installed on each PC; `None` where no authority was made.
pub fn root_certificate(data: &Path) -> Option<String> {
    std::fs::read_to_string(certificates::Place::new(data).root()).ok()
}

/// Reads certificate and key, and keeps reading them.
pub async fn load(config: &Config, data: &Path) -> Result<RustlsConfig, CommandError> {
    let place = certificates::Place::new(data);
    let (certificate, key) = match (&config.https_certificate, &config.https_key) {
        (Some(certificate), Some(key)) => (certificate.clone(), key.clone()),
        _ => (place.server(), place.server_key()),
    };
    let tls = RustlsConfig::from_pem_file(&certificate, &key).await.map_err(|error| {
        CommandError::Told(format!(
            "https.addr is set, but {} cannot be used: {error}. Make the city's own with siaga cert init --data {}",
            certificate.display(),
            data.display()
        ))
    })?;
    tokio::spawn(keep_fresh(tls.clone(), certificate, key));
    Ok(tls)
}

async fn keep_fresh(tls: RustlsConfig, certificate: PathBuf, key: PathBuf) {
    let mut seen = changed_at(&certificate);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = changed_at(&certificate);
        if now == seen {
            continue;
        }
        match tls.reload_from_pem_file(&certificate, &key).await {
            Ok(()) => tracing::info!("the new certificate is in force"),
            Err(error) => tracing::warn!(%error, "the new certificate cannot be used; the old one stays"),
        }
        seen = now;
    }
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
