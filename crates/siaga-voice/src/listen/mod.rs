//! What is heard from a caller: silence, noise or voice. It measures and never judges; nothing here may delay or end a call.
//!
//! Two detectors: a plain one of energy above the line's own floor ([`level`]), always; and a trained one ([`voice`]) on lines
//! where no person listens, where much depends on it. How well both do on telephone sound is measured by
//! `siaga sim voices`; the figures stand in `docs/listening.md`.

mod floor;
mod level;
mod upsample;
mod voice;

use crate::tone::{RING_BACK_HZ, SILENCE_DBFS, energy_at, rms_dbfs};
use level::Level;
use siaga_core::call::Sound;
use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};
use voice::VoiceFinder;

/// Two reports a second are enough for a meter ...
const REPORT_EVERY: Duration = Duration::from_millis(500);
/// ... and evidence is told at once, but never more than two words in this time.
const TWO_REPORTS_IN: Duration = Duration::from_secs(1);
/// A level that moved by this is worth a report.
const CHANGED_DB: f32 = 3.0;
/// No packet for this long is silence.
const STALE: Duration = Duration::from_secs(1);
/// Noise waits this long before it is told: the beginning of a word sounds like it.
const NOISE_WAITS: Duration = Duration::from_millis(160);
/// A frame is an echo of our ring-back tone when this share of its energy is at that frequency; no voice is so pure.
const ECHO_SHARE: f64 = 0.88;

/// Who else listens on this line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attention {
    /// Nobody: every means is used.
    Machine,
    /// A person hears the caller; the level is enough for the meter.
    Person,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Report {
    /// Loudest frame since the last report.
    pub level_dbfs: f32,
    /// Loudest kind since the last report.
    pub sound: Sound,
}

/// The ear on one line.
pub struct Listener {
    level: Level,
    voice: Option<VoiceFinder>,
    loudest_dbfs: f32,
    sound: Option<Sound>,
    noise_since: Option<Instant>,
    last_packet: Option<Instant>,
    last: Option<Report>,
    /// When the last two reports were made.
    told: VecDeque<Instant>,
}

impl Default for Listener {
    fn default() -> Self {
        Self {
            level: Level::default(),
            voice: None,
            loudest_dbfs: SILENCE_DBFS,
            sound: None,
            noise_since: None,
            last_packet: None,
            last: None,
            told: VecDeque::new(),
        }
    }
}

impl Listener {
    /// One frame (usually 20 ms) of what the caller says, 8 kHz.
    pub fn hear(&mut self, pcm: &[i16], attention: Attention, now: Instant) {
        self.last_packet = Some(now);
        // Our own ring-back tone, come back: nothing that the caller does.
        if energy_at(RING_BACK_HZ, pcm) > ECHO_SHARE {
            self.sound = self.sound.max(Some(Sound::Silence));
            return;
        }
        self.loudest_dbfs = self.loudest_dbfs.max(rms_dbfs(pcm));
        let level = self.level.hear(pcm);
        let voice = match attention {
            Attention::Machine => self.voice.get_or_insert_default().hear(pcm, &self.level.floor),
            Attention::Person => {
                self.voice = None;
                level.lasts
            }
        };
        if voice {
            self.sound = Some(Sound::Voice);
        } else if level.stands_out {
            self.sound = self.sound.max(Some(Sound::Noise));
            self.noise_since.get_or_insert(now);
        } else {
            self.sound = self.sound.max(Some(Sound::Silence));
        }
    }

    /// What changed, when it is time to say so.
    pub fn report(&mut self, now: Instant) -> Option<Report> {
        let since = |at: Instant| now.saturating_duration_since(at);
        if self.told.len() == 2 && self.told.front().is_some_and(|at| since(*at) < TWO_REPORTS_IN) {
            return None;
        }
        let stale = self.last_packet.is_none_or(|at| since(at) >= STALE);
        let sound = match self.sound {
            Some(sound) => sound,
            None if stale && self.last.is_some() => Sound::Silence,
            None => return None,
        };
        if sound == Sound::Noise && self.noise_since.is_some_and(|at| since(at) < NOISE_WAITS) {
            return None;
        }
        let report = Report { level_dbfs: self.loudest_dbfs, sound };
        let rises = self.last.is_none_or(|last| sound > last.sound);
        if !rises && self.told.back().is_some_and(|at| since(*at) < REPORT_EVERY) {
            return None;
        }
        (self.loudest_dbfs, self.sound, self.noise_since) = (SILENCE_DBFS, None, None);
        let changed = rises
            || self
                .last
                .is_some_and(|last| last.sound != sound || (last.level_dbfs - report.level_dbfs).abs() >= CHANGED_DB);
        if !changed {
            return None;
        }
        self.last = Some(report);
        self.told.push_back(now);
        if self.told.len() > 2 {
            self.told.pop_front();
        }
        Some(report)
    }
}

#[cfg(test)]
mod tests;
