//! Recordings when the program ends: killed, it loses less than a second of sound; asked to stop, it loses nothing.

mod telephone;

use siaga_voice::{Command, Event, Prompt, record};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::Duration,
};
use telephone::{
    House, SOON, Telephone,
    handset::{Handset, share},
};

const KEY: [u8; 32] = [7; 32];
/// Names the folder for the house in a process of its own.
const FOLDER: &str = "SIAGA_TEST_FOLDER";
const ADDRESS: &str = "the house listens on ";
/// What a kill may take, in packets of 20 ms.
const LOST_MAX: u64 = 50;

/// A process that only the test kills, and that never outlives it.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the house in a process of its own; the test below starts and kills it"]
async fn house() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut house = House::with(|config| config.recordings_dir = PathBuf::from(folder)).await;
    println!("{ADDRESS}{}", house.sip());
    while let Some(event) = house.events.recv().await {
        if let Event::CallArrived { call, .. } = event {
            house.voice.send(Command::Say { call, prompt: Prompt::Greeting });
        }
    }
}

fn recording(folder: &Path) -> PathBuf {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    assert_eq!(paths.len(), 1, "one recording: {paths:?}");
    let path = paths.remove(0);
    if path.is_dir() { recording(&path) } else { path }
}

/// A caller whom the machine answers at `house`; it says 440 Hz.
async fn speaking(house: std::net::SocketAddr) -> (Telephone, Handset) {
    let (mut caller, mut handset) = (Telephone::new(house, "0812").await, Handset::new().await);
    caller.rtp = handset.address;
    caller.invite().await;
    let ok = caller.response(200, "INVITE").await;
    handset.speak(ok.body(), 440.0, -20.0);
    caller.acknowledge("").await;
    (caller, handset)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_loses_less_than_a_second() {
    // At several places of a segment.
    for packets in [110, 118, 127] {
        let folder = std::env::temp_dir().join(format!("siaga-kill-{}", uuid::Uuid::now_v7()));
        let child = std::process::Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "house", "--ignored", "--nocapture"])
            .env(FOLDER, &folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut child = Killed(child);
        let mut lines = BufReader::new(child.0.stdout.take().expect("a pipe")).lines();
        let address = lines
            .find_map(|line| line.expect("text").split_once(ADDRESS).map(|(_, address)| address.to_owned()))
            .expect("it says where it listens");
        let (_caller, handset) = speaking(address.parse().expect("an address")).await;
        tokio::time::timeout(SOON, async {
            while handset.sent() < packets {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        })
        .await
        .expect("it speaks");
        let sent = handset.sent();
        child.0.kill().expect("SIGKILL");
        child.0.wait().expect("dead");
        let kept = record::read(&recording(&folder), &KEY).expect("read");
        assert!(kept.intact && share(440.0, &kept.caller[800..]) > 0.8, "what is kept is whole");
        let first = kept.caller.iter().position(|sample| sample.unsigned_abs() > 500).expect("the tone");
        let on_disk = ((kept.caller.len() - first) / 160) as u64;
        println!("killed after {sent} packets: {} of 20 ms lost", sent.saturating_sub(on_disk));
        assert!(sent.saturating_sub(on_disk) <= LOST_MAX, "{on_disk} of {sent} packets are on disk");
        std::fs::remove_dir_all(&folder).ok();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_orderly_stop_waits_for_the_recorder() {
    let mut house = House::open().await;
    let address = house.sip();
    let speaking = tokio::spawn(speaking(address));
    let (call, _) = house.arrived().await;
    house.voice.send(Command::Say { call, prompt: Prompt::Greeting });
    let (_caller, handset) = speaking.await.expect("answered");
    house.answered().await;
    handset.listen(12_000).await;
    let before = handset.sent();
    house.voice.drain(Duration::ZERO).await;
    // No waiting here: when the drain is over, all is on disk and told.
    let closed = house.waiting().into_iter().find_map(|event| match event {
        Event::RecordingClosed { file, hash, segments, .. } => Some((file, hash, segments)),
        _ => None,
    });
    let (file, hash, segments) = closed.expect("the recording is closed");
    let path = house.folder.join(file);
    let verified = record::verify(&path, &KEY).expect("verified");
    assert_eq!(
        (verified.hash, verified.segments, verified.first_broken, verified.torn_tail),
        (hash, segments, None, false)
    );
    let kept = record::read(&path, &KEY).expect("read");
    assert!(kept.caller.len() as u64 / 160 + 5 >= before, "{} samples of {before} packets", kept.caller.len());
}
