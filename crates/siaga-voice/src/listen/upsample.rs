//! 8 kHz to 16 kHz: the trained detector hears nothing else. A half-band filter; every second sample stays as it is.

/// Taps on one side of the new sample, of an ideal half-band low-pass under a Blackman window. Made by [`tap`].
const SIDE: usize = 8;

pub struct Upsampler {
    taps: [f32; SIDE],
    /// The newest sample last.
    before: [f32; 2 * SIDE],
}

/// Weight of the samples that lie `distance` + 1/2 old samples away from the new one.
fn tap(distance: usize) -> f32 {
    use std::f64::consts::PI;
    let away = distance as f64 + 0.5;
    let place = away / (SIDE as f64 + 0.5);
    let window = 0.42 + 0.5 * (PI * place).cos() + 0.08 * (2.0 * PI * place).cos();
    ((PI * away).sin() / (PI * away) * window) as f32
}

impl Default for Upsampler {
    fn default() -> Self {
        let mut taps = [0.0; SIDE];
        for (distance, weight) in taps.iter_mut().enumerate() {
            *weight = tap(distance);
        }
        let sum: f32 = taps.iter().sum::<f32>() * 2.0;
        Self { taps: taps.map(|weight| weight / sum), before: [0.0; 2 * SIDE] }
    }
}

impl Upsampler {
    /// Two samples for one, 1 ms later.
    pub fn push(&mut self, sample: f32) -> [f32; 2] {
        self.before.rotate_left(1);
        self.before[2 * SIDE - 1] = sample;
        let between = (0..SIDE).map(|n| self.taps[n] * (self.before[SIDE - 1 - n] + self.before[SIDE + n])).sum();
        [self.before[SIDE - 1], between]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tone;

    #[test]
    fn a_tone_stays_a_tone_and_gets_no_mirror() {
        for hz in [300.0, 1_000.0, 3_000.0] {
            let mut upsampler = Upsampler::default();
            let twice: Vec<i16> = tone::generate(hz, -20.0, 0, 4_000)
                .into_iter()
                .flat_map(|sample| upsampler.push(f32::from(sample) / 32_768.0))
                .map(|sample| (sample * 32_768.0) as i16)
                .collect();
            let steady = &twice[200..];
            assert!((tone::rms_dbfs(steady) + 20.0).abs() < 0.3, "{hz} Hz: {} dBFS", tone::rms_dbfs(steady));
            // Measured as if at 8 kHz, the tone stands at half its frequency and its mirror at 4,000 Hz less that.
            assert!(tone::energy_at(hz / 2.0, steady) > 0.995, "{hz} Hz");
            assert!(tone::energy_at(4_000.0 - hz / 2.0, steady) < 0.001, "{hz} Hz");
        }
    }
}
