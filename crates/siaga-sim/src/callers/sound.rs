//! What a caller sends: speech from a file, a tone, noise or silence; 20 ms A-law frames at 8 kHz.

use super::persona::Kind;
use audio_codec_algorithms::encode_alaw;
use rand::{Rng, SeedableRng, rngs::SmallRng};
use std::f64::consts::TAU;

pub const FRAME_SAMPLES: usize = 160;
/// A speaker breathes between repetitions.
const PAUSE_SAMPLES: usize = 8_000 * 3;
/// A-law's zero.
const SILENCE: u8 = 0xd5;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sound {
    Voice(Kind),
    /// A sine at this frequency in Hz, -10 dBFS.
    Tone(f64),
    Noise,
    Silence,
}

macro_rules! voices {
    ($($kind:ident => $file:literal),+ $(,)?) => {
        /// A-law, 8 kHz; empty for who does not speak.
        pub(crate) fn speech(kind: Kind) -> &'static [u8] {
            match kind {
                $(Kind::$kind => include_bytes!(concat!("../../voices/", $file, ".al")),)+
                Kind::Silent | Kind::Noise | Kind::HangUp => &[],
            }
        }
    };
}

voices! {
    Fire => "fire", ShortCircuit => "short_circuit", Accident => "accident", Ambulance => "ambulance",
    FallenTree => "fallen_tree", Child => "child", Laughter => "laughter", Abuse => "abuse",
    PhoneLocked => "phone_locked", ElectricityToken => "electricity_token", Mistake => "mistake",
}

/// Endless source of frames.
pub struct Frames {
    sound: Sound,
    position: usize,
    dice: SmallRng,
}

impl Frames {
    pub fn new(sound: Sound) -> Self {
        Self { sound, position: 0, dice: SmallRng::seed_from_u64(112) }
    }

    pub fn next_frame(&mut self) -> [u8; FRAME_SAMPLES] {
        let mut frame = [SILENCE; FRAME_SAMPLES];
        for sample in &mut frame {
            *sample = self.sample();
            self.position += 1;
        }
        frame
    }

    fn sample(&mut self) -> u8 {
        match self.sound {
            Sound::Silence => SILENCE,
            Sound::Tone(hz) => {
                let phase = TAU * hz * self.position as f64 / 8_000.0;
                encode_alaw((phase.sin() * 10_362.0 * 1.414) as i16)
            }
            Sound::Noise => encode_alaw(self.dice.random_range(-1_200..1_200)),
            Sound::Voice(kind) => {
                let speech = speech(kind);
                speech.get(self.position % (speech.len() + PAUSE_SAMPLES)).copied().unwrap_or(SILENCE)
            }
        }
    }
}
