//! One draw after the other through the ear, and the count of what it said.

use super::{
    noise::{Burst, Elsewhere, Steady},
    person::Person,
    table::{Cell, Figures, Share, Times},
    wave::at_level,
};
use audio_codec_algorithms::{decode_alaw, encode_alaw};
use rand::{Rng, SeedableRng, rngs::SmallRng};
use siaga_core::call::Sound;
use siaga_voice::listen::{Attention, Listener};
use std::time::{Duration, Instant};

pub const LEVELS_DBFS: [i8; 5] = [-10, -20, -30, -40, -50];
const FRAME: usize = 160;
const FRAME_MS: u64 = 20;
/// The line alone, before the sound.
const LEAD_FRAMES: usize = 75;
const SOUND_FRAMES: usize = 200;
const STEADY_FRAMES: usize = 500;
/// A steady sound is new to the ear for so long; noise told in it is right.
const NEW_FRAMES: usize = 100;
const HISS_DBFS: f32 = -65.0;

/// What the line adds to a sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Clean,
    /// Traffic, this many dB below the sound.
    Snr(u8),
    Dropouts,
}

impl Condition {
    pub const ALL: [Condition; 5] =
        [Condition::Clean, Condition::Snr(20), Condition::Snr(10), Condition::Snr(5), Condition::Dropouts];

