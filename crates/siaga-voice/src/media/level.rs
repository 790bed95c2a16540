//! What is heard from the caller: level and voice activity. It measures and never judges; nothing here may delay or end
//! a call.

use crate::tone::{SILENCE_DBFS, rms_dbfs};
use std::time::{Duration, Instant};

/// Voice is this far above the noise floor.
const ABOVE_FLOOR_DB: f32 = 9.0;
/// Below this nothing is called voice, however quiet the line.
const VOICE_MIN_DBFS: f32 = -50.0;
/// The floor is never thought higher than this: a caller who shouts without pause is still a voice.
const FLOOR_MAX_DBFS: f32 = -35.0;
/// The floor climbs this much per frame while the sound stays above it (6 dB a second) and falls at once.
const FLOOR_RISE_DB: f32 = 0.12;
/// Frames of voice needed to begin (60 ms: a click is not a voice) and frames it lingers after the last (300 ms).
const BEGIN_FRAMES: u8 = 3;
const LINGER_FRAMES: u8 = 15;
/// Reports come at most twice a second, and only when the level moved by this or voice began or ended.
const REPORT_EVERY: Duration = Duration::from_millis(500);
const CHANGED_DB: f32 = 3.0;
/// No packet for this long is silence.
const STALE: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Report {
    /// Loudest frame since the last report.
    pub level_dbfs: f32,
    /// Voice at any moment since the last report.
    pub voice: bool,
}

pub struct Level {
    floor_dbfs: f32,
    run: u8,
    linger: u8,
    loudest: f32,
    voiced: bool,
    last_packet: Option<Instant>,
    reported: Option<(Report, Instant)>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            floor_dbfs: -60.0,
            run: 0,
            linger: 0,
            loudest: SILENCE_DBFS,
            voiced: false,
            last_packet: None,
            reported: None,
        }
    }
}

impl Level {
    /// One frame (usually 20 ms) of what the caller says.
    pub fn hear(&mut self, pcm: &[i16], now: Instant) {
        self.last_packet = Some(now);
        let level = rms_dbfs(pcm);
        self.loudest = self.loudest.max(level);
        let loud = level >= VOICE_MIN_DBFS && level >= self.floor_dbfs + ABOVE_FLOOR_DB;
        self.run = if loud { self.run.saturating_add(1) } else { 0 };
        if self.run >= BEGIN_FRAMES {
            self.linger = LINGER_FRAMES;
        }
        self.voiced |= self.linger > 0;
        self.linger = self.linger.saturating_sub(1);
        self.floor_dbfs = if level < self.floor_dbfs {
            level.max(-75.0)
        } else {
            (self.floor_dbfs + FLOOR_RISE_DB).min(level).min(FLOOR_MAX_DBFS)
        };
    }

    /// What changed, when it is time to say so.
    pub fn report(&mut self, now: Instant) -> Option<Report> {
        if self.reported.is_some_and(|(_, at)| now.saturating_duration_since(at) < REPORT_EVERY) {
            return None;
        }
        let stale = self.last_packet.is_none_or(|at| now.saturating_duration_since(at) >= STALE);
        if !stale && self.loudest <= SILENCE_DBFS && !self.voiced && self.reported.is_none() {
            return None;
        }
        let report = Report { level_dbfs: self.loudest, voice: self.voiced };
        let changed = match self.reported {
            None => !stale,
            Some((before, _)) => {
                before.voice != report.voice || (before.level_dbfs - report.level_dbfs).abs() >= CHANGED_DB
            }
        };
        (self.loudest, self.voiced) = (SILENCE_DBFS, false);
        if !changed {
            return None;
        }
        self.reported = Some((report, now));
        Some(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tone;

    /// Feeds a second of each sound and says whether voice was reported in it.
    fn voices(sounds: &[&dyn Fn(usize) -> Vec<i16>]) -> (Vec<bool>, usize) {
        let start = Instant::now();
        let (mut level, mut reports, mut frame) = (Level::default(), 0, 0u32);
        let mut voice = Vec::new();
        for sound in sounds {
            let mut heard = false;
            for n in 0..50 {
                let now = start + frame * Duration::from_millis(20);
                level.hear(&sound(n), now);
                if let Some(report) = level.report(now) {
                    reports += 1;
                    heard |= report.voice;
                }
                frame += 1;
            }
            voice.push(heard);
        }
        (voice, reports)
    }

    fn tone_at(dbfs: f32) -> impl Fn(usize) -> Vec<i16> {
        move |n| tone::generate(440.0, dbfs, n as u64 * 160, 160)
    }

    #[test]
    fn voice_stands_out_from_the_line() {
        let (quiet, loud, hiss) = (tone_at(-70.0), tone_at(-20.0), tone_at(-45.0));
        assert_eq!(voices(&[&quiet, &loud, &quiet, &quiet]).0, [false, true, true, false], "it lingers into the third");
        let click = |n: usize| tone::generate(440.0, if n == 10 { -10.0 } else { -70.0 }, 0, 160);
        assert_eq!(voices(&[&quiet, &click, &quiet]).0, [false, false, false], "one frame is a click");
        let rounds: Vec<&dyn Fn(usize) -> Vec<i16>> = vec![&hiss; 12];
        assert!(!voices(&rounds).0[11], "steady noise is learnt as the floor");
    }

    #[test]
    fn reports_are_few_and_only_on_change() {
        let (quiet, loud) = (tone_at(-70.0), tone_at(-20.0));
        let rounds: Vec<&dyn Fn(usize) -> Vec<i16>> = vec![&quiet; 10];
        assert!(voices(&rounds).1 <= 1, "a steady line says one thing");
        let (_, reports) = voices(&[&quiet, &loud, &quiet, &loud]);
        assert!((3..=8).contains(&reports), "{reports}");
    }

    #[test]
    fn a_line_that_stops_is_reported_silent() {
        let start = Instant::now();
        let mut level = Level::default();
        level.hear(&tone::generate(440.0, -20.0, 0, 160), start);
        assert!(level.report(start).is_some_and(|r| r.level_dbfs > -21.0));
        let after = start + Duration::from_secs(2);
        assert_eq!(level.report(after), Some(Report { level_dbfs: SILENCE_DBFS, voice: false }));
        assert_eq!(level.report(after + Duration::from_secs(2)), None);
    }
}
