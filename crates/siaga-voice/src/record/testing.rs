//! A true recording for the tests of other crates: tones through the tape and the writer onto the disk.

use super::{
    Channel, Tape,
    write::{Job, Writer},
};
use crate::{Event, media::Codec, tone};
use siaga_core::{call::live::Fact, ids::CallId, time::Timestamp};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Telephone frames in a second.
const FRAMES_PER_S: u64 = 50;
const FRAME_SAMPLES: u64 = 160;
/// Longest wait for the disk of a loaded machine.
const DISK_WAIT: Duration = Duration::from_secs(60);

/// Records `seconds` of 440 Hz from the caller and 880 Hz from the desk; gives the fact that the engine would write.
pub async fn record(folder: &Path, key: [u8; 32], call: CallId, started_at: Timestamp, seconds: u64) -> Fact {
    let (sender, mut events) = tokio::sync::mpsc::channel(1_024);
    let writer = Writer::start(folder.to_owned(), key, sender).expect("because a thread can be started");
    assert!(writer.put(Job::Open { call, codec: Codec::Pcma, started_at }));
    let start = Instant::now();
    let mut tape = Tape::new(Codec::Pcma, start);
    let mut segments = Vec::new();
    for frame in 0..seconds * FRAMES_PER_S {
        let now = start + Duration::from_millis(frame * 20);
        let at = frame * FRAME_SAMPLES;
        for (channel, hz) in [(Channel::Caller, 440.0), (Channel::Desk, 880.0)] {
            let pcm = tone::generate(hz, -20.0, at, FRAME_SAMPLES as usize);
            tape.put(channel, Codec::Pcma, at as u32, &Codec::Pcma.encode_all(&pcm), now);
        }
        segments.extend(tape.due(now));
    }
    segments.extend(tape.finish(start + Duration::from_secs(seconds)));
    for segment in segments {
        assert!(writer.put(Job::Segment { call, segment }));
    }
    assert!(writer.put(Job::Close { call }));
    loop {
        match tokio::time::timeout(DISK_WAIT, events.recv()).await {
            Ok(Some(Event::RecordingClosed { call, file, duration_ms, segments, hash, .. })) => {
                return Fact::Recorded { call, file, duration_ms, segments, hash };
            }
            Ok(Some(Event::RecordingSegment { .. })) => {}
            other => panic!("the recording was not written: {other:?}"),
        }
    }
}
