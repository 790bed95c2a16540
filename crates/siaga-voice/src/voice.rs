//! The voice side as the rest of the program sees it: SIP and media as one thing.

use crate::{
    command::Command,
    config::{Bound, VoiceConfig},
    event::Event,
    media::{MediaConfig, MediaError, MediaHandle, StationError},
    sip::{Sip, SipError, guard::tally::Tally},
};
use siaga_core::ids::{CallId, StationId};
use std::{sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// Events waiting for the engine. At ten calls a second with keys and levels this is minutes; a full channel makes
/// the lines wait, not the network.
const EVENTS: usize = 16_384;
/// An orderly stop waits this long for the recorder's disk.
const RECORDED_WITHIN: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    #[error(transparent)]
    Sip(#[from] SipError),
    #[error(transparent)]
    Media(#[from] MediaError),
}

/// Clone it freely; when the last clone is dropped, the ports are closed.
#[derive(Clone)]
pub struct Voice {
    sip: Arc<Sip>,
    media: MediaHandle,
    bound: Bound,
}

impl Voice {
    /// Binds all ports and starts. To be called inside a tokio runtime.
    pub async fn start(config: VoiceConfig) -> Result<(Self, mpsc::Receiver<Event>), VoiceError> {
        let (events, received) = mpsc::channel(EVENTS);
        let media = MediaHandle::start(
            MediaConfig {
                rtp_ip: config.sip.ip(),
                rtp_ports: config.rtp_ports.clone(),
                trunk_peers: config.trunk_peers.clone().into(),
                browser_ips: config.browser_ips.clone(),
                browser_port: config.browser_port,
                recordings_dir: config.recordings_dir.clone(),
                prompts_dir: config.prompts_dir.clone(),
                recording_key: config.recording_key,
            },
            events.clone(),
        )?;
        let sip = Sip::start(config, media.clone(), events).await?;
        let bound = Bound {
            sip_udp: sip.udp(),
            sip_tcp: sip.tcp(),
            sip_tls: sip.tls(),
            browser_udp_port: media.browser_port(),
        };
        Ok((Self { sip: Arc::new(sip), media, bound }, received))
    }

    /// Never blocks; what becomes of it comes as an event.
    pub fn send(&self, command: Command) {
        self.sip.send(command);
    }

    #[must_use]
    pub fn bound(&self) -> Bound {
        self.bound
    }

    /// A browser's SDP offer; returns our answer.
    pub async fn station_offer(&self, station: StationId, sdp: String) -> Result<String, StationError> {
        self.media.station_offer(station, sdp).await
    }

    /// The last 60 s of a running call as WAV with two channels.
    pub async fn recall(&self, call: CallId) -> Option<Vec<u8>> {
        self.media.recall(call).await
    }

    /// What the SIP port settled by itself since the start: what is no call is counted too.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.sip.tally()
    }

    /// Waits for the open calls, at most `deadline`, then ends them, completes every recording and stops.
    pub async fn drain(&self, deadline: Duration) {
        self.sip.drain(deadline).await;
        self.media.finish(RECORDED_WITHIN).await;
    }
}
