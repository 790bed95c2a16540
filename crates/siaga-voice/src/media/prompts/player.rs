//! An endless source of sound for one line, in its codec.

use super::Prompts;
use crate::{
    Prompt,
    media::{Codec, g711::FRAME_SAMPLES},
    tone,
};
use std::sync::Arc;

/// 1 s on, 4 s off.
const RING_BACK_ON_SAMPLES: usize = 8_000;
const RING_BACK_ROUND_SAMPLES: usize = 40_000;
/// What a call-taker hears while a call-back rings.
const RING_BACK_DBFS: f32 = -20.0;
/// What a caller hears who is listened to: soft, so that its echo is not taken for a voice and nobody must shout.
const WAITING_DBFS: f32 = -32.0;

/// Another sound starts from its beginning; the same one goes on where it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sound {
    Silence,
    /// Again and again.
    Round(Prompt),
    /// To its end, then silence.
    Once(Prompt),
    RingBack,
    /// The same, softly.
    Waiting,
}

pub struct Player {
    prompts: Arc<Prompts>,
    playing: Option<Sound>,
    position: usize,
}

impl Player {
    pub fn new(prompts: Arc<Prompts>) -> Self {
        Self { prompts, playing: None, position: 0 }
    }

    /// The next `samples` (20 ms unless the far end packs otherwise).
    pub fn next(&mut self, sound: Sound, codec: Codec, samples: usize) -> Vec<u8> {
        if self.playing != Some(sound) {
            (self.playing, self.position) = (Some(sound), 0);
        }
        let from = self.position;
        self.position += samples;
        match sound {
            Sound::Silence => vec![codec.silence(); samples],
            Sound::Round(prompt) => {
                let speech = self.prompts.sound(prompt);
                (from..from + samples).map(|at| Codec::Pcma.convert(speech[at % speech.len()], codec)).collect()
            }
            Sound::Once(prompt) => {
                let speech = self.prompts.sound(prompt);
                let at = |at: usize| speech.get(at).map_or(codec.silence(), |byte| Codec::Pcma.convert(*byte, codec));
                (from..from + samples).map(at).collect()
            }
            Sound::RingBack => ring(from, samples, RING_BACK_DBFS, codec),
            Sound::Waiting => ring(from, samples, WAITING_DBFS, codec),
        }
    }

    pub fn next_frame(&mut self, sound: Sound, codec: Codec) -> Vec<u8> {
        self.next(sound, codec, FRAME_SAMPLES)
    }

    /// Whether this prompt has been played to its end.
    pub fn is_over(&self, prompt: Prompt) -> bool {
        self.playing == Some(Sound::Once(prompt)) && self.position >= self.prompts.sound(prompt).len()
    }

    /// The next sound starts from its beginning.
    pub fn stop(&mut self) {
        self.playing = None;
    }
}

fn ring(from: usize, samples: usize, dbfs: f32, codec: Codec) -> Vec<u8> {
    let at = from % RING_BACK_ROUND_SAMPLES;
    let mut pcm = tone::generate(tone::RING_BACK_HZ, dbfs, at as u64, samples);
    pcm.iter_mut().zip(at..).for_each(|(sample, at)| {
        if at % RING_BACK_ROUND_SAMPLES >= RING_BACK_ON_SAMPLES {
            *sample = 0;
        }
    });
    codec.encode_all(&pcm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn player() -> Player {
        Player::new(Arc::new(Prompts::default()))
    }

    fn seconds(sound: Sound, codec: Codec, count: usize) -> Vec<i16> {
        let mut player = player();
        (0..count * 50).flat_map(|_| codec.decode_all(&player.next_frame(sound, codec))).collect()
    }

    #[test]
    fn prompts_speak_in_both_laws_once_or_round() {
        for codec in [Codec::Pcma, Codec::Pcmu] {
            for prompt in [Prompt::Hold, Prompt::PleaseWait] {
                let heard = seconds(Sound::Round(prompt), codec, 20);
                assert!(tone::rms_dbfs(&heard[..16_000]) > -30.0, "{prompt:?} {codec:?}");
                assert!(tone::rms_dbfs(&heard[80_000..]) > -40.0, "{prompt:?} {codec:?} in its later rounds");
            }
            let heard = seconds(Sound::Once(Prompt::Greeting), codec, 12);
            assert!(tone::rms_dbfs(&heard[..40_000]) > -30.0, "{codec:?}");
            assert!(tone::rms_dbfs(&heard[48_000..]) < -70.0, "{codec:?}: quiet after it");
        }
    }

    #[test]
    fn the_end_of_a_prompt_is_known() {
        let mut player = player();
        let frames = player.prompts.sound(Prompt::Thanks).len().div_ceil(FRAME_SAMPLES);
        for nth in 0..frames {
            assert!(!player.is_over(Prompt::Thanks), "frame {nth} of {frames}");
            player.next_frame(Sound::Once(Prompt::Thanks), Codec::Pcma);
        }
        assert!(player.is_over(Prompt::Thanks) && !player.is_over(Prompt::Greeting));
    }

    #[test]
    fn ring_back_is_one_second_in_five() {
        for (sound, dbfs) in [(Sound::RingBack, RING_BACK_DBFS), (Sound::Waiting, WAITING_DBFS)] {
            let heard = seconds(sound, Codec::Pcma, 6);
            assert!(tone::energy_at(425.0, &heard[..8_000]) > 0.98);
            assert!(tone::rms_dbfs(&heard[8_000..40_000]) < -70.0);
            assert!((tone::rms_dbfs(&heard[40_000..48_000]) - dbfs).abs() < 1.0);
        }
    }

    #[test]
    fn silence_is_silent() {
        assert!(tone::rms_dbfs(&seconds(Sound::Silence, Codec::Pcmu, 1)) < -70.0);
    }
}
