//! Pieces that all made-up sound is built of.

use rand::{Rng, rngs::SmallRng};
use std::f32::consts::{PI, TAU};

const RATE: f32 = 8_000.0;
const BLOCK: usize = 80;

/// White, power 1/3.
pub fn noise(dice: &mut SmallRng) -> f32 {
    dice.random_range(-1.0..1.0)
}

/// Mean power of the blocks of 10 ms that are within 20 dB of the loudest: pauses do not count (as in ITU-T P.56, simply).
pub fn active_power(pcm: &[f32]) -> f32 {
    let powers: Vec<f32> =
        pcm.chunks(BLOCK).map(|block| block.iter().map(|s| s * s).sum::<f32>() / block.len() as f32).collect();
    let loudest = powers.iter().copied().fold(0.0, f32::max);
    let active: Vec<f32> = powers.into_iter().filter(|power| *power > loudest / 100.0).collect();
    active.iter().sum::<f32>() / active.len().max(1) as f32
}

/// Scales sound so that its active level is `dbfs` (0: a full-scale square wave of 16 bit).
pub fn at_level(mut pcm: Vec<f32>, dbfs: f32) -> Vec<f32> {
    let wanted = 32_768.0 * 10f32.powf(dbfs / 20.0);
    let scale = wanted / active_power(&pcm).sqrt().max(f32::MIN_POSITIVE);
    pcm.iter_mut().for_each(|sample| *sample *= scale);
    pcm
}

/// First-order low-pass.
pub struct LowPass {
    weight: f32,
    state: f32,
}

impl LowPass {
    pub fn new(hz: f32) -> Self {
        Self { weight: 1.0 - (-TAU * hz / RATE).exp(), state: 0.0 }
    }

    pub fn push(&mut self, sample: f32) -> f32 {
        self.state += self.weight * (sample - self.state);
        self.state
    }
}

/// Second-order resonance.
pub struct Resonator {
    first: f32,
    second: f32,
    past: [f32; 2],
    gain: f32,
}

impl Resonator {
    pub fn new(hz: f32, width_hz: f32) -> Self {
        let radius = (-PI * width_hz / RATE).exp();
        Self {
            first: 2.0 * radius * (TAU * hz / RATE).cos(),
            second: -radius * radius,
            past: [0.0; 2],
            gain: 1.0 - radius,
        }
    }

    pub fn push(&mut self, sample: f32) -> f32 {
        let out = self.gain * sample + self.first * self.past[0] + self.second * self.past[1];
        self.past = [out, self.past[0]];
        out
    }
}
