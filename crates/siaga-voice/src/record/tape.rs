//! The sound of one running call in memory, on the media thread: both channels placed by RTP timestamp, cut into
//! segments. It keeps what nobody has written yet; it never touches a file.

use super::{
    SEGMENT_MS, SEGMENT_SAMPLES,
    recall::{Heard, RECALL_SEGMENTS},
};
use crate::media::Codec;
use std::{
    collections::VecDeque,
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

/// A segment is closed this long after its end: packets that come later than this are lost to the recording.
const LATE_MAX: Duration = Duration::from_millis(200);
/// A stream may run ahead of the wall clock by this many samples (0.4 s) before it is placed anew.
const AHEAD_MAX: i64 = 3_200;
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    Caller,
    Desk,
}

/// A piece of both channels, in the recording's codec.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    pub index: u32,
    /// Samples that count; fewer only in the last one.
    pub samples: u16,
    pub caller: Box<[u8]>,
    pub desk: Box<[u8]>,
}

impl Segment {
    /// Half a second of silence.
    pub(super) fn blank(index: u32, codec: Codec) -> Self {
        let silence = vec![codec.silence(); SEGMENT_SAMPLES].into_boxed_slice();
        Self { index, samples: SEGMENT_SAMPLES as u16, caller: silence.clone(), desk: silence }
    }
}

/// Where a timestamp of a stream lies on the tape.
#[derive(Clone, Copy)]
struct Anchor {
    timestamp: u32,
    position: i64,
}

pub struct Tape {
    pub codec: Codec,
    started: Instant,
    anchors: [Option<Anchor>; 2],
    open: VecDeque<Segment>,
    next_index: u32,
    /// The last minute, as far as the writer still has it in memory; the rest is in its file.
    memory: VecDeque<Weak<Segment>>,
}

impl Tape {
    pub fn new(codec: Codec, started: Instant) -> Self {
        Self { codec, started, anchors: [None; 2], open: VecDeque::new(), next_index: 0, memory: VecDeque::new() }
    }

    fn wall(&self, now: Instant) -> i64 {
        now.saturating_duration_since(self.started).as_micros() as i64 * 8 / 1_000
    }

    /// First sample that may still be written.
    fn first_open(&self) -> i64 {
        i64::from(self.next_index) * SEGMENT_SAMPLES as i64
    }

    /// Places a payload of `codec`. Timestamps of a channel must run on over changes of its source, as a mapper makes them.
    pub fn put(&mut self, channel: Channel, codec: Codec, timestamp: u32, payload: &[u8], now: Instant) {
        let wall = self.wall(now);
        let slot = channel as usize;
        let by_time = self.anchors[slot]
            .map(|anchor| anchor.position + i64::from(timestamp.wrapping_sub(anchor.timestamp).cast_signed()));
        let position = by_time
            .filter(|position| *position >= self.first_open() && *position <= wall + AHEAD_MAX)
            .unwrap_or_else(|| wall.max(self.first_open()));
        self.anchors[slot] = Some(Anchor { timestamp, position });
        let mut at = usize::try_from(position - self.first_open()).unwrap_or(0);
        let own = self.codec;
        let mut rest = payload;
        while !rest.is_empty() {
            let (sound, later) = rest.split_at(rest.len().min(SEGMENT_SAMPLES - at % SEGMENT_SAMPLES));
            let Some(cells) = self.cells(channel, at, sound.len()) else { return };
            if codec == own {
                cells.copy_from_slice(sound);
            } else {
                cells.iter_mut().zip(sound).for_each(|(cell, byte)| *cell = codec.convert(*byte, own));
            }
            (at, rest) = (at + sound.len(), later);
        }
    }

    /// A stretch of one segment, `at` samples behind the first open one.
    fn cells(&mut self, channel: Channel, at: usize, length: usize) -> Option<&mut [u8]> {
        let (segment, sample) = (at / SEGMENT_SAMPLES, at % SEGMENT_SAMPLES);
        while self.open.len() <= segment {
            let index = self.next_index + self.open.len() as u32;
            self.open.push_back(Segment::blank(index, self.codec));
        }
        let segment = self.open.get_mut(segment)?;
        match channel {
            Channel::Caller => segment.caller.get_mut(sample..sample + length),
            Channel::Desk => segment.desk.get_mut(sample..sample + length),
        }
    }

    /// The next segment that is over, if one is.
    pub fn due(&mut self, now: Instant) -> Option<Arc<Segment>> {
        let end = self.started + Duration::from_millis((u64::from(self.next_index) + 1) * SEGMENT_MS);
        (now >= end + LATE_MAX).then(|| self.close(SEGMENT_SAMPLES))
    }

    /// The call is over: what is left, up to now.
    pub fn finish(&mut self, now: Instant) -> Vec<Arc<Segment>> {
        let mut rest: Vec<_> = std::iter::from_fn(|| self.due(now)).collect();
        loop {
            let left = self.wall(now) - self.first_open();
            match usize::try_from(left) {
                Ok(0) | Err(_) => return rest,
                Ok(left) => rest.push(self.close(left.min(SEGMENT_SAMPLES))),
            }
        }
    }

