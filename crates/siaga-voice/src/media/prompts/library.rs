//! Every prompt as A-law: the committed ones, or a city's own files of the same names. A file that cannot be used stops the
//! start: a caller must never meet a broken sentence.

use crate::{
    Prompt,
    media::{Codec, g711::FRAME_SAMPLES},
    tone::{RATE_HZ, rms_dbfs},
};
use std::{
    borrow::Cow,
    io,
    path::{Path, PathBuf},
};

/// Milliseconds a prompt may last. Shorter is a click, longer keeps a caller from speaking.
const LENGTH_MS: std::ops::RangeInclusive<u64> = 1_000..=10_000;
/// The greeting stands between a caller and a person: product promise, 6 s.
const GREETING_MS_MAX: u64 = 6_000;
/// Loudness of a prompt in dBFS, pauses included: softer is lost in a street, louder is clipped.
const LOUDNESS_DBFS: std::ops::RangeInclusive<f32> = -30.0..=-8.0;
/// The first bytes of a WAV file, which looks like loud noise when it is taken for A-law.
const WAV_MARK: &[u8] = b"RIFF";

#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    #[error("cannot read the prompt {path}: {error}")]
    File { path: PathBuf, error: io::Error },
    #[error(
        "the prompt {0} is a WAV file; raw A-law is expected: `sox IN.wav -t al -r 8000 -c 1 OUT.al norm -9` makes it"
    )]
    Wav(PathBuf),
    #[error("the prompt {path} lasts {ms} ms; {min} to {max} ms are allowed. Shorten it or speak it anew")]
    Length { path: PathBuf, ms: u64, min: u64, max: u64 },
    #[error(
        "the prompt {path} has {dbfs:.0} dBFS; {min} to {max} are allowed. Is it A-law, 8,000 Hz, one channel, no header? \
         `norm -9` of sox sets the level"
    )]
    Loudness { path: PathBuf, dbfs: f32, min: f32, max: f32 },
}

fn name(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::Hold => "hold.al",
        Prompt::PleaseWait => "please_wait.al",
        Prompt::Greeting => "greeting.al",
        Prompt::Challenge => "challenge.al",
        Prompt::AnyKey => "any_key.al",
        Prompt::YesNo => "yes_no.al",
        Prompt::NeedHelp => "need_help.al",
        Prompt::CallBackMenu => "call_back_menu.al",
        Prompt::Thanks => "thanks.al",
        Prompt::Abuse => "abuse.al",
    }
}

macro_rules! committed {
    ($file:literal) => {
        include_bytes!(concat!("../../../../../city/serang/prompts/", $file))
    };
}

fn committed(prompt: Prompt) -> &'static [u8] {
    match prompt {
        Prompt::Hold => committed!("hold.al"),
        Prompt::PleaseWait => committed!("please_wait.al"),
        Prompt::Greeting => committed!("greeting.al"),
        Prompt::Challenge => committed!("challenge.al"),
        Prompt::AnyKey => committed!("any_key.al"),
        Prompt::YesNo => committed!("yes_no.al"),
        Prompt::NeedHelp => committed!("need_help.al"),
        Prompt::CallBackMenu => committed!("call_back_menu.al"),
        Prompt::Thanks => committed!("thanks.al"),
        Prompt::Abuse => committed!("abuse.al"),
    }
}

