//! What a caller heard: loudness and the strongest frequency, over the last half second and over the call.

use serde::Serialize;
use siaga_voice::tone;
use std::time::{Duration, Instant};

const RATE: usize = 8_000;
const WINDOW: usize = RATE / 2;
/// A person's tone holds this share of a half second's energy, which speech never does, and is this loud (dBFS).
const HUMAN_SHARE: f64 = 0.8;
const HUMAN_MIN_DBFS: f32 = -40.0;

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
    human_hz: Vec<f64>,
    human_at: Option<Instant>,
    packet_at: Instant,
}

impl Default for Ear {
    fn default() -> Self {
        Self {
            window: Vec::with_capacity(WINDOW),
            samples: 0,
            loudest: Heard { seconds: 0.0, rms_dbfs: -100.0, hz: 0.0 },
            latest: (-100.0, 0.0),
            human_hz: Vec::new(),
            human_at: None,
            packet_at: Instant::now(),
        }
    }
}

impl Ear {
    /// Tells a person at a seat from the machine by these tones.
    pub fn for_humans(human_hz: Vec<f64>) -> Self {
        Self { human_hz, ..Self::default() }
    }

    /// When a person was heard first.
    pub fn human_at(&self) -> Option<Instant> {
        self.human_at
    }

    /// How long nothing has come, not even silence.
    pub fn dead_for(&self) -> Duration {
        self.packet_at.elapsed()
    }

    pub fn hear(&mut self, pcm: impl Iterator<Item = i16>) {
        self.packet_at = Instant::now();
        for sample in pcm {
            self.samples += 1;
            self.window.push(sample);
            if self.window.len() == WINDOW {
                let (rms, hz) = (tone::rms_dbfs(&self.window), tone::strongest_hz(&self.window) as f32);
                self.latest = (rms, hz);
                if rms > self.loudest.rms_dbfs {
                    self.loudest = Heard { seconds: 0.0, rms_dbfs: rms, hz };
                }
                let human = |hz: &f64| tone::energy_at(*hz, &self.window) >= HUMAN_SHARE;
                if self.human_at.is_none() && rms >= HUMAN_MIN_DBFS && self.human_hz.iter().any(human) {
                    self.human_at = Some(Instant::now());
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
    fn a_person_is_told_from_a_machine() {
        let mut ear = Ear::for_humans(vec![880.0, 1_000.0]);
        ear.hear(tone(425.0));
        assert!(ear.human_at().is_none());
        ear.hear(tone(1_000.0));
        assert!(ear.human_at().is_some());
    }

    #[test]
    fn silence_is_not_a_tone() {
        let mut ear = Ear::default();
        ear.hear(std::iter::repeat_n(0, RATE));
        assert!(ear.total().rms_dbfs <= -99.0);
    }
}
