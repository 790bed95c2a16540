//! A voice side that rings and answers every call at once, for foreign clients (sipp, baresip) and load.
//!
//! `cargo run --example answer_all -- 127.0.0.1:5060 [open calls at most] [file with suspects, one number a line]`.
//! Prints what happened each second.

use siaga_core::ids::StationId;
use siaga_voice::{Command, Event, Suspects, Voice, VoiceConfig, config::SipTimers, sip::LOG_FILTER};
use std::{error::Error, net::Ipv4Addr, time::Duration};
use tokio::time::interval;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_env_filter(format!("info,{LOG_FILTER}")).init();
    let mut arguments = std::env::args().skip(1);
    let sip = arguments.next().unwrap_or_else(|| "127.0.0.1:5060".into()).parse()?;
    let open_calls_max = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
    let (voice, mut events) = Voice::start(VoiceConfig {
        sip,
        public_ip: None,
        trunk: None,
        sip_tls: None,
        trunk_peers: Vec::new(),
        trunk_roots: Vec::new(),
        rtp_ports: 30_000..=59_999,
        browser_ips: vec![Ipv4Addr::LOCALHOST.into()],
        browser_port: 0,
        recordings_dir: std::env::temp_dir().join("siaga-answer-all"),
        prompts_dir: std::env::temp_dir().join("siaga-answer-all-prompts"),
        recording_key: [0; 32],
        open_calls_max,
        timers: SipTimers::default(),
    })
    .await?;
    println!("{:?}", voice.bound());
    if let Some(file) = arguments.next() {
        let numbers = std::fs::read_to_string(file)?;
        voice.send(Command::Suspect { numbers: Suspects::new(numbers.lines()) });
    }
    let (mut arrived, mut answered, mut down, mut deferred, mut lost) = (0u64, 0u64, 0u64, 0u64, 0u64);
    let mut ticks = interval(Duration::from_secs(1));
    let mut shown = 0;
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                let sum = arrived + answered + down + deferred;
                if sum != shown {
                    shown = sum;
                    println!("arrived {arrived} answered {answered} down {down} deferred {deferred} lost {lost}");
                }
            }
            event = events.recv() => match event {
                Some(Event::CallArrived { call, .. }) => {
                    arrived += 1;
                    voice.send(Command::Ring { call });
                    // A seat for each: a seat that takes another call leaves the one before to the machine, which listens.
                    voice.send(Command::Answer { call, station: StationId(uuid::Uuid::now_v7()) });
                }
                Some(Event::Answered { .. }) => answered += 1,
                Some(Event::LineDown { reason, .. }) => {
                    down += 1;
                    lost += u64::from(reason == siaga_voice::EndReason::NetworkLost);
                }
                Some(Event::Deferred { .. }) => deferred += 1,
                Some(_) => {}
                None => return Ok(()),
            },
        }
    }
}
