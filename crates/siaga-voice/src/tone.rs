//! Pure tones: made, and measured. Audio is proven by sending one frequency each way and measuring what arrives.

use std::f64::consts::TAU;

/// Samples per second of telephone audio.
pub const RATE_HZ: u32 = 8_000;
/// Ring-back tone of Indonesia (ITU-T E.180 list).
pub const RING_BACK_HZ: f64 = 425.0;
/// What [`rms_dbfs`] says of digital silence.
pub const SILENCE_DBFS: f32 = -100.0;

/// `samples` of a sine at `hz` whose RMS is `dbfs` (0 = a full-scale square wave), starting at sample number `start`, so
/// that consecutive blocks join without a click.
#[must_use]
pub fn generate(hz: f64, dbfs: f32, start: u64, samples: usize) -> Vec<i16> {
    let amplitude = 32_768.0 * 10f64.powf(f64::from(dbfs) / 20.0) * std::f64::consts::SQRT_2;
    let rate = f64::from(RATE_HZ);
    (start..)
        .take(samples)
        .map(|n| (amplitude * (TAU * hz * n as f64 / rate).sin()).clamp(-32_768.0, 32_767.0) as i16)
        .collect()
}

/// RMS level relative to full scale, in dB; [`SILENCE_DBFS`] for silence and for nothing at all.
#[must_use]
pub fn rms_dbfs(pcm: &[i16]) -> f32 {
    if pcm.is_empty() {
        return SILENCE_DBFS;
    }
    let power = pcm.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / pcm.len() as f64;
    if power < 1.0 { SILENCE_DBFS } else { (10.0 * (power / (32_768.0 * 32_768.0)).log10()) as f32 }
}

/// Share of the energy (0-1) that lies at `hz` (Goertzel over the whole block; the bin is as wide as one over its
/// length in seconds). 0 for silence.
#[must_use]
pub fn energy_at(hz: f64, pcm: &[i16]) -> f64 {
    let total = pcm.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>();
    if total < 1.0 {
        return 0.0;
    }
    let coefficient = 2.0 * (TAU * hz / f64::from(RATE_HZ)).cos();
    let (mut s1, mut s2) = (0.0, 0.0);
    for sample in pcm {
        (s1, s2) = (f64::from(*sample) + coefficient * s1 - s2, s1);
    }
    let power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
    // A pure sine of N samples has |X|² = N/2 times its energy.
    (power * 2.0 / (pcm.len() as f64 * total)).clamp(0.0, 1.0)
}

/// The strongest frequency of the speech band (200-3,400 Hz), in steps of 10 Hz.
#[must_use]
pub fn strongest_hz(pcm: &[i16]) -> f64 {
    (20..=340)
        .map(|step| f64::from(step) * 10.0)
        .max_by(|a, b| energy_at(*a, pcm).total_cmp(&energy_at(*b, pcm)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_is_found_at_its_frequency_and_level_and_nowhere_else() {
        for (hz, dbfs) in [(440.0, -13.0), (880.0, -30.0), (1_000.0, -3.1)] {
            let pcm = generate(hz, dbfs, 0, 4_000);
            assert!((rms_dbfs(&pcm) - dbfs).abs() < 0.2, "{hz} Hz: {} dB", rms_dbfs(&pcm));
            assert!(energy_at(hz, &pcm) > 0.99, "{hz} Hz: {}", energy_at(hz, &pcm));
            assert!(energy_at(hz + 200.0, &pcm) < 0.01, "{hz} Hz leaks: {}", energy_at(hz + 200.0, &pcm));
            assert!((strongest_hz(&pcm) - hz).abs() < 0.1);
        }
    }

    #[test]
    fn blocks_join_without_a_click() {
        let mut joined = generate(440.0, -13.0, 0, 160);
        joined.extend(generate(440.0, -13.0, 160, 160));
        assert_eq!(joined, generate(440.0, -13.0, 0, 320));
    }

    #[test]
    fn silence_has_no_frequency_and_no_level() {
        assert!(energy_at(440.0, &[0; 800]) < f64::EPSILON);
        assert!(rms_dbfs(&[0; 800]) <= SILENCE_DBFS);
        assert!(rms_dbfs(&[]) <= SILENCE_DBFS);
    }
}
