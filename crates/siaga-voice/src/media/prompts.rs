//! Sound that the machine makes: prompts in a loop, ring-back tone, silence. One frame of 20 ms at a time.

use super::{Codec, g711::FRAME_SAMPLES};
use crate::{Prompt, tone};

/// Ring-back tone of Indonesia (ITU-T E.180 list): 425 Hz, 1 s on, 4 s off.
const RING_BACK_HZ: f64 = 425.0;
const RING_BACK_DBFS: f32 = -20.0;
const RING_BACK_ON_FRAMES: u64 = 50;
const RING_BACK_ROUND_FRAMES: u64 = 250;

/// A-law, 8 kHz, no header.
fn prompt(prompt: Prompt) -> &'static [u8] {
    match prompt {
        Prompt::Hold => include_bytes!("../../../../city/serang/prompts/hold.al"),
        Prompt::PleaseWait => include_bytes!("../../../../city/serang/prompts/please_wait.al"),
        Prompt::Greeting
        | Prompt::Challenge
        | Prompt::AnyKey
        | Prompt::YesNo
        | Prompt::CallBackMenu
        | Prompt::Thanks => include_bytes!("../../../../city/serang/prompts/please_wait.al"),
    }
}

/// Sounds one after the other start from the beginning; the same sound goes on where it was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sound {
    Silence,
    Prompt(Prompt),
    RingBack,
}

/// An endless source of frames in one codec.
#[derive(Default)]
pub struct Player {
    playing: Option<Sound>,
    frame: u64,
}

impl Player {
    pub fn next_frame(&mut self, sound: Sound, codec: Codec) -> [u8; FRAME_SAMPLES] {
        if self.playing != Some(sound) {
            (self.playing, self.frame) = (Some(sound), 0);
        }
        let frame = self.frame;
        self.frame += 1;
        let mut out = [codec.silence(); FRAME_SAMPLES];
        match sound {
            Sound::Silence => {}
            Sound::Prompt(which) => {
                let speech = prompt(which);
                for (n, byte) in out.iter_mut().enumerate() {
                    let at = (frame as usize * FRAME_SAMPLES + n) % speech.len();
                    *byte = Codec::Pcma.convert(speech[at], codec);
                }
            }
            Sound::RingBack => {
                let in_round = frame % RING_BACK_ROUND_FRAMES;
                if in_round < RING_BACK_ON_FRAMES {
                    let pcm = tone::generate(RING_BACK_HZ, RING_BACK_DBFS, in_round * 160, FRAME_SAMPLES);
                    out.copy_from_slice(&codec.encode_all(&pcm));
                }
            }
        }
        out
    }

    /// The next sound starts from its beginning.
    pub fn stop(&mut self) {
        self.playing = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(sound: Sound, codec: Codec, count: usize) -> Vec<i16> {
        let mut player = Player::default();
        (0..count * 50).flat_map(|_| codec.decode_all(&player.next_frame(sound, codec))).collect()
    }

    #[test]
    fn prompts_speak_in_both_laws_and_come_round_again() {
        for which in [Prompt::Hold, Prompt::PleaseWait] {
            assert!((8_000..80_000).contains(&prompt(which).len()), "1 to 10 s, was {}", prompt(which).len());
            for codec in [Codec::Pcma, Codec::Pcmu] {
                let heard = seconds(Sound::Prompt(which), codec, 20);
                assert!(tone::rms_dbfs(&heard[..16_000]) > -30.0, "{which:?} {codec:?}");
                assert!(tone::rms_dbfs(&heard[80_000..]) > -40.0, "{which:?} {codec:?} in its later rounds");
            }
        }
    }

    #[test]
    fn ring_back_is_one_second_in_five() {
        let heard = seconds(Sound::RingBack, Codec::Pcma, 6);
        assert!(tone::energy_at(425.0, &heard[..8_000]) > 0.98);
        assert!(tone::rms_dbfs(&heard[8_000..40_000]) < -70.0);
        assert!(tone::rms_dbfs(&heard[40_000..48_000]) > -21.0);
    }

    #[test]
    fn silence_is_silent() {
        assert!(tone::rms_dbfs(&seconds(Sound::Silence, Codec::Pcmu, 1)) < -70.0);
    }
}