    fn close(&mut self, samples: usize) -> Arc<Segment> {
        let mut segment = self.open.pop_front().unwrap_or_else(|| Segment::blank(self.next_index, self.codec));
        segment.samples = samples as u16;
        self.next_index += 1;
        let segment = Arc::new(segment);
        if self.memory.len() == RECALL_SEGMENTS as usize {
            self.memory.pop_front();
        }
        self.memory.push_back(Arc::downgrade(&segment));
        segment
    }

    /// The last minute, the running segment included.
    pub fn heard(&self, now: Instant) -> Heard {
        let mut fresh: Vec<_> = self.memory.iter().filter_map(Weak::upgrade).collect();
        let mut left = usize::try_from(self.wall(now) - self.first_open()).unwrap_or(0);
        for segment in &self.open {
            let samples = left.min(SEGMENT_SAMPLES);
            left -= samples;
            fresh.push(Arc::new(Segment { samples: samples as u16, ..segment.clone() }));
        }
        let until = self.next_index + self.open.len() as u32;
        Heard { codec: self.codec, fresh, from: self.next_index.saturating_sub(RECALL_SEGMENTS), until, lies: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: u8 = 0xd5;

    fn ms(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    #[test]
    fn sound_lies_where_its_timestamp_says_and_gaps_are_silence() {
        let start = Instant::now();
        let mut tape = Tape::new(Codec::Pcma, start);
        tape.put(Channel::Caller, Codec::Pcma, 1_000, &[1; 160], ms(start, 100));
        // The packet between is lost, this one comes 30 ms late.
        tape.put(Channel::Caller, Codec::Pcma, 1_320, &[3; 160], ms(start, 170));
        tape.put(Channel::Desk, Codec::Pcma, 77, &[9; 160], ms(start, 490));
        assert!(tape.due(ms(start, 690)).is_none(), "late packets are waited for");
        let first = tape.due(ms(start, 700)).expect("over");
        assert_eq!((first.index, first.samples), (0, 4_000));
        assert_eq!(first.caller[799..961], [&[QUIET][..], &[1; 160], &[QUIET]].concat());
        assert_eq!(first.caller[1_119..1_281], [&[QUIET][..], &[3; 160], &[QUIET]].concat());
        assert_eq!(first.desk[3_919..], [&[QUIET][..], &[9; 80]].concat());
        let rest = tape.finish(ms(start, 800));
        assert_eq!(rest.len(), 1);
        assert_eq!((rest[0].samples, &rest[0].desk[..81]), (2_400, &[&[9; 80][..], &[QUIET]].concat()[..]));
    }

    #[test]
    fn a_stream_that_runs_away_is_placed_anew() {
        let start = Instant::now();
        let mut tape = Tape::new(Codec::Pcma, start);
        for n in 0..500u32 {
            // Twice too fast: 10 s of sound in 5 s.
            tape.put(Channel::Caller, Codec::Pcma, n * 320, &[1; 160], ms(start, u64::from(n) * 10));
            assert!(tape.open.len() <= 12, "no segments far in the future");
        }
        let all = tape.finish(ms(start, 5_000));
        assert_eq!(all.iter().map(|s| usize::from(s.samples)).sum::<usize>(), 40_000);
    }

    #[test]
    fn another_law_is_converted_and_recall_reaches_back_a_minute() {
        let start = Instant::now();
        let mut tape = Tape::new(Codec::Pcma, start);
        let mut unwritten = Vec::new();
        for second in 0..90u64 {
            let now = ms(start, second * 1_000);
            tape.put(Channel::Caller, Codec::Pcmu, (second * 8_000) as u32, &[0x10; 160], now);
            unwritten.extend(std::iter::from_fn(|| tape.due(now)));
        }
        let heard = tape.heard(ms(start, 90_000));
        assert!((119..=122).contains(&heard.fresh.len()), "{}", heard.fresh.len());
        assert_eq!(heard.fresh[1].caller[0], Codec::Pcmu.convert(0x10, Codec::Pcma));
        let length = heard.wav().len();
        assert!(length > 60 * 8_000 * 4);
        drop((heard, unwritten));
        let heard = tape.heard(ms(start, 90_000));
        assert!(heard.fresh.len() <= 2, "what is written is kept no longer: {}", heard.fresh.len());
        assert_eq!(heard.wav().len(), length, "without a file it is silence of the same length");
    }

    #[test]
    fn nothing_heard_is_silence_of_the_right_length() {
        let start = Instant::now();
        let mut tape = Tape::new(Codec::Pcmu, start);
        let all = tape.finish(ms(start, 2_100));
        assert_eq!(all.iter().map(|s| s.samples).collect::<Vec<_>>(), [4_000, 4_000, 4_000, 4_000, 800]);
        assert!(all.iter().all(|s| s.caller.iter().chain(&s.desk).all(|b| *b == 0xff)));
    }
}
