//! Words of landmark and street that two sheets have in common, misheard ones too.

use super::Candidate;
use crate::view::incident::IntakeFields;
use std::collections::HashMap;

/// A name that few incidents have.
pub const NAME_POINTS: i32 = 14;
/// The same, misheard by a letter or two.
const MISHEARD_POINTS: i32 = 9;
/// A mosque, a market, a school: every kelurahan has some.
const KIND_POINTS: i32 = 3;
/// More words add nothing: a long description is not more the same.
const POINTS_MAX: i32 = 34;
/// Words told as a reason; the rest would not fit the line.
const TOLD_MAX: usize = 3;
/// A word that more candidates than this have is no name.
const NAMED_BY_MAX: usize = 2;

/// Where, not what: says nothing.
const FILLERS: [&str; 36] = [
    "depan",
    "dekat",
    "belakang",
    "samping",
    "seberang",
    "sebelah",
    "sekitar",
    "arah",
    "dari",
    "ke",
    "di",
    "yang",
    "pas",
    "persis",
    "itu",
    "ini",
    "ada",
    "jalan",
    "jln",
    "jl",
    "gang",
    "gg",
    "rt",
    "rw",
    "no",
    "nomor",
    "kel",
    "kelurahan",
    "kec",
    "kecamatan",
    "kampung",
    "kp",
    "link",
    "lingkungan",
    "komplek",
    "blok",
];
/// Kinds of places.
const KINDS: [&str; 34] = [
    "masjid",
    "mesjid",
    "mushola",
    "musholla",
    "pasar",
    "sekolah",
    "sd",
    "sdn",
    "smp",
    "smpn",
    "sma",
    "sman",
    "smk",
    "toko",
    "warung",
    "rumah",
    "kantor",
    "jembatan",
    "lapangan",
    "pos",
    "ronda",
    "bengkel",
    "perumahan",
    "perum",
    "puskesmas",
    "klinik",
    "terminal",
    "stasiun",
    "simpang",
    "lampu",
    "merah",
    "taman",
    "raya",
    "kota",
];

fn words(fields: &IntakeFields) -> Vec<String> {
    let mut found: Vec<String> = [&fields.landmark, &fields.address]
        .into_iter()
        .flatten()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 2 && !FILLERS.contains(&word.as_str()))
        .filter(|word| !word.chars().all(|c| c.is_ascii_digit()))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The words of all candidates, and how many have each: in a storm in Banten Lama everybody says *Banten*.
pub struct Common {
    counts: HashMap<String, usize>,
    theirs: Vec<Vec<String>>,
}

impl Common {
    pub fn of(candidates: &[Candidate]) -> Self {
        let mut counts = HashMap::new();
        let mut theirs = Vec::with_capacity(candidates.len());
        for one in candidates {
            let mut all: Vec<String> = one.sheets.iter().flat_map(words).collect();
            all.sort();
            all.dedup();
            for word in &all {
                *counts.entry(word.clone()).or_default() += 1;
            }
            theirs.push(all);
        }
        Self { counts, theirs }
    }

    /// Points with the candidate at `index`, and the words for the person. Each word of the call counts once.
    pub fn shared(&self, asked: &IntakeFields, index: usize) -> (i32, Vec<String>) {
        let theirs = self.theirs.get(index).map(Vec::as_slice).unwrap_or_default();
        let mut hits: Vec<(i32, String)> = words(asked)
            .into_iter()
            .filter_map(|word| {
                let best = theirs.iter().map(|other| self.worth(&word, other)).max().unwrap_or(0);
                (best > 0).then_some((best, word))
            })
            .collect();
        hits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let points: i32 = hits.iter().map(|(points, _)| points).sum();
        (points.min(POINTS_MAX), hits.into_iter().take(TOLD_MAX).map(|(_, word)| word).collect())
    }

    fn worth(&self, word: &str, other: &str) -> i32 {
        let kind =
            |word: &str| KINDS.contains(&word) || self.counts.get(word).is_some_and(|count| *count > NAMED_BY_MAX);
        match () {
            () if word == other && kind(word) => KIND_POINTS,
            () if word == other => NAME_POINTS,
            () if !kind(word) && !kind(other) && is_misheard(word, other) => MISHEARD_POINTS,
            () => 0,
        }
    }
}

/// One letter off in a word of four to six, two in a longer one.
fn is_misheard(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    match shorter {
        0..=3 => false,
        4..=6 => steps(a, b) <= 1,
        _ => steps(a, b) <= 2,
    }
}

/// Letters to put in, take out, change or swap (optimal string alignment).
fn steps(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}
