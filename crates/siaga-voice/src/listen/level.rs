//! The plain detector: energy above the line's own noise. It finds what stands out, a tap as well as a word, and learns what
//! is always there.

use super::floor::Floor;
use crate::tone::rms_dbfs;

/// Blocks of 10 ms: a tap is not much longer.
const BLOCK_SAMPLES: usize = 80;
/// Sound stands out this far above the floor, and above this level however quiet the line.
const ABOVE_FLOOR_DB: f32 = 9.0;
const STANDS_OUT_MIN_DBFS: f32 = -55.0;
/// Blocks on end that make more than a tap (60 ms), and blocks it lingers after the last (300 ms).
const LASTS_BLOCKS: u8 = 6;
const LINGER_BLOCKS: u8 = 30;

/// What a frame was.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Loudness {
    /// Some of it was louder than the line.
    pub stands_out: bool,
    /// It has been so for more than a tap, or was a moment ago.
    pub lasts: bool,
}

#[derive(Default)]
pub struct Level {
    pub floor: Floor,
    run: u8,
    linger: u8,
}

impl Level {
    pub fn hear(&mut self, pcm: &[i16]) -> Loudness {
        let mut heard = Loudness::default();
        for block in pcm.chunks(BLOCK_SAMPLES) {
            let level = rms_dbfs(block);
            self.floor.hear(level);
            let loud = level >= STANDS_OUT_MIN_DBFS && level >= self.floor.dbfs() + ABOVE_FLOOR_DB;
            self.run = if loud { self.run.saturating_add(1) } else { 0 };
            if self.run >= LASTS_BLOCKS {
                self.linger = LINGER_BLOCKS;
            }
            heard.stands_out |= loud;
            heard.lasts |= self.linger > 0;
            self.linger = self.linger.saturating_sub(1);
        }
        heard
    }
}
