//! Real sockets, real ICE, DTLS and SRTP in one process: a telephone, the media thread, a headless console. No test passes
//! on signalling alone: what counts is which tone arrives where.

mod phone;
mod supervision;

use super::*;
use crate::{
    client::{Client, Sound},
    record, tone,
};
use phone::{DTMF_PT, Phone, packet};
use std::time::Instant;

const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const SECOND: usize = 8_000;
/// Ten times what a busy machine needs.
const WITHIN: Duration = Duration::from_secs(30);

struct House {
    media: MediaHandle,
    events: mpsc::Receiver<Event>,
    folder: PathBuf,
}

impl House {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("siaga-media-{}", uuid::Uuid::now_v7()));
        let (sender, events) = mpsc::channel(4_096);
        // A range of its own per test process: nextest runs many at once.
        let first = 20_000 + (std::process::id() % 400) as u16 * 100;
        let config = MediaConfig {
            trunk_peers: [].into(),
            rtp_ip: LOCAL,
            rtp_ports: first..=first + 99,
            browser_ips: vec![LOCAL],
            browser_port: 0,
            recordings_dir: folder.clone(),
            prompts_dir: folder.join("prompts"),
            recording_key: [3; 32],
        };
        Self { media: MediaHandle::start(config, sender).expect("started"), events, folder }
    }

    /// A connected console that says a tone.
    async fn console(&self, hz: f64) -> (StationId, Client) {
        let station = StationId(uuid::Uuid::now_v7());
        let (offering, offer) = Client::offer(LOCAL).await.expect("offer");
        let answer = self.media.station_offer(station, offer).await.expect("answer");
        assert_eq!(answer.matches("a=sendonly").count(), 2, "the extra ears: {answer}");
        assert!(answer.contains("a=ice-lite") && answer.contains("a=sendrecv"), "{answer}");
        let client = offering.accept(&answer).expect("accepted");
        client.connected().await.expect("connected");
        client.play(Sound::Tone { hz, dbfs: -20.0 });
        (station, client)
    }

    /// An answered call of a telephone that says a tone, bridged with a console.
    async fn call(&self, codec: Codec, hz: f64, station: StationId) -> (CallId, Phone, SocketAddr) {
        let (call, mut phone) = (CallId(uuid::Uuid::now_v7()), Phone::new().await);
        let port = self.media.leg_open(call).await.expect("opened").rtp_port;
        assert_eq!(self.media.leg_open(call).await.expect("again").rtp_port, port);
        let leg = SocketAddr::new(LOCAL, port);
        self.media.leg_describe(call, remote(phone.address, codec));
        self.media.apply(&Command::Answer { call, station });
        self.media.leg_answered(call);
        phone.speak(leg, codec, hz);
        (call, phone, leg)
    }

    async fn event<T>(&mut self, pick: impl Fn(&Event) -> Option<T>) -> T {
        let wait = async {
            loop {
                let event = self.events.recv().await.expect("the thread lives");
                if let Some(found) = pick(&event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(WITHIN, wait).await.expect("the event came")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn remote(addr: SocketAddr, codec: Codec) -> RemoteMedia {
    RemoteMedia {
        addr,
        peer: addr.ip(),
        codec,
        payload_type: if codec == Codec::Pcma { 8 } else { 0 },
        dtmf_payload_type: Some(DTMF_PT),
        ptime_ms: 20,
        direction: Direction::SendRecv,
    }
}

/// Share of the energy at a frequency, block by block of 100 ms: on a busy machine a packet comes late and the phase
/// breaks once, which a measure over the whole second would take for another tone.
fn share(hz: f64, pcm: &[i16]) -> f64 {
    let blocks = pcm.chunks_exact(SECOND / 10).map(|block| tone::energy_at(hz, block));
    blocks.sum::<f64>() / (pcm.len() / (SECOND / 10)).max(1) as f64
}

#[track_caller]
fn assert_tone(pcm: &[i16], hz: f64, who: &str) {
    let (share, level) = (share(hz, pcm), tone::rms_dbfs(pcm));
    assert!(share > 0.8, "{who}: {share} of the energy at {hz} Hz, strongest {} Hz", tone::strongest_hz(pcm));
    assert!((level + 20.0).abs() < 1.5, "{who}: {level} dBFS");
}

/// Listens until half a second is the tone: the first packets after a change may be of the time before.
async fn until_tone(phone: &Phone, hz: f64) {
    for _ in 0..40 {
        if share(hz, &phone.listen(SECOND / 2).await) > 0.9 {
            return;
        }
    }
    panic!("{hz} Hz never came");
}

async fn console_hears(client: &Client, hz: f64, who: &str) {
    let _ = client.take_heard();
    for _ in 0..40 {
        let pcm = client.listen(SECOND / 2, WITHIN).await.expect("packets");
        if share(hz, &pcm) > 0.9 {
            return assert_tone(&pcm, hz, who);
        }
    }
    panic!("{who}: {hz} Hz never came");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_side_hears_the_other_in_both_laws() {
    let mut house = House::new();
    let (station, console) = house.console(880.0).await;
    house.event(|event| matches!(event, Event::StationUp { station: of, .. } if *of == station).then_some(())).await;
    for codec in [Codec::Pcma, Codec::Pcmu] {
        let (call, phone, _) = house.call(codec, 440.0, station).await;
        until_tone(&phone, 880.0).await;
        assert_tone(&phone.listen(SECOND).await, 880.0, "caller");
        console_hears(&console, 440.0, "console").await;
        let level = house
            .event(|event| match event {
                Event::Heard { call: of, level_dbfs, .. } if *of == call => Some(*level_dbfs),
                _ => None,
            })
            .await;
        assert!((level + 20.0).abs() < 2.0, "{level}");
        let status = house.media.leg_status(call).await.expect("open");
        assert!(status.rtp_age.is_some_and(|age| age < Duration::from_secs(1)) && status.packets_out > 50);
        // One stream for the caller: one SSRC, no hole, no step back.
        let headers = std::mem::take(&mut phone.ear.lock().expect("ear").headers);
        for pair in headers.windows(2) {
            assert_eq!(pair[1].0, pair[0].0.wrapping_add(1));
            assert!(pair[1].1.wrapping_sub(pair[0].1) < 8_000 && pair[1].2 == pair[0].2, "{pair:?}");
        }
        house.media.leg_close(call);
        assert_eq!(house.media.leg_status(call).await, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hold_and_mute_let_nothing_through_and_the_stream_goes_on() {
    let house = House::new();
    let (station, console) = house.console(880.0).await;
    let (call, phone, _) = house.call(Codec::Pcma, 440.0, station).await;
    until_tone(&phone, 880.0).await;

    house.media.apply(&Command::Mute { call, on: true });
    let _ = house.media.leg_status(call).await;
    phone.listen(SECOND / 4).await;
    assert!(tone::rms_dbfs(&phone.listen(SECOND / 2).await) < -70.0, "muted: silence, but packets");
    console_hears(&console, 440.0, "muted console still hears").await;

    house.media.apply(&Command::Mute { call, on: false });
    until_tone(&phone, 880.0).await;

    house.media.apply(&Command::Hold { call, on: true });
    let _ = house.media.leg_status(call).await;
    phone.listen(SECOND / 4).await;
    let _ = console.take_heard();
    let prompt = phone.listen(SECOND * 2).await;
    assert!(tone::rms_dbfs(&prompt) > -35.0, "the prompt is heard: {}", tone::rms_dbfs(&prompt));
    assert!(tone::energy_at(880.0, &prompt) < 0.05, "and nothing of the console");
    assert!(console.take_heard().len() < SECOND / 5, "the console hears nothing on hold");

    house.media.apply(&Command::Hold { call, on: false });
    until_tone(&phone, 880.0).await;
    console_hears(&console, 440.0, "back").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reload_keeps_the_call_and_a_dead_console_means_please_wait() {
    let mut house = House::new();
    let (first, console) = house.console(880.0).await;
    let (call, phone, _) = house.call(Codec::Pcma, 440.0, first).await;
    until_tone(&phone, 880.0).await;

    // The page is frozen: no packet for a second, and the engine is told.
    console.play(Sound::Nothing);
    house.event(|event| matches!(event, Event::StationDown { station, .. } if *station == first).then_some(())).await;
    assert!(tone::rms_dbfs(&phone.listen(SECOND * 2).await) > -35.0, "the caller hears the prompt");
    console.play(Sound::Tone { hz: 880.0, dbfs: -20.0 });
    house.event(|event| matches!(event, Event::StationUp { station, .. } if *station == first).then_some(())).await;
    until_tone(&phone, 880.0).await;

    let (second, reloaded) = house.console(1_000.0).await;
    phone.ear.lock().expect("ear").headers.clear();
    let began = Instant::now();
    house.media.apply(&Command::Attach { call, station: second });
    until_tone(&phone, 1_000.0).await;
    assert!(began.elapsed() < Duration::from_secs(3), "half a second of it within three: {:?}", began.elapsed());
    console_hears(&reloaded, 440.0, "new console").await;
    let _ = console.take_heard();
    assert_tone(&phone.listen(SECOND).await, 1_000.0, "only the new console is heard");
    assert!(console.take_heard().is_empty(), "the old one hears nothing more");

    house.media.apply(&Command::Detach { call });
    let _ = house.media.leg_status(call).await;
    phone.listen(SECOND / 4).await;
    let waiting = phone.listen(SECOND * 2).await;
    assert!(tone::rms_dbfs(&waiting) > -35.0 && tone::energy_at(1_000.0, &waiting) < 0.05);

    house.media.apply(&Command::CloseStation { station: second });
    let answer = Client::offer(LOCAL).await.expect("offer");
    assert!(house.media.station_offer(second, answer.1).await.is_ok(), "the name is free again");
    assert!(matches!(house.media.station_offer(second, "rubbish".into()).await, Err(StationError::Offer(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_go_both_ways_and_a_stray_source_is_not_heard() {
    let mut house = House::new();
    let (station, console) = house.console(880.0).await;
    let (call, phone, leg) = house.call(Codec::Pcma, 440.0, station).await;
    until_tone(&phone, 880.0).await;

    house.media.apply(&Command::Keypad { call, digits: "11#".into() });
    let digits = |phone: &Phone| -> String {
        let mut keys = dtmf::Keys::default();
        let ear = phone.ear.lock().expect("ear");
        ear.keys.iter().filter_map(|(timestamp, payload)| keys.hear(1, *timestamp, payload)).collect()
    };
    for _ in 0..100 {
        if digits(&phone) == "11#" {
            break;
        }
        phone.listen(SECOND / 10).await;
    }
    assert_eq!(digits(&phone), "11#");

    // The caller presses 5 twice; each press is repeated in many packets.
    for (n, timestamp) in [(0u16, 5_000u32), (1, 5_000), (2, 5_000), (3, 9_000), (4, 9_000)] {
        phone.send(leg, &packet(DTMF_PT, 900 + n, timestamp, 77, &[5, 10, 0, 160])).await;
    }
    // And a stranger floods the port with another tone and another key.
    let mut stray = Phone::new().await;
    stray.speak(leg, Codec::Pcma, 2_000.0);
    stray.send(leg, &packet(DTMF_PT, 1, 1, 88, &[9, 10, 0, 160])).await;
    let _ = console.take_heard();
    let heard = console.listen(SECOND * 2, WITHIN).await.expect("packets");
    assert!(tone::energy_at(2_000.0, &heard) < 0.001 && share(440.0, &heard) > 0.5);
    assert!(stray.ear.lock().expect("ear").headers.is_empty(), "nothing is sent to the stranger");
    phone.send(leg, &packet(DTMF_PT, 905, 20_000, 77, &[11, 10, 0, 160])).await;
    let mut keys = String::new();
    while !keys.ends_with('#') {
        keys.push(house.event(|event| if let Event::Key { digit, .. } = event { Some(*digit) } else { None }).await);
    }
    assert_eq!(keys, "55#");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_recording_holds_both_voices_and_the_last_minute_is_at_hand() {
    let mut house = House::new();
    let (station, _console) = house.console(880.0).await;
    let (call, phone, _) = house.call(Codec::Pcmu, 440.0, station).await;
    until_tone(&phone, 880.0).await;
    phone.listen(SECOND * 2).await;

    let wav = house.media.recall(call).await.expect("a running call");
    let mut reader = hound::WavReader::new(&wav[..]).expect("wav");
    let samples: Vec<i16> = reader.samples().map(|sample| sample.expect("sample")).collect();
    let channel = |n: usize| -> Vec<i16> { samples.iter().skip(n).step_by(2).copied().collect() };
    let recent = |pcm: Vec<i16>| pcm[pcm.len() - SECOND..pcm.len() - SECOND / 4].to_vec();
    assert!(share(440.0, &recent(channel(0))) > 0.8, "left is the caller");
    assert!(share(880.0, &recent(channel(1))) > 0.8, "right is what the caller hears");

    house.media.apply(&Command::Hold { call, on: true });
    phone.listen(SECOND * 2).await;
    house.media.leg_close(call);
    let (file, hash, segments) = house
        .event(|event| match event {
            Event::RecordingClosed { file, hash, segments, .. } => Some((file.clone(), *hash, *segments)),
            _ => None,
        })
        .await;
    let path = house.folder.join(file);
    let recording = record::read(&path, &[3; 32]).expect("read");
    assert!(recording.intact && recording.segments == segments && segments >= 4);
    let verified = record::verify(&path, &[3; 32]).expect("verified");
    assert_eq!((verified.hash, verified.first_broken), (hash, None));
    let tail = recording.desk.len() - SECOND..recording.desk.len();
    assert!(tone::energy_at(880.0, &recording.desk[tail.clone()]) < 0.1, "the hold prompt is on the record");
    assert!(tone::rms_dbfs(&recording.desk[recording.desk.len() - 2 * SECOND..]) > -40.0);
    assert!(share(440.0, &recording.caller[tail]) > 0.5, "and the caller through it");
    assert_eq!(house.media.recall(call).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dialling_gives_ring_back_until_the_far_end_is_heard() {
    let house = House::new();
    let (station, console) = house.console(880.0).await;
    let (call, mut phone) = (CallId(uuid::Uuid::now_v7()), Phone::new().await);
    let leg = SocketAddr::new(LOCAL, house.media.leg_open(call).await.expect("opened").rtp_port);
    house.media.apply(&Command::Dial { call, number: "0".into(), station });
    let ring = console.listen(SECOND / 2, WITHIN).await.expect("ring-back");
    assert!(share(425.0, &ring) > 0.9, "strongest {}", tone::strongest_hz(&ring));
    house.media.leg_describe(call, remote(phone.address, Codec::Pcma));
    house.media.leg_answered(call);
    phone.speak(leg, Codec::Pcma, 700.0);
    until_tone(&phone, 880.0).await;
    console_hears(&console, 700.0, "console").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn garbage_and_a_panic_hurt_nobody_else() {
    let house = House::new();
    let (station, console) = house.console(880.0).await;
    let (_call, phone, leg) = house.call(Codec::Pcma, 440.0, station).await;
    let (bad_station, _bad_console) = house.console(1_500.0).await;
    let (bad_call, _bad_phone, _) = house.call(Codec::Pcma, 600.0, bad_station).await;
    until_tone(&phone, 880.0).await;

    let browsers = SocketAddr::new(LOCAL, house.media.browser_port());
    let stranger = Phone::new().await;
    let mut dice = <rand::rngs::StdRng as rand::SeedableRng>::seed_from_u64(112);
    for n in 0..3_000u32 {
        use rand::Rng;
        let mut datagram: Vec<u8> = (0..dice.random_range(0..400usize)).map(|_| dice.random()).collect();
        // Looks like STUN, DTLS and RTP in turn.
        for (at, byte) in [[0, 1], [22, 254], [0x80, 8]][n as usize % 3].into_iter().enumerate() {
            if let Some(cell) = datagram.get_mut(at) {
                *cell = byte;
            }
        }
        if n % 3 == 0 && datagram.len() > 8 {
            datagram[4..8].copy_from_slice(&[0x21, 0x12, 0xa4, 0x42]);
        }
        stranger.send(browsers, &datagram).await;
        // From the caller's own, trusted address too.
        phone.send(leg, &datagram).await;
        if n % 100 == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    house.media.line.put(Request::Poison { call: bad_call, station: bad_station });
    until_tone(&phone, 880.0).await;
    console_hears(&console, 440.0, "console").await;
    assert!(house.media.leg_status(bad_call).await.is_some(), "the thread lives");
}

/// Clock ticks (10 ms of CPU each) that the media thread has used so far. One test is one process here.
fn media_cpu_ticks() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("tasks").flatten();
    let stat = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("stat")).ok());
    // Fields after the name in brackets: user and system time are the 12th and 13th.
    let media: Vec<String> = stat.filter(|stat| stat.contains("(media)")).collect();
    assert_eq!(media.len(), 1, "the thread is found by its name");
    let fields = media[0].rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_house_sleeps() {
    let house = House::new();
    let (_station, console) = house.console(880.0).await;
    console.play(Sound::Nothing);
    // Over an interval, not until an event: what is proven is that nothing happens.
    let before = media_cpu_ticks();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let used = media_cpu_ticks() - before;
    assert!(used < 15, "{used} ticks of 300");
    assert!(console.is_up());
}
