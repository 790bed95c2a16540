//! The telephone side: what the configuration says, as the voice crate wants it.

use crate::{
    certificates::Place, commands::CommandError, config::Config, data_folder::DataFolder, local_addresses,
    recording_key,
};
use siaga_store::Store;
use siaga_voice::{Event, Voice, VoiceConfig, VoiceError, config::SipTimers, media::MediaError};
use siaga_web::web::Recordings;
use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
};
use tokio::sync::mpsc;

/// A city's own prompts inside the data folder.
const PROMPTS: &str = "prompts";

/// Where recordings are and what opens them; the key is made at the first start.
pub async fn recordings(folder: &DataFolder, store: &Store) -> Result<Recordings, CommandError> {
    let taken = recording_key::take(folder.path(), store).await;
    let key = taken.map_err(|error| CommandError::Told(error.to_string()))?;
    Ok(Recordings { folder: folder.join(recording_key::RECORDINGS), key })
}

/// The authorities that this system believes, where Debian keeps them.
const SYSTEM_ROOTS: &str = "/etc/ssl/certs/ca-certificates.crt";

/// Who may call. Drills ring from this machine: it is let in beside the telco, with no right to the mark of a drill but
/// by a token that was ordered.
fn peers(config: &Config) -> Vec<IpAddr> {
    let mut peers = config.trunk_peers.clone();
    if !peers.is_empty() {
        peers.push(if config.sip.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { config.sip.ip() });
    }
    peers
}

/// Takes the telephone's ports.
pub async fn start(
    config: &Config,
    data: &Path,
    recordings: &Recordings,
) -> Result<(Voice, mpsc::Receiver<Event>), CommandError> {
    let browser_ips = if config.browser_ips.is_empty() { local_addresses::all() } else { config.browser_ips.clone() };
    let voice = VoiceConfig {
        sip: config.sip,
        public_ip: config.public_ip,
        sip_tls: config.sip_tls(data),
        trunk: config.trunk(),
        trunk_roots: [Place::new(data).root(), SYSTEM_ROOTS.into()]
            .into_iter()
            .chain(config.trunk_roots.clone())
            .collect(),
        trunk_peers: peers(config),
        rtp_ports: config.rtp_ports.clone(),
        browser_ips,
        browser_port: config.browser_port(),
        recordings_dir: recordings.folder.clone(),
        prompts_dir: data.join(PROMPTS),
        recording_key: recordings.key,
        open_calls_max: config.open_calls_max,
        timers: SipTimers::default(),
    };
    Voice::start(voice).await.map_err(|error| {
        let hint = match error {
            VoiceError::Media(MediaError::Prompt(_)) => "",
            VoiceError::Media(_) => ". Set media.browser_port or media.rtp_ports to what is free, or stop what uses it",
            VoiceError::Sip(_) => {
                ". Set sip.addr to what is free, or stop what uses it; siaga doctor shows what is taken"
            }
        };
        CommandError::Told(format!("the telephone cannot start: {error}{hint}"))
    })
}
