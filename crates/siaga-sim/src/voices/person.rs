//! What people sound like on a telephone. Speech is espeak-ng's, other pitches are made by resampling, and what no file has is
//! synthesised: see [`super::ASSUMPTIONS`].

use super::wave::{Resonator, active_power, noise};
use crate::callers::{Kind, speech};
use audio_codec_algorithms::decode_alaw;
use rand::{Rng, rngs::SmallRng, seq::IndexedRandom};
use std::f32::consts::TAU;

const RATE: f32 = 8_000.0;
/// Of the linear prediction that turns speech into whispering: four formants and the lips.
const LPC_ORDER: usize = 10;
const LPC_FRAME: usize = 160;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Person {
    Man,
    Woman,
    Child,
    Shout,
    Laughter,
    Crying,
    Whisper,
}

impl Person {
    pub const ALL: [Person; 7] =
        [Person::Man, Person::Woman, Person::Child, Person::Shout, Person::Laughter, Person::Crying, Person::Whisper];

    pub fn key(self) -> &'static str {
        match self {
            Person::Man => "man",
            Person::Woman => "woman",
            Person::Child => "child",
            Person::Shout => "shout",
            Person::Laughter => "laughter",
            Person::Crying => "crying",
            Person::Whisper => "whisper",
        }
    }

    /// Sound that begins at once, at any level.
    pub fn sound(self, samples: usize, dice: &mut SmallRng) -> Vec<f32> {
        const MEN: [Kind; 4] = [Kind::Fire, Kind::ShortCircuit, Kind::FallenTree, Kind::Abuse];
        const WOMEN: [Kind; 5] =
            [Kind::Accident, Kind::Ambulance, Kind::PhoneLocked, Kind::ElectricityToken, Kind::Mistake];
        match self {
            Person::Man => spoken(&MEN, 0.80..1.05, samples, dice),
            Person::Woman => spoken(&WOMEN, 1.0..1.2, samples, dice),
            Person::Child => spoken(&[Kind::Child, Kind::Accident], 1.1..1.35, samples, dice),
            Person::Laughter => spoken(&[Kind::Laughter], 0.8..1.2, samples, dice),
            Person::Shout => {
                let mut loud = spoken(&WOMEN, 1.1..1.4, samples, dice);
                let limit = active_power(&loud).sqrt() * 0.7;
                loud.iter_mut().for_each(|sample| *sample = sample.clamp(-limit, limit));
                loud
            }
            Person::Whisper => whispered(&spoken(&WOMEN, 0.9..1.2, samples, dice), dice),
            Person::Crying => cried(samples, dice),
        }
    }
}

fn spoken(of: &[Kind], pitch: std::ops::Range<f32>, samples: usize, dice: &mut SmallRng) -> Vec<f32> {
    let kind = of.choose(dice).copied().unwrap_or(Kind::Fire);
    let pcm: Vec<f32> = speech(kind).iter().map(|byte| f32::from(decode_alaw(*byte))).collect();
    let pitch = dice.random_range(pitch);
    let speech: Vec<f32> = (0..(pcm.len() as f32 / pitch) as usize - 1)
        .map(|n| {
            let at = n as f32 * pitch;
            let (whole, part) = (at as usize, at.fract());
            pcm[whole] * (1.0 - part) + pcm[(whole + 1).min(pcm.len() - 1)] * part
        })
        .collect();
    // Somewhere in the sentence, at the next sound after it.
    let loud = active_power(&speech) * 0.1;
    let from = dice.random_range(0..speech.len());
    let power = |at: usize| speech[at..].iter().take(80).map(|s| s * s).sum::<f32>() / 80.0;
    let start = (from..speech.len()).chain(0..from).step_by(80).find(|at| power(*at) > loud).unwrap_or(0);
    speech.iter().cycle().skip(start).take(samples).copied().collect()
}

/// The same mouth, breath instead of voice: noise through the speech's own linear prediction.
fn whispered(speech: &[f32], dice: &mut SmallRng) -> Vec<f32> {
    let mut out = Vec::with_capacity(speech.len());
    let mut past = [0.0f32; LPC_ORDER];
    for frame in speech.chunks(LPC_FRAME) {
        let (weights, gain) = prediction(frame);
        for _ in frame {
            let sample = noise(dice) * gain + weights.iter().zip(past).map(|(weight, past)| weight * past).sum::<f32>();
            past.rotate_right(1);
            past[0] = sample;
            out.push(sample);
        }
    }
    out
}

/// Levinson-Durbin: weights of the last samples, and the amplitude of what they do not predict.
fn prediction(frame: &[f32]) -> ([f32; LPC_ORDER], f32) {
    let lag = |n: usize| frame.iter().zip(&frame[n.min(frame.len())..]).map(|(a, b)| a * b).sum::<f32>();
    let mut weights = [0.0f32; LPC_ORDER];
    let mut error = lag(0) * 1.001 + 1.0;
    for order in 0..LPC_ORDER {
        let known: f32 = (0..order).map(|n| weights[n] * lag(order - n)).sum();
        let reflection = (lag(order + 1) - known) / error;
        let before = weights;
        weights[order] = reflection;
        for n in 0..order {
            weights[n] = before[n] - reflection * before[order - 1 - n];
        }
        error *= 1.0 - reflection * reflection;
    }
    (weights, (error / frame.len() as f32).sqrt())
}

/// Sobs: a voice that glides and trembles through a mouth, and the breath drawn between.
fn cried(samples: usize, dice: &mut SmallRng) -> Vec<f32> {
    let mut out = Vec::with_capacity(samples);
    let mut mouth = [Resonator::new(dice.random_range(600.0..900.0), 120.0), Resonator::new(1_300.0, 150.0)];
    let mut phase = 0.0f32;
    while out.len() < samples {
        let (long, from, to) =
            (dice.random_range(0.15..0.5), dice.random_range(280.0..480.0), dice.random_range(220.0..420.0));
        let voiced = (long * RATE) as usize;
        for n in 0..voiced {
            let place = n as f32 / voiced as f32;
            let hz = from + (to - from) * place + 12.0 * (TAU * 6.0 * n as f32 / RATE).sin();
            phase = (phase + hz / RATE).fract();
            // A pulse a period, which the mouth shapes.
            let pulse = (1.0 - 2.0 * phase) + 0.05 * noise(dice);
            let shaped: f32 = mouth.iter_mut().map(|resonance| resonance.push(pulse)).sum();
            out.push(shaped * (std::f32::consts::PI * place).sin().sqrt());
        }
        let drawn = dice.random_range(1_200..3_200);
        out.extend((0..drawn).map(|_| 0.1 * noise(dice)));
    }
    out.truncate(samples);
    out
}
