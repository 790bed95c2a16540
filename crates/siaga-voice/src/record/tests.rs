//! A recording from the tape over the disk to the ear, whole and damaged.

use super::{
    format::{HEADER_BYTES, Header, Sealer},
    write::{Job, Writer},
    *,
};
use crate::{Event, media::Codec, tone};
use siaga_core::{ids::CallId, time::Timestamp};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};
use tokio::sync::mpsc::Receiver;

const KEY: [u8; 32] = [7; 32];
const SEGMENT_BYTES: usize = 8_056;
/// 2026-11-24 12:00 UTC.
const STARTED: Timestamp = Timestamp(1_795_521_600_000_000);

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("siaga-rec-{}", uuid::Uuid::now_v7())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn next(events: &mut Receiver<Event>) -> Event {
    tokio::time::timeout(Duration::from_secs(30), events.recv()).await.expect("in time").expect("open")
}

/// Seconds of 440 Hz from the caller and 880 Hz from the desk.
fn tape(seconds: u64) -> Vec<std::sync::Arc<Segment>> {
    let start = Instant::now();
    let mut tape = Tape::new(Codec::Pcma, start);
    let mut done = Vec::new();
    for frame in 0..seconds * 50 {
        let now = start + Duration::from_millis(frame * 20);
        for (channel, hz) in [(Channel::Caller, 440.0), (Channel::Desk, 880.0)] {
            let pcm = tone::generate(hz, -20.0, frame * 160, 160);
            tape.put(channel, Codec::Pcma, frame as u32 * 160, &Codec::Pcma.encode_all(&pcm), now);
        }
        done.extend(tape.due(now));
    }
    done.extend(tape.finish(start + Duration::from_secs(seconds)));
    done
}

/// Writes a recording of some seconds and returns its path and the hash that was reported.
async fn recorded(folder: &Folder, seconds: u64) -> (PathBuf, [u8; 32]) {
    let (sender, mut events) = tokio::sync::mpsc::channel(64);
    let writer = Writer::start(folder.0.clone(), KEY, sender).expect("started");
    let call = CallId(uuid::Uuid::now_v7());
    assert!(writer.put(Job::Open { call, codec: Codec::Pcma, started_at: STARTED }));
    for segment in tape(seconds) {
        assert!(writer.put(Job::Segment { call, segment }));
    }
    assert!(writer.put(Job::Close { call }));
    let mut last = None;
    for expected in 0..seconds as u32 * 2 {
        let Event::RecordingSegment { index, hash, .. } = next(&mut events).await else { panic!("a segment") };
        assert_eq!(index, expected);
        last = Some(hash);
    }
    match next(&mut events).await {
        Event::RecordingClosed { file, duration_ms, segments, hash, .. } => {
            assert_eq!(file, format!("2026/11/24/{call}.siarec"));
            assert_eq!((duration_ms, segments, Some(hash)), (seconds as u32 * 1_000, seconds as u32 * 2, last));
            (folder.0.join(file), hash)
        }
        other => panic!("not closed: {other:?}"),
    }
}

#[tokio::test]
async fn both_voices_are_on_disk_in_their_channels_and_not_in_the_clear() {
    let folder = Folder::new();
    let (path, hash) = recorded(&folder, 3).await;
    let recording = read(&path, &KEY).expect("read");
    assert!(recording.intact);
    assert_eq!((recording.segments, recording.started_at, recording.caller.len()), (6, STARTED, 24_000));
    assert!(tone::energy_at(440.0, &recording.caller) > 0.95 && tone::energy_at(880.0, &recording.caller) < 0.01);
    assert!(tone::energy_at(880.0, &recording.desk) > 0.95 && tone::energy_at(440.0, &recording.desk) < 0.01);
    assert_eq!(
        verify(&path, &KEY).expect("verified"),
        Verified { segments: 6, hash, first_broken: None, torn_tail: false }
    );
    let bytes = std::fs::read(&path).expect("bytes");
    let clear = Codec::Pcma.encode_all(&tone::generate(440.0, -20.0, 0, 160));
    assert!(!bytes.windows(clear.len()).any(|window| window == clear), "sealed");
    assert_eq!(verify(&path, &[8; 32]).expect("verified").first_broken, Some(0), "another key opens nothing");

    let sound = wav(&recording);
    let mut reader = hound::WavReader::new(&sound[..]).expect("wav");
    assert_eq!((reader.spec().channels, reader.spec().sample_rate, reader.duration()), (2, 8_000, 24_000));
    let left: Vec<i16> = reader.samples().step_by(2).map(|s| s.expect("sample")).collect();
    assert_eq!(left, recording.caller);
    let (caller, desk) = peaks(&recording);
    assert_eq!((caller.len(), desk.len()), (30, 30));
    assert!(caller.iter().all(|peak| (30..45).contains(peak)), "-17 dBFS peak: {caller:?}");
}

