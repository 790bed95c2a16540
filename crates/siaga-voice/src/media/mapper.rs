//! One outgoing RTP stream out of many sources: station, prompt, silence, keypad tones, another station after a reload.
//! The receiver sees one SSRC, a sequence without holes of our making, timestamps that run with the wall clock, and a
//! marker bit where the source changes (RFC 3551 4.1).

use std::time::Instant;

/// A jump of more than this within one source is a new beginning (RFC 3550 A.1 names 3,000; 50 packets a second).
const SEQUENCE_JUMP_MAX: i16 = 1_000;
/// The same for the timestamp: 10 s of audio.
const TIMESTAMP_JUMP_MAX: i32 = 80_000;
/// First sequence numbers stay below this, so that the first wrap is far away and the SRTP rollover counter begins at 0.
const FIRST_SEQUENCE_MAX: u16 = 0x7fff;

/// What tells sources apart: a kind of our own and the SSRC, or a running number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source(pub u8, pub u32);

/// Header fields of one outgoing packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mapped {
    /// Extended by the wraps so far; its low 16 bits go on the wire.
    pub sequence: u64,
    pub timestamp: u32,
    pub marker: bool,
}

#[derive(Clone, Copy)]
struct Anchor {
    source: Source,
    in_sequence: u16,
    in_timestamp: u32,
    out_sequence: u64,
    out_timestamp: u32,
    /// Nothing of this source may fall below what the source before it used.
    out_first: u64,
}

pub struct Mapper {
    pub ssrc: u32,
    next_sequence: u64,
    /// Highest timestamp sent, and when it was first used.
    last: Option<(u32, Instant)>,
    first_timestamp: u32,
    anchor: Option<Anchor>,
}

impl Mapper {
    /// `dice`: 64 random bits for SSRC, first sequence number and first timestamp.
    pub fn new(ssrc: u32, dice: u64) -> Self {
        Self {
            ssrc,
            next_sequence: dice & u64::from(FIRST_SEQUENCE_MAX),
            last: None,
            first_timestamp: (dice >> 32) as u32,
            anchor: None,
        }
    }

    /// The header for a packet of `source`. `None`: it came too late, from before the source became the source.
    pub fn map(&mut self, source: Source, in_sequence: u16, in_timestamp: u32, now: Instant) -> Option<Mapped> {
        if let Some(anchor) = self.anchor.filter(|anchor| anchor.source == source) {
            let steps = in_sequence.wrapping_sub(anchor.in_sequence).cast_signed();
            let time = in_timestamp.wrapping_sub(anchor.in_timestamp).cast_signed();
            if steps.abs() <= SEQUENCE_JUMP_MAX && time.abs() <= TIMESTAMP_JUMP_MAX {
                return self.follow(anchor, (in_sequence, steps), (in_timestamp, time), now);
            }
        }
        Some(self.begin(source, in_sequence, in_timestamp, now))
    }

    fn follow(&mut self, anchor: Anchor, sequence: (u16, i16), time: (u32, i32), now: Instant) -> Option<Mapped> {
        let out_sequence = anchor.out_sequence.checked_add_signed(i64::from(sequence.1))?;
        if out_sequence < anchor.out_first {
            return None;
        }
        let out_timestamp = anchor.out_timestamp.wrapping_add(time.1.cast_unsigned());
        if sequence.1 > 0 {
            self.anchor =
                Some(Anchor { in_sequence: sequence.0, in_timestamp: time.0, out_sequence, out_timestamp, ..anchor });
            self.next_sequence = out_sequence + 1;
            self.advance(out_timestamp, now);
        }
        Some(Mapped { sequence: out_sequence, timestamp: out_timestamp, marker: false })
    }

    fn begin(&mut self, source: Source, in_sequence: u16, in_timestamp: u32, now: Instant) -> Mapped {
        let out_sequence = self.next_sequence;
        let out_timestamp = match self.last {
            None => self.first_timestamp,
            Some((timestamp, at)) => {
                // Wall gap in samples, at 8 per millisecond, never less than one frame.
                let gap = u32::try_from(now.saturating_duration_since(at).as_millis() * 8).unwrap_or(u32::MAX).max(160);
                timestamp.wrapping_add(gap)
            }
        };
        self.anchor =
            Some(Anchor { source, in_sequence, in_timestamp, out_sequence, out_timestamp, out_first: out_sequence });
        self.next_sequence = out_sequence + 1;
        self.last = Some((out_timestamp, now));
        Mapped { sequence: out_sequence, timestamp: out_timestamp, marker: true }
    }

