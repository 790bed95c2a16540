//! The ear's words: which, how many, how soon. How often it is right is measured by `siaga sim voices`.

use super::*;
use crate::tone;

type Source<'a> = &'a dyn Fn(usize) -> Vec<i16>;

/// Feeds a second of each sound and says what was reported in it, and when (ms from the start).
fn reports(sounds: &[Source<'_>], attention: Attention) -> Vec<(u64, Report)> {
    let start = Instant::now();
    let mut listener = Listener::default();
    let mut told = Vec::new();
    for (second, sound) in sounds.iter().enumerate() {
        for n in 0..50 {
            let ms = second as u64 * 1_000 + n as u64 * 20;
            let now = start + Duration::from_millis(ms);
            listener.hear(&sound(n), attention, now);
            told.extend(listener.report(now).map(|report| (ms, report)));
        }
    }
    told
}

/// The loudest kind told in each second; nothing told is silence going on.
fn kinds(sounds: &[Source<'_>], attention: Attention) -> Vec<Sound> {
    let told = reports(sounds, attention);
    let in_second = |second: usize| told.iter().filter(move |(ms, _)| *ms / 1_000 == second as u64);
    (0..sounds.len())
        .map(|second| in_second(second).map(|(_, report)| report.sound).max().unwrap_or(Sound::Silence))
        .collect()
}

fn tone_at(dbfs: f32) -> impl Fn(usize) -> Vec<i16> {
    move |n| tone::generate(440.0, dbfs, n as u64 * 160, 160)
}

#[test]
fn for_a_person_what_stands_out_and_lasts_is_voice() {
    let (quiet, loud, hiss) = (tone_at(-70.0), tone_at(-20.0), tone_at(-45.0));
    assert_eq!(
        kinds(&[&quiet, &loud, &quiet, &quiet], Attention::Person),
        [Sound::Silence, Sound::Voice, Sound::Voice, Sound::Silence],
        "it lingers into the third"
    );
    let rounds: Vec<Source<'_>> = vec![&hiss; 12];
    assert_eq!(kinds(&rounds, Attention::Person)[11], Sound::Silence, "steady noise is learnt as the floor");
}

#[test]
fn a_tap_is_noise_for_both() {
    let quiet = tone_at(-70.0);
    let tap = |n: usize| tone::generate(440.0, if n == 10 { -10.0 } else { -70.0 }, 0, 160);
    for attention in [Attention::Person, Attention::Machine] {
        assert_eq!(
            kinds(&[&quiet, &tap, &quiet], attention),
            [Sound::Silence, Sound::Noise, Sound::Silence],
            "{attention:?}"
        );
    }
}

#[test]
fn our_own_ring_back_is_no_evidence() {
    let quiet = tone_at(-70.0);
    let echo = |n: usize| tone::generate(tone::RING_BACK_HZ, -40.0, n as u64 * 160, 160);
    for attention in [Attention::Person, Attention::Machine] {
        assert_eq!(kinds(&[&quiet, &echo, &quiet], attention), [Sound::Silence; 3], "{attention:?}");
    }
}

#[test]
fn words_are_few() {
    let (quiet, loud) = (tone_at(-70.0), tone_at(-20.0));
    let rounds: Vec<Source<'_>> = vec![&quiet; 10];
    assert!(reports(&rounds, Attention::Machine).len() <= 1, "a steady line says one thing");
    let flicker = |n: usize| if n % 7 < 3 { loud(n) } else { quiet(n) };
    let rounds: Vec<Source<'_>> = vec![&flicker; 10];
    for attention in [Attention::Person, Attention::Machine] {
        let told = reports(&rounds, attention);
        assert!(!told.is_empty());
        assert!(told.windows(3).all(|three| three[2].0 - three[0].0 >= 1_000), "at most two a second: {told:?}");
    }
}

#[test]
fn evidence_is_told_at_once() {
    let (quiet, loud) = (tone_at(-70.0), tone_at(-20.0));
    let told = reports(&[&quiet, &quiet, &loud], Attention::Person);
    let (ms, _) = told.iter().find(|(_, report)| report.sound == Sound::Voice).expect("told");
    assert!((2_000..2_100).contains(ms), "{ms}");
}

#[test]
fn a_line_that_stops_is_reported_silent() {
    let start = Instant::now();
    let mut listener = Listener::default();
    for n in 0..10 {
        listener.hear(&tone_at(-20.0)(n), Attention::Person, start);
    }
    assert!(listener.report(start).is_some_and(|report| report.level_dbfs > -21.0));
    let after = start + Duration::from_secs(2);
    assert_eq!(listener.report(after), Some(Report { level_dbfs: SILENCE_DBFS, sound: Sound::Silence }));
    assert_eq!(listener.report(after + Duration::from_secs(2)), None);
}
