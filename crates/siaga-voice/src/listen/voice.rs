//! The trained detector: `earshot` on up-sampled telephone sound. Its scores depend on the level (hiss at -30 dBFS is a voice
//! to it), so it hears every line at the same loudness, and only what is louder than the line counts.

use super::{floor::Floor, upsample::Upsampler};
use crate::tone::rms_dbfs;
use earshot::{DefaultPredictor, Detector};

/// What the detector hears at once: 16 ms, at 8 kHz and at its own 16 kHz.
const FRAME_SAMPLES: usize = 128;
const DETECTOR_SAMPLES: usize = 256;
/// The loudest of the last seconds is brought here ...
const PEAK_DBFS: f32 = -26.0;
/// ... but the line's own noise never above this ...
const FLOOR_DBFS: f32 = -46.0;
/// ... and never by more than this.
const GAIN_DB: f32 = 30.0;
/// A frame counts when it is so much louder than the line, and no softer than this.
const ABOVE_FLOOR_DB: f32 = 5.0;
const VOICE_MIN_DBFS: f32 = -62.0;
/// Scores (0-1) as `earshot` gives them: a voice begins when this many of the last ones ...
const SCORE_MIN: f32 = 0.5;
const SCORES: usize = 8;
const SCORES_MIN: usize = 4;
/// ... and lingers this many frames (160 ms).
const LINGER_FRAMES: u8 = 10;

pub struct VoiceFinder {
    detector: Box<Detector<DefaultPredictor>>,
    upsampler: Upsampler,
    frame: Vec<i16>,
    gain: f32,
    /// Bit n: the score n frames ago was a voice's.
    scores: u8,
    linger: u8,
}

impl Default for VoiceFinder {
    fn default() -> Self {
        Self {
            detector: Detector::default_boxed(),
            upsampler: Upsampler::default(),
            frame: Vec::with_capacity(FRAME_SAMPLES),
            gain: 1.0,
            scores: 0,
            linger: 0,
        }
    }
}

impl VoiceFinder {
    /// Whether a voice is heard in this sound or was a moment ago. `floor` has heard it already.
    pub fn hear(&mut self, pcm: &[i16], floor: &Floor) -> bool {
        let mut voice = self.linger > 0;
        for sample in pcm {
            self.frame.push(*sample);
            if self.frame.len() == FRAME_SAMPLES {
                voice |= self.frame_heard(floor);
                self.frame.clear();
            }
        }
        voice
    }

    fn frame_heard(&mut self, floor: &Floor) -> bool {
        let level = rms_dbfs(&self.frame);
        let gain_db =
            (PEAK_DBFS - floor.peak_dbfs().max(level)).min(FLOOR_DBFS - floor.dbfs()).clamp(-GAIN_DB, GAIN_DB);
        let (from, to) = (self.gain, 10f32.powf(gain_db / 20.0));
        self.gain = to;
        let mut heard = [0.0; DETECTOR_SAMPLES];
        for (nth, (sample, two)) in self.frame.iter().zip(heard.chunks_exact_mut(2)).enumerate() {
            let gain = from + (to - from) * nth as f32 / FRAME_SAMPLES as f32;
            two.copy_from_slice(&self.upsampler.push(f32::from(*sample) / 32_768.0 * gain).map(|s| s.clamp(-1.0, 1.0)));
        }
        let score = self.detector.predict_f32(&heard);
        let counts = level >= VOICE_MIN_DBFS && level >= floor.dbfs() + ABOVE_FLOOR_DB;
        self.score(counts && score >= SCORE_MIN)
    }

    fn score(&mut self, voice: bool) -> bool {
        self.scores = (self.scores << 1) | u8::from(voice);
        if (u16::from(self.scores) & ((1 << SCORES) - 1)).count_ones() as usize >= SCORES_MIN {
            self.linger = LINGER_FRAMES;
        }
        self.linger = self.linger.saturating_sub(1);
        self.linger > 0
    }
}