    fn advance(&mut self, out_timestamp: u32, now: Instant) {
        if self.last.is_none_or(|(last, _)| out_timestamp.wrapping_sub(last).cast_signed() > 0) {
            self.last = Some((out_timestamp, now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const A: Source = Source(1, 7);
    const B: Source = Source(2, 7);

    fn run(mapper: &mut Mapper, start: Instant, packets: &[(Source, u16, u32, u64)]) -> Vec<Option<Mapped>> {
        packets
            .iter()
            .map(|(source, sequence, timestamp, ms)| {
                mapper.map(*source, *sequence, *timestamp, start + Duration::from_millis(*ms))
            })
            .collect()
    }

    #[test]
    fn both_wraps_are_passed_without_a_step() {
        let start = Instant::now();
        let mut mapper = Mapper::new(1, 0x7fff);
        let mut before: Option<Mapped> = None;
        for n in 0..200_000u32 {
            let now = start + Duration::from_millis(20 * u64::from(n));
            let (sequence, timestamp) = ((n + 65_000) as u16, (n * 160).wrapping_add(u32::MAX - 1_000));
            let mapped = mapper.map(A, sequence, timestamp, now).expect("in order");
            if let Some(before) = before {
                assert_eq!(mapped.sequence, before.sequence + 1, "packet {n}");
                assert_eq!(mapped.timestamp, before.timestamp.wrapping_add(160), "packet {n}");
                assert!(!mapped.marker);
            }
            before = Some(mapped);
        }
    }

    #[test]
    fn a_new_source_continues_with_the_wall_gap_and_a_marker() {
        let start = Instant::now();
        let mut mapper = Mapper::new(1, 5);
        let out =
            run(&mut mapper, start, &[(A, 100, 1_000, 0), (A, 101, 1_160, 20), (B, 9, 77, 1_020), (B, 10, 237, 1_040)]);
        let out: Vec<Mapped> = out.into_iter().flatten().collect();
        assert_eq!(out.iter().map(|m| m.sequence).collect::<Vec<_>>(), [5, 6, 7, 8]);
        assert_eq!(out.iter().map(|m| m.marker).collect::<Vec<_>>(), [true, false, true, false]);
        assert_eq!(out[2].timestamp - out[1].timestamp, 8_000, "one second passed");
        assert_eq!(out[3].timestamp - out[2].timestamp, 160);
    }

    #[test]
    fn order_within_a_source_is_kept_and_packets_from_before_it_are_dropped() {
        let start = Instant::now();
        let mut mapper = Mapper::new(1, 0);
        let out = run(
            &mut mapper,
            start,
            &[
                (A, 10, 0, 0),
                (B, 500, 160, 20),
                (B, 502, 480, 40),
                (B, 501, 320, 41),
                (B, 503, 640, 60),
                (B, 499, 0, 61),
            ],
        );
        let sequences: Vec<Option<u64>> = out.iter().map(|m| m.map(|m| m.sequence)).collect();
        assert_eq!(sequences, [Some(0), Some(1), Some(3), Some(2), Some(4), None]);
    }

    #[test]
    fn a_jump_within_a_source_is_a_new_beginning() {
        let start = Instant::now();
        let mut mapper = Mapper::new(1, 0);
        let out = run(&mut mapper, start, &[(A, 10, 0, 0), (A, 30_000, 9_000_000, 20), (A, 30_001, 9_000_160, 40)]);
        let out: Vec<Mapped> = out.into_iter().flatten().collect();
        assert_eq!(out.iter().map(|m| m.sequence).collect::<Vec<_>>(), [0, 1, 2]);
        assert!(out[1].marker && !out[2].marker);
        assert_eq!(out[1].timestamp - out[0].timestamp, 160);
    }

    #[test]
    fn a_keypad_tone_holds_the_timestamp_and_the_clock_runs_on() {
        let start = Instant::now();
        let mut mapper = Mapper::new(1, 0);
        let out = run(&mut mapper, start, &[(B, 0, 0, 0), (B, 1, 0, 20), (B, 2, 0, 100), (A, 9, 9, 120)]);
        let out: Vec<Mapped> = out.into_iter().flatten().collect();
        assert_eq!(out[2].timestamp, out[0].timestamp);
        assert_eq!(out[3].timestamp - out[0].timestamp, 960, "120 ms after the tone began");
    }
}
