//! How well a spelling fits what was asked: word by word in any order, with spaces missing or too many.

use super::{ask::Asked, index::Spelling, sound::is_clipped, words::Word};
use crate::view::city::PlaceKind;

/// Fits at least this well or not at all (thousandths).
pub(super) const FIT_MIN: u32 = 500;
/// What was asked is the name, and nothing else (thousandths).
pub(super) const FIT_WHOLE: u32 = 1_000;
/// Of a fit, the share of what was asked (the rest: how much of the name was said).
const ASKED_SHARE: f32 = 0.8;
/// A word of the surroundings ("sukawana curug") says less than one of the name.
const AROUND_FACTOR: f32 = 0.96;
/// So does a likeness that no word boundary explains.
const IN_ONE_ROW_FACTOR: f32 = 0.97;
/// A beginning that only sounds right says something from so many letters on: "rau" is not the beginning of Royal.
const SOUND_BEGUN_MIN: usize = 4;
/// Below this two words are not the same (0 to 1).
const ALIKE_MIN: f32 = 0.6;

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    /// 0 to [`FIT_WHOLE`].
    pub score: u32,
    /// Every word was said as it is written, and no word of the name is missing.
    pub whole: bool,
}

/// `None`: not at all.
pub(super) fn fit(spelling: &Spelling, asked: &Asked) -> Option<Fit> {
    let words = &asked.words;
    // what a word says of the surroundings; of the name it must say at least as much to count there
    let mut said: Vec<f32> = words
        .iter()
        .map(|word| spelling.around.iter().map(|one| alike(word, one, false)).fold(0.0, f32::max) * AROUND_FACTOR)
        .collect();
    let mut named = vec![0.0f32; spelling.words.len()];
    name_words_said(spelling, words, &mut said, &mut named);
    // all letters of both in one row, for what no word boundary explains
    let joined: String = words.iter().map(|word| word.sound.as_str()).collect();
    let in_one_row = edits_alike(&joined, &spelling.joined) * IN_ONE_ROW_FACTOR;
    if in_one_row == 0.0 && named.iter().all(|part| *part == 0.0) {
        return None;
    }
    let (asked_share, named_share) = (share(&said, words), share(&named, &spelling.words));
    let score = (asked_share * ASKED_SHARE + named_share * (1.0 - ASKED_SHARE)).max(in_one_row)
        + kind_bonus(spelling.kind, asked.kind);
    let whole = said.iter().all(|part| *part >= AROUND_FACTOR)
        && named.iter().all(|part| *part >= 1.0)
        && asked.kind.is_none_or(|kind| fits_kind(spelling.kind, kind));
    let score = if whole { FIT_WHOLE } else { ((score * 1_000.0) as u32).min(FIT_WHOLE - 1) };
    (score >= FIT_MIN).then_some(Fit { score, whole })
}

/// Raises `said` by the words of the name, and `named` by the words that were asked.
fn name_words_said(spelling: &Spelling, words: &[Word], said: &mut [f32], named: &mut [f32]) {
    for (at, word) in words.iter().enumerate() {
        let last = at + 1 == words.len();
        let around = said[at];
        for (own_at, own) in spelling.words.iter().enumerate() {
            let alike = alike(word, own, last);
            if alike >= around {
                said[at] = said[at].max(alike);
                named[own_at] = named[own_at].max(alike);
            }
        }
        // "pasarrau": two words of the name without their space
        for (own_at, pair) in spelling.words.windows(2).enumerate() {
            let alike = joined_alike(&[word], &[&pair[0], &pair[1]]);
            if alike > said[at] {
                said[at] = alike;
                named[own_at] = named[own_at].max(alike);
                named[own_at + 1] = named[own_at + 1].max(alike);
            }
        }
    }
    // "lontar baru": a space too many
    for (at, pair) in words.windows(2).enumerate() {
        for (own_at, own) in spelling.words.iter().enumerate() {
            let alike = joined_alike(&[&pair[0], &pair[1]], &[own]);
            if alike > (said[at] + said[at + 1]) / 2.0 {
                (said[at], said[at + 1]) = (alike, alike);
                named[own_at] = named[own_at].max(alike);
            }
        }
    }
}

fn share(parts: &[f32], words: &[Word]) -> f32 {
    let all: f32 = words.iter().map(|word| f32::from(word.weight)).sum();
    parts.iter().zip(words).map(|(part, word)| part * f32::from(word.weight)).sum::<f32>() / all
}

/// 0 to 1.
fn alike(asked: &Word, own: &Word, last: bool) -> f32 {
    if asked.plain == own.plain {
        return 1.0;
    }
    if asked.sound == own.sound {
        return 0.97;
    }
    let letters = asked.plain.chars().count();
    if asked.plain.bytes().all(|b| b.is_ascii_digit()) {
        // SMP 1 is not SMP 11
        return 0.0;
    }
    if letters == 1 {
        // an initial, or the first letter of what is being typed
        return if own.plain.starts_with(&asked.plain) { 0.75 } else { 0.0 };
    }
    let sounds_begun = asked.sound.len() >= SOUND_BEGUN_MIN && own.sound.starts_with(&asked.sound);
    if own.plain.starts_with(&asked.plain) || sounds_begun {
        return if last { 0.92 } else { 0.86 };
    }
    if is_clipped(&asked.plain, &own.plain) {
        return 0.85;
    }
    edits_alike(&asked.sound, &own.sound)
}

fn joined_alike(asked: &[&Word], own: &[&Word]) -> f32 {
    let join = |words: &[&Word], part: fn(&Word) -> &str| words.iter().map(|word| part(word)).collect::<String>();
    if join(asked, |word| &word.plain) == join(own, |word| &word.plain) {
        return 1.0;
    }
    edits_alike(&join(asked, |word| &word.sound), &join(own, |word| &word.sound))
}

/// Fewer edits (a letter missing, added, another, two exchanged) than the word bears, 0 to 1.
fn edits_alike(one: &str, other: &str) -> f32 {
    let (short, long) = if one.len() < other.len() { (one.len(), other.len()) } else { (other.len(), one.len()) };
    let bears = match short {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    if long - short > bears {
        return 0.0;
    }
    let edits = strsim::osa_distance(one, other);
    if edits > bears {
        return 0.0;
    }
    let alike = 1.0 - 0.9 * edits as f32 / long as f32;
    // the first letter is rarely wrong
    let alike = if one.chars().next() == other.chars().next() { alike } else { alike - 0.08 };
    if alike < ALIKE_MIN { 0.0 } else { alike }
}

/// A complex is called Link. by one and Komplek by another; a kampung may be a landmark to a third.
fn fits_kind(own: PlaceKind, asked: PlaceKind) -> bool {
    own == asked || (asked == PlaceKind::Neighbourhood && own == PlaceKind::Landmark)
}

fn kind_bonus(own: PlaceKind, asked: Option<PlaceKind>) -> f32 {
    match asked {
        None => 0.0,
        Some(asked) if own == asked => 0.03,
        Some(asked) if fits_kind(own, asked) => 0.0,
        Some(_) => -0.12,
    }
}