#[tokio::test]
async fn a_recall_joins_what_is_on_the_disk_with_what_is_not_yet() {
    let folder = Folder::new();
    let (sender, mut events) = tokio::sync::mpsc::channel(64);
    let writer = Writer::start(folder.0.clone(), KEY, sender).expect("started");
    let call = CallId(uuid::Uuid::now_v7());
    assert!(writer.put(Job::Open { call, codec: Codec::Pcma, started_at: STARTED }));
    let start = Instant::now();
    let mut tape = Tape::new(Codec::Pcma, start);
    let mut written = 0;
    for frame in 0..65 * 50 {
        let now = start + Duration::from_millis(frame * 20);
        let pcm = tone::generate(440.0, -20.0, frame * 160, 160);
        tape.put(Channel::Caller, Codec::Pcma, frame as u32 * 160, &Codec::Pcma.encode_all(&pcm), now);
        if let Some(segment) = tape.due(now) {
            assert!(writer.put(Job::Segment { call, segment }));
            assert!(matches!(next(&mut events).await, Event::RecordingSegment { .. }));
            written += 1;
        }
    }
    let path = folder.0.join(format::file_name(call, STARTED));
    let heard = tape.heard(start + Duration::from_secs(65)).lying(Lies { path, key: KEY });
    assert!(written >= 128 && heard.fresh.len() <= 3, "written {written}, fresh {}", heard.fresh.len());
    let sound = heard.wav();
    let mut reader = hound::WavReader::new(&sound[..]).expect("wav");
    let left: Vec<i16> = reader.samples().step_by(2).map(|s| s.expect("sample")).collect();
    assert!((60 * 8_000..62 * 8_000).contains(&left.len()), "{} samples", left.len());
    assert!(tone::energy_at(440.0, &left) > 0.95, "no hole between disk and memory");
}

/// Five minutes at once are more than one call may have waiting in memory.
#[tokio::test]
async fn what_stands_in_line_after_a_stall_is_written_whole() {
    let folder = Folder::new();
    recorded(&folder, 300).await;
}

#[tokio::test]
async fn a_torn_tail_plays_up_to_the_last_segment() {
    let folder = Folder::new();
    let (path, hash) = recorded(&folder, 3).await;
    let bytes = std::fs::read(&path).expect("bytes");
    for cut in [1, 100, SEGMENT_BYTES - 1] {
        std::fs::write(&path, &bytes[..bytes.len() - cut]).expect("cut");
        let recording = read(&path, &KEY).expect("read");
        assert_eq!((recording.segments, recording.caller.len(), recording.intact), (5, 20_000, true), "cut {cut}");
        let verified = verify(&path, &KEY).expect("verified");
        assert_eq!((verified.segments, verified.first_broken, verified.torn_tail), (5, None, true));
        assert_ne!(verified.hash, hash, "the reported hash shows that the end is missing");
    }
    std::fs::write(&path, &bytes[..20]).expect("cut");
    assert!(matches!(read(&path, &KEY), Err(RecordError::Format(_))));
}