    pub fn key(self) -> String {
        match self {
            Condition::Clean => "clean".into(),
            Condition::Snr(db) => format!("snr_{db}_db"),
            Condition::Dropouts => "dropouts".into(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Options {
    /// Draws per kind, level and condition.
    pub runs: u32,
    pub seed: u64,
    pub levels_dbfs: Vec<i8>,
    pub conditions: Vec<Condition>,
}

/// What the ear said of one draw: when, counted from the sound's beginning.
struct Said {
    voice: Option<Duration>,
    evidence: Option<Duration>,
    /// Noise, after a steady sound has been there for a while.
    late_noise: bool,
}

/// The cost of the ear alone.
#[derive(Default)]
struct Clock {
    heard: Duration,
    spent: Duration,
}

pub fn measure(options: &Options) -> Figures {
    let mut clock = Clock::default();
    let mut figures = Figures::default();
    for (nth, person) in Person::ALL.into_iter().enumerate() {
        for &condition in &options.conditions {
            for &level in &options.levels_dbfs {
                let said =
                    draws(options, nth, level, condition, &mut clock, |dice| person.sound(SOUND_FRAMES * FRAME, dice));
                figures.people.push(cell(person.key(), condition, level, &said, |said| said.voice, &said_times(&said)));
            }
        }
    }
    for (nth, burst) in Burst::ALL.into_iter().enumerate() {
        for &level in &options.levels_dbfs {
            let said = draws(options, 20 + nth, level, Condition::Clean, &mut clock, |dice| {
                burst.sound(SOUND_FRAMES * FRAME, dice)
            });
            let times = said.iter().filter_map(|said| said.evidence).collect::<Vec<_>>();
            figures.bursts.push(cell(burst.key(), Condition::Clean, level, &said, |said| said.evidence, &times));
            let called_voice = said.iter().filter(|said| said.voice.is_some()).count();
            figures.bursts_called_voice.push(plain(burst.key(), level, called_voice, said.len()));
        }
    }
    for (nth, elsewhere) in Elsewhere::ALL.into_iter().enumerate() {
        for &level in &options.levels_dbfs {
            let said = draws(options, 40 + nth, level, Condition::Clean, &mut clock, |dice| {
                elsewhere.sound(SOUND_FRAMES * FRAME, dice)
            });
            let called_voice = said.iter().filter(|said| said.voice.is_some()).count();
            figures.elsewhere_called_voice.push(plain(elsewhere.key(), level, called_voice, said.len()));
        }
    }
    for (nth, steady) in Steady::ALL.into_iter().enumerate() {
        for &level in &options.levels_dbfs {
            let said: Vec<Said> = dice_of(options, 60 + nth, level)
                .map(|mut dice| {
                    let sound = at_level(steady.sound(STEADY_FRAMES * FRAME, &mut dice), f32::from(level));
                    let mut frames = coded(&sound);
                    if steady == Steady::Dropouts {
                        drop_out(&mut frames, &mut dice);
                    }
                    hear(&frames, 0, &mut clock)
                })
                .collect();
            let count = |wrong: fn(&Said) -> bool| said.iter().filter(|said| wrong(said)).count();
            let voice = count(|said| said.voice.is_some());
            figures.steady_called_voice.push(plain(steady.key(), level, voice, said.len()));
            figures.steady_called_noise.push(plain(steady.key(), level, count(|said| said.late_noise), said.len()));
        }
    }
    figures.runs = options.runs;
    figures.seed = options.seed;
    figures.cpu_ms_per_call_minute = clock.spent.as_secs_f64() * 60_000.0 / clock.heard.as_secs_f64().max(1.0);
    figures
}

fn said_times(said: &[Said]) -> Vec<Duration> {
    said.iter().filter_map(|said| said.voice).collect()
}

fn dice_of(options: &Options, kind: usize, level: i8) -> impl Iterator<Item = SmallRng> + use<> {
    let seed = options.seed.wrapping_mul(1_000_003) ^ ((kind as u64) << 32) ^ (u64::from(level.unsigned_abs()) << 24);
    (0..u64::from(options.runs)).map(move |run| SmallRng::seed_from_u64(seed ^ run))
}

fn draws(
    options: &Options,
    kind: usize,
    level: i8,
    condition: Condition,
    clock: &mut Clock,
    sound: impl Fn(&mut SmallRng) -> Vec<f32>,
) -> Vec<Said> {
    dice_of(options, kind, level)
        .map(|mut dice| {
            let sound = at_level(sound(&mut dice), f32::from(level));
            let samples = (LEAD_FRAMES + SOUND_FRAMES) * FRAME;
            let (line, line_dbfs) = match condition {
                Condition::Clean | Condition::Dropouts => (Steady::Hiss, HISS_DBFS),
                Condition::Snr(db) => (Steady::Traffic, f32::from(level) - f32::from(db)),
            };
            let mut mixed = at_level(line.sound(samples, &mut dice), line_dbfs);
            mixed.iter_mut().skip(LEAD_FRAMES * FRAME).zip(sound).for_each(|(line, sound)| *line += sound);
            let mut frames = coded(&mixed);
            if condition == Condition::Dropouts {
                drop_out(&mut frames, &mut dice);
            }
            hear(&frames, LEAD_FRAMES, clock)
        })
        .collect()
}

/// Through A-law and back.
fn coded(pcm: &[f32]) -> Vec<Vec<i16>> {
    let byte = |sample: &f32| encode_alaw(sample.clamp(-32_768.0, 32_767.0) as i16);
    pcm.chunks(FRAME).map(|frame| frame.iter().map(|sample| decode_alaw(byte(sample))).collect()).collect()
}

/// Two frames on end, one in forty times.
fn drop_out(frames: &mut [Vec<i16>], dice: &mut SmallRng) {
    for pair in frames.chunks_mut(2) {
        if dice.random_bool(0.05) {
            pair.iter_mut().for_each(|frame| frame.fill(decode_alaw(0xd5)));
        }
    }
}

fn hear(frames: &[Vec<i16>], lead: usize, clock: &mut Clock) -> Said {
    let mut ear = Listener::default();
    let start = Instant::now();
    let mut said = Said { voice: None, evidence: None, late_noise: false };
    let mut reports = Vec::new();
    for (nth, frame) in frames.iter().enumerate() {
        // The frame is here when its last sample is.
        let now = start + Duration::from_millis((nth as u64 + 1) * FRAME_MS);
        ear.hear(frame, Attention::Machine, now);
        reports.extend(ear.report(now).map(|report| (nth, report.sound)));
    }
    clock.spent += start.elapsed();
    clock.heard += Duration::from_millis(frames.len() as u64 * FRAME_MS);
    for (nth, sound) in reports.into_iter().filter(|(nth, _)| *nth >= lead) {
        let after = Duration::from_millis((nth - lead + 1) as u64 * FRAME_MS);
        if sound == Sound::Voice {
            said.voice.get_or_insert(after);
        }
        if sound >= Sound::Noise {
            said.evidence.get_or_insert(after);
        }
        said.late_noise |= sound == Sound::Noise && nth - lead >= NEW_FRAMES;
    }
    said
}

fn cell(
    kind: &'static str,
    condition: Condition,
    level_dbfs: i8,
    said: &[Said],
    found: impl Fn(&Said) -> Option<Duration>,
    times: &[Duration],
) -> Cell {
    let hits = said.iter().filter(|said| found(said).is_some()).count();
    Cell { kind, condition: condition.key(), level_dbfs, share: Share::of(hits, said.len()), times: Times::of(times) }
}

fn plain(kind: &'static str, level_dbfs: i8, hits: usize, of: usize) -> Cell {
    Cell { kind, condition: Condition::Clean.key(), level_dbfs, share: Share::of(hits, of), times: None }
}
