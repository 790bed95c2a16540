//! What a caller heard: loudness and the strongest frequency, over the last half second and over the call.

use serde::Serialize;
use siaga_voice::tone;

const RATE: usize = 8_000;
const WINDOW: usize = RATE / 2;

/// Over the whole call.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Heard {
    pub seconds: f32,
    /// Loudest half second, dB below full scale; -100: nothing.
    pub rms_dbfs: f32,
    /// Strongest frequency in that half second.
    pub hz: f32,
}

pub struct Ear {
    window: Vec<i16>,
    samples: usize,
    loudest: Heard,
    latest: (f32, f32),
}

impl Default for Ear {
    fn default() -> Self {
        Self {
            window: Vec::with_capacity(WINDOW),
            samples: 0,
            loudest: Heard { seconds: 0.0, rms_dbfs: -100.0, hz: 0.0 },
            latest: (-100.0, 0.0),
        }
    }
}

impl Ear {
    pub fn hear(&mut self, pcm: impl Iterator<Item = i16>) {
        for sample in pcm {
            self.samples += 1;
            self.window.push(sample);
            if self.window.len() == WINDOW {
                let (rms, hz) = (tone::rms_dbfs(&self.window), tone::strongest_hz(&self.window) as f32);
                self.latest = (rms, hz);
                if rms > self.loudest.rms_dbfs {
                    self.loudest = Heard { seconds: 0.0, rms_dbfs: rms, hz };
                }
                self.window.clear();
            }
        }
    }

    pub fn total(&self) -> Heard {
        Heard { seconds: self.samples as f32 / RATE as f32, ..self.loudest }
    }

    /// Loudness and strongest frequency since the last question; silence where no packet came.
    pub fn take_latest(&mut self) -> (f32, f32) {
        std::mem::replace(&mut self.latest, (-100.0, 0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::TAU;

    fn tone(hz: f64) -> impl Iterator<Item = i16> {
        (0..RATE).map(move |n| ((TAU * hz * n as f64 / RATE as f64).sin() * 10_000.0) as i16)
    }

    #[test]
    fn a_tone_is_heard_at_its_frequency_and_level() {
        for hz in [440.0, 880.0, 1_000.0] {
            let mut ear = Ear::default();
            ear.hear(tone(hz));
            assert!((ear.total().hz - hz as f32).abs() <= 10.0, "{hz}: {:?}", ear.total());
            assert!((ear.total().rms_dbfs + 13.3).abs() < 0.5, "{:?}", ear.total());
        }
    }

    #[test]
    fn silence_is_not_a_tone() {
        let mut ear = Ear::default();
        ear.hear(std::iter::repeat_n(0, RATE));
        assert!(ear.total().rms_dbfs <= -99.0);
    }
}
