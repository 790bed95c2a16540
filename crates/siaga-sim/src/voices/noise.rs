//! What else is heard on a telephone: what is always there, what stands out, and voices that are not the caller's. All
//! synthesised: see [`super::ASSUMPTIONS`].

use super::{
    person::Person,
    wave::{LowPass, Resonator, noise},
};
use rand::{Rng, rngs::SmallRng};
use std::f32::consts::TAU;

const RATE: f32 = 8_000.0;

/// Always there: silence is the right word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Steady {
    Digital,
    Hiss,
    Traffic,
    Wind,
    Rain,
    Dropouts,
}

/// Short and louder than the line: noise is the right word for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Burst {
    Tap,
    Bang,
    Cough,
    Breath,
    Handling,
}

/// A voice or a tune, but nobody speaks into the telephone: either word can be defended, so it is only counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Elsewhere {
    FarVoice,
    Music,
    RingBack,
}

impl Steady {
    pub const ALL: [Steady; 6] =
        [Steady::Digital, Steady::Hiss, Steady::Traffic, Steady::Wind, Steady::Rain, Steady::Dropouts];

    pub fn key(self) -> &'static str {
        match self {
            Steady::Digital => "digital_silence",
            Steady::Hiss => "line_hiss",
            Steady::Traffic => "traffic",
            Steady::Wind => "wind",
            Steady::Rain => "rain",
            Steady::Dropouts => "hiss_with_dropouts",
        }
    }

    pub fn sound(self, samples: usize, dice: &mut SmallRng) -> Vec<f32> {
        let beat = dice.random_range(0.1..0.4);
        let (mut low, mut lower) = (LowPass::new(400.0), LowPass::new(120.0));
        let mut gust = LowPass::new(0.7);
        (0..samples)
            .map(|n| {
                let white = noise(dice);
                let swell = (TAU * beat * n as f32 / RATE).sin();
                match self {
                    Steady::Digital => 0.0,
                    Steady::Hiss | Steady::Dropouts => white,
                    // Engines and tyres, cars that come and go within 6 dB.
                    Steady::Traffic => (low.push(white) + 0.1 * white) * (1.0 + 0.33 * swell),
                    // Rumble in gusts of a second.
                    Steady::Wind => lower.push(white) * (1.0 + 30.0 * gust.push(white).abs()),
                    Steady::Rain => white - low.push(white) + if dice.random_bool(0.002) { white * 4.0 } else { 0.0 },
                }
            })
            .collect()
    }
}

impl Burst {
    pub const ALL: [Burst; 5] = [Burst::Tap, Burst::Bang, Burst::Cough, Burst::Breath, Burst::Handling];

    pub fn key(self) -> &'static str {
        match self {
            Burst::Tap => "tap",
            Burst::Bang => "bang",
            Burst::Cough => "cough",
            Burst::Breath => "breath",
            Burst::Handling => "handling",
        }
    }

    pub fn sound(self, samples: usize, dice: &mut SmallRng) -> Vec<f32> {
        let mut out = vec![0.0; samples];
        let mut at = 0;
        while at < samples {
            // Length and decay of one burst, where it resonates, and the pause to the next, in seconds and hertz.
            let (long, decay, hz, width, pause) = match self {
                Burst::Tap => (0.03, 0.005, dice.random_range(700.0..1_600.0), 300.0, dice.random_range(0.25..0.8)),
                Burst::Bang => (0.5, 0.08, dice.random_range(200.0..500.0), 400.0, 9.0),
                Burst::Cough => (0.25, 0.08, dice.random_range(500.0..900.0), 500.0, dice.random_range(0.4..1.5)),
                Burst::Breath => (1.0, 9.0, dice.random_range(800.0..1_500.0), 900.0, dice.random_range(0.6..1.2)),
                Burst::Handling => (dice.random_range(0.05..0.3), 0.1, 300.0, 500.0, dice.random_range(0.1..0.6)),
            };
            let mut body = Resonator::new(hz, width);
            let length = (long * RATE) as usize;
            for n in 0..length.min(samples - at) {
                let place = n as f32 / length as f32;
                let rise = if self == Burst::Breath { (TAU / 2.0 * place).sin() } else { 1.0 };
                out[at + n] = body.push(noise(dice)) * rise * (-(n as f32) / (decay * RATE)).exp();
            }
            at += length + (pause * RATE) as usize;
        }
        out
    }
}

impl Elsewhere {
    pub const ALL: [Elsewhere; 3] = [Elsewhere::FarVoice, Elsewhere::Music, Elsewhere::RingBack];

    pub fn key(self) -> &'static str {
        match self {
            Elsewhere::FarVoice => "far_voice",
            Elsewhere::Music => "music",
            Elsewhere::RingBack => "our_ring_back_echo",
        }
    }

    pub fn sound(self, samples: usize, dice: &mut SmallRng) -> Vec<f32> {
        match self {
            // A television in the next room: dull, and its echoes fill the pauses.
            Elsewhere::FarVoice => {
                let near = Person::Man.sound(samples, dice);
                let mut wall = LowPass::new(900.0);
                let mut out = vec![0.0f32; samples];
                for n in 0..samples {
                    let echo = |ms: usize, part: f32| n.checked_sub(ms * 8).map_or(0.0, |at| part * out[at]);
                    let room = echo(37, 0.45) + echo(53, 0.35);
                    out[n] = wall.push(near[n]) + room;
                }
                out
            }
            Elsewhere::Music => {
                let mut notes = [0.0f32; 3];
                (0..samples)
                    .map(|n| {
                        if n % 2_400 == 0 {
                            notes = std::array::from_fn(|_| 220.0 * 2f32.powf(dice.random_range(0..24) as f32 / 12.0));
                        }
                        let fade = (-((n % 2_400) as f32) / 4_000.0).exp();
                        let tone = |hz: f32| {
                            (TAU * hz * n as f32 / RATE).sin() + 0.4 * (TAU * 2.0 * hz * n as f32 / RATE).sin()
                        };
                        notes.into_iter().map(tone).sum::<f32>() * fade
                    })
                    .collect()
            }
            Elsewhere::RingBack => (0..samples)
                .map(|n| if n % 40_000 < 8_000 { (TAU * 425.0 * n as f32 / RATE).sin() } else { 0.0 })
                .collect(),
        }
    }
}