#[tokio::test]
async fn one_changed_byte_is_named_and_spoils_one_segment_only() {
    let folder = Folder::new();
    let (path, _) = recorded(&folder, 4).await;
    let good = std::fs::read(&path).expect("bytes");
    // In the index, the sound, the seal and the hash of the second segment, and in the header.
    for (at, named) in [(0, 1), (500, 1), (6_000, 1), (8_020, 1), (SEGMENT_BYTES - 1, 1)] {
        let mut bytes = good.clone();
        bytes[HEADER_BYTES + SEGMENT_BYTES + at] ^= 1;
        std::fs::write(&path, &bytes).expect("written");
        let verified = verify(&path, &KEY).expect("verified");
        assert_eq!((verified.segments, verified.first_broken), (8, Some(named)), "byte {at}");
        let recording = read(&path, &KEY).expect("read");
        assert!(!recording.intact, "byte {at}");
        assert_eq!(recording.caller.len(), 32_000, "byte {at}");
        assert!(tone::energy_at(440.0, &recording.caller[8_000..]) > 0.95, "what follows is heard, byte {at}");
    }
    let mut bytes = good.clone();
    bytes[17] ^= 1;
    std::fs::write(&path, &bytes).expect("written");
    assert_eq!(verify(&path, &KEY).expect("verified").first_broken, Some(0), "another start time breaks every seal");
    // Two segments swapped: each is authentic, the chain is not.
    let mut bytes = good.clone();
    let (first, second) = (HEADER_BYTES + SEGMENT_BYTES, HEADER_BYTES + 2 * SEGMENT_BYTES);
    bytes[first..second].copy_from_slice(&good[second..second + SEGMENT_BYTES]);
    bytes[second..second + SEGMENT_BYTES].copy_from_slice(&good[first..second]);
    std::fs::write(&path, &bytes).expect("written");
    assert_eq!(verify(&path, &KEY).expect("verified").first_broken, Some(1));
}

#[tokio::test]
async fn a_disk_that_fails_is_reported_once_and_nothing_is_lost_when_it_comes_back() {
    let folder = Folder::new();
    // A file where the folder should be: nothing can be created below it.
    std::fs::write(&folder.0, b"in the way").expect("written");
    let (sender, mut events) = tokio::sync::mpsc::channel(64);
    let writer = Writer::start(folder.0.clone(), KEY, sender).expect("started");
    let call = CallId(uuid::Uuid::now_v7());
    assert!(writer.put(Job::Open { call, codec: Codec::Pcma, started_at: STARTED }));
    let mut segments = tape(3).into_iter();
    for _ in 0..5 {
        assert!(writer.put(Job::Segment { call, segment: segments.next().expect("one") }));
    }
    let (done, finished) = tokio::sync::oneshot::channel();
    assert!(matches!(next(&mut events).await, Event::RecordingFailed { call: of, .. } if of == call));
    std::fs::remove_file(&folder.0).expect("removed");
    assert!(writer.put(Job::Segment { call, segment: segments.next().expect("one") }));
    assert!(writer.put(Job::Close { call }));
    assert!(writer.put(Job::Finish { done }));
    for expected in 0..6 {
        let event = next(&mut events).await;
        assert!(matches!(event, Event::RecordingSegment { index, .. } if index == expected), "{event:?}");
    }
    let Event::RecordingClosed { file, duration_ms, .. } = next(&mut events).await else { panic!("closed") };
    assert_eq!(duration_ms, 3_000);
    let recording = read(&folder.0.join(file), &KEY).expect("read");
    assert!(recording.intact && tone::energy_at(440.0, &recording.caller) > 0.95);
    assert_eq!(finished.await, Ok(()), "and who waited for the end was told");
}

#[test]
fn recordings_of_version_1_are_read_as_before() {
    let folder = Folder::new();
    let call = CallId(uuid::Uuid::now_v7());
    let header = Header { segment_samples: 8_000, ..Header::new(call, Codec::Pcma, STARTED, [9; 8]) };
    let (sealer, mut chain, mut bytes) = (Sealer::new(&header, &KEY), header.hash(), header.to_bytes().to_vec());
    assert_eq!(bytes[8], 1);
    for index in 0..3u32 {
        let sound: Box<[u8]> =
            Codec::Pcma.encode_all(&tone::generate(440.0, -20.0, u64::from(index) * 8_000, 8_000)).into_boxed_slice();
        let segment = Segment { index, samples: 8_000, caller: sound.clone(), desk: sound };
        let (sealed, hash) = sealer.seal(&segment, &chain);
        bytes.extend(sealed);
        chain = hash;
    }
    std::fs::create_dir_all(&folder.0).expect("made");
    let path = folder.0.join("old.siarec");
    std::fs::write(&path, &bytes).expect("written");
    let recording = read(&path, &KEY).expect("read");
    assert!(recording.intact && recording.segments == 3 && recording.caller.len() == 24_000);
    assert!(tone::energy_at(440.0, &recording.caller) > 0.99);
    let verified = verify(&path, &KEY).expect("verified");
    assert_eq!((verified.segments, verified.hash, verified.first_broken), (3, chain, None));
}