/// The sound of every prompt, in the order of [`Prompt::ALL`].
pub struct Prompts([Cow<'static, [u8]>; Prompt::ALL.len()]);

impl Default for Prompts {
    fn default() -> Self {
        Self(Prompt::ALL.map(|prompt| Cow::Borrowed(committed(prompt))))
    }
}

impl Prompts {
    /// The committed ones, each replaced by a file of its name in `folder` where one is. No folder is no fault.
    pub fn load(folder: &Path) -> Result<Self, PromptError> {
        let mut all = Self::default();
        for (prompt, sound) in Prompt::ALL.into_iter().zip(&mut all.0) {
            let path = folder.join(name(prompt));
            match std::fs::read(&path) {
                Ok(bytes) => {
                    check(prompt, &path, &bytes)?;
                    *sound = Cow::Owned(bytes);
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(PromptError::File { path, error }),
            }
        }
        Ok(all)
    }

    /// A-law, 8 kHz, no header; never empty.
    pub fn sound(&self, prompt: Prompt) -> &[u8] {
        &self.0[prompt as usize]
    }
}

fn check(prompt: Prompt, path: &Path, bytes: &[u8]) -> Result<(), PromptError> {
    if bytes.starts_with(WAV_MARK) {
        return Err(PromptError::Wav(path.into()));
    }
    let ms = bytes.len() as u64 * 1_000 / u64::from(RATE_HZ);
    let (min, longest) = (*LENGTH_MS.start(), *LENGTH_MS.end());
    let max = if prompt == Prompt::Greeting { GREETING_MS_MAX } else { longest };
    if !(min..=max).contains(&ms) {
        return Err(PromptError::Length { path: path.into(), ms, min, max });
    }
    let dbfs = rms_dbfs(&Codec::Pcma.decode_all(bytes));
    if !LOUDNESS_DBFS.contains(&dbfs) {
        let (min, max) = (*LOUDNESS_DBFS.start(), *LOUDNESS_DBFS.end());
        return Err(PromptError::Loudness { path: path.into(), dbfs, min, max });
    }
    debug_assert!(bytes.len() >= FRAME_SAMPLES);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tone;

    #[test]
    fn the_committed_prompts_are_as_a_citys_own_must_be() {
        let prompts = Prompts::default();
        let texts = include_str!("../../../../../city/serang/prompts/README.md");
        for prompt in Prompt::ALL {
            check(prompt, Path::new(name(prompt)), prompts.sound(prompt)).expect("a good prompt");
            assert!(texts.contains(&format!("| `{}` | ", name(prompt))), "{prompt:?} has its text in the README");
            // Speech from near the beginning: nobody waits for it.
            assert!(rms_dbfs(&Codec::Pcma.decode_all(&prompts.sound(prompt)[800..4_800])) > -35.0, "{prompt:?}");
        }
    }

    #[test]
    fn a_city_replaces_a_prompt_and_a_bad_file_is_refused_with_its_reason() {
        let folder = std::env::temp_dir().join(format!("siaga-prompts-{}", uuid::Uuid::now_v7()));
        assert!(Prompts::load(&folder).is_ok(), "no folder is no fault");
        std::fs::create_dir_all(&folder).expect("made");
        let own = Codec::Pcma.encode_all(&tone::generate(440.0, -20.0, 0, 16_000));
        std::fs::write(folder.join("thanks.al"), &own).expect("written");
        let prompts = Prompts::load(&folder).expect("good");
        assert_eq!(prompts.sound(Prompt::Thanks), own);
        assert_eq!(prompts.sound(Prompt::Hold), committed(Prompt::Hold));
        let long = Codec::Pcma.encode_all(&tone::generate(440.0, -20.0, 0, 49_000));
        let rows: [(&str, Vec<u8>, &str); 5] = [
            ("hold.al", b"RIFF....WAVE".repeat(2_000), "is a WAV file"),
            ("hold.al", own[..400].to_vec(), "lasts 50 ms"),
            ("hold.al", vec![0xd5; 16_000], "-72 dBFS"),
            ("hold.al", vec![0x2a; 16_000], "dBFS"),
            ("greeting.al", long, "lasts 6125 ms; 1000 to 6000"),
        ];
        for (file, bytes, reason) in rows {
            std::fs::write(folder.join(file), bytes).expect("written");
            let error = Prompts::load(&folder).err().expect("refused").to_string();
            assert!(error.contains(reason) && error.contains(file), "{error}");
            std::fs::remove_file(folder.join(file)).expect("removed");
        }
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
