//! Place search for the sheet: spelling drifts, names repeat, and the machine never picks.
//!
//! Every hit shows its kecamatan; two that fit equally stand side by side in a fixed order.

use super::{City, fold};
use crate::view::city::{PlaceHit, PlaceKind};
use std::collections::HashMap;

/// More than a person reads while somebody is crying.
pub const PLACES_MAX: usize = 10;
/// What is typed into the field; the rest of a pasted text says nothing about the place.
const QUERY_CHARS_MAX: usize = 80;
/// Below this two words are not the same word spelled otherwise (Terondol/Trondol is 0.96, Serang/Sepang 0.90).
const LIKENESS_MIN: f64 = 0.84;
const EARTH_M: f64 = 6_371_000.0;

/// All spellings, folded once.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    target: Target,
    /// As written in the document.
    spelling: String,
    folded: String,
    words: Vec<String>,
    /// Folded name of the district, so that "sukawana curug" means one of the two.
    district: String,
    alias: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Target {
    Village(usize),
    Landmark(usize),
}

impl Index {
    pub(super) fn of(city: &City) -> Self {
        let mut entries = Vec::new();
        let mut add = |target, district: &str, name: &str, aliases: &[String]| {
            let spellings = std::iter::once((name, false)).chain(aliases.iter().map(|alias| (alias.as_str(), true)));
            for (spelling, alias) in spellings {
                entries.push(Entry {
                    target,
                    spelling: spelling.to_owned(),
                    folded: fold(spelling),
                    words: words(spelling),
                    district: fold(district),
                    alias,
                });
            }
        };
        for (index, one) in city.villages.iter().enumerate() {
            add(Target::Village(index), &city.district_name(&one.code), &one.name, &one.aliases);
        }
        for (index, one) in city.landmarks.iter().enumerate() {
            let code = one.village.as_deref().or(one.district.as_deref()).unwrap_or_default();
            add(Target::Landmark(index), &city.district_name(code), &one.name, &one.aliases);
        }
        Self { entries }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

/// How well an entry fits, 0 to 1000; `None` when not at all.
fn fit(entry: &Entry, folded: &str, asked: &[String]) -> Option<u32> {
    if entry.folded == folded {
        return Some(1000);
    }
    if entry.folded.starts_with(folded) {
        return Some(900);
    }
    let begins = |word: &String| entry.words.iter().any(|own| own.starts_with(word.as_str()));
    if asked.iter().all(begins) {
        return Some(800);
    }
    if folded.len() >= 3 && entry.folded.contains(folded) {
        return Some(700);
    }
    let likeness = strsim::jaro_winkler(&entry.folded, folded);
    (folded.len() >= 3 && likeness >= LIKENESS_MIN).then_some((likeness * 600.0) as u32)
}

fn fit_with_district(entry: &Entry, folded: &str, asked: &[String]) -> Option<u32> {
    let name = folded.strip_suffix(entry.district.as_str()).filter(|name| !name.is_empty())?;
    let own: Vec<String> = asked.iter().filter(|word| !entry.district.contains(word.as_str())).cloned().collect();
    fit(entry, name, &own).map(|score| score.saturating_sub(1))
}

impl City {
    /// Places that fit what was typed, best first, at most [`PLACES_MAX`].
    #[must_use]
    pub fn places(&self, query: &str) -> Vec<PlaceHit> {
        let query: String = query.chars().take(QUERY_CHARS_MAX).collect();
        let mut asked = words(&query);
        // "kel. cipare" and "di depan stasiun": the little words name no place
        asked.retain(|word| {
            !matches!(word.as_str(), "kel" | "kelurahan" | "kec" | "kecamatan" | "desa" | "depan" | "dekat" | "di")
        });
        if asked.is_empty() {
            return Vec::new();
        }
        let folded = asked.concat();
        let mut best: HashMap<Target, (u32, &Entry)> = HashMap::new();
        for entry in &self.places.entries {
            // the name alone, or the name followed by its district: "sukawana curug"
            let score = fit(entry, &folded, &asked).max(fit_with_district(entry, &folded, &asked));
            if let Some(score) = score {
                let held = best.entry(entry.target).or_insert((0, entry));
                // the name itself before an alias that fits as well
                if (score, !entry.alias) > (held.0, held.0 > 0 && !held.1.alias) {
                    *held = (score, entry);
                }
            }
        }
        let mut found: Vec<(u32, Target, &Entry)> =
            best.into_iter().map(|(target, (score, entry))| (score, target, entry)).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().take(PLACES_MAX).map(|(_, target, entry)| self.hit(target, entry)).collect()
    }

    fn hit(&self, target: Target, entry: &Entry) -> PlaceHit {
        let matched = entry.alias.then(|| entry.spelling.clone());
        match target {
            Target::Village(index) => {
                let one = &self.villages[index];
                PlaceHit {
                    kind: PlaceKind::Village,
                    name: one.name.clone(),
                    village_code: Some(one.code.clone()),
                    village: Some(one.name.clone()),
                    district: self.district_name(&one.code),
                    lat: Some(one.lat),
                    lng: Some(one.lng),
                    matched,
                    approximate: true,
                }
            }
            Target::Landmark(index) => {
                let one = &self.landmarks[index];
                let village = one.village.as_deref().and_then(|code| self.village_by_code(code));
                let code = one.village.as_deref().or(one.district.as_deref()).unwrap_or_default();
                PlaceHit {
                    kind: PlaceKind::Landmark,
                    name: one.name.clone(),
                    village_code: village.map(|village| village.code.clone()),
                    village: village.map(|village| village.name.clone()),
                    district: self.district_name(code),
                    lat: one.lat.or(village.map(|village| village.lat)),
                    lng: one.lng.or(village.map(|village| village.lng)),
                    matched,
                    approximate: one.lat.is_none(),
                }
            }
        }
    }

    /// The village whose middle is nearest to a point, with the distance in metres: always a *perkiraan*.
    #[must_use]
    pub fn nearest_village(&self, lat: f64, lng: f64) -> Option<(&super::Village, u32)> {
        self.villages
            .iter()
            .map(|one| (one, metres((lat, lng), (one.lat, one.lng))))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(one, distance)| (one, distance as u32))
    }
}

/// Flat-earth distance: inside a city the error is far below the size of a village.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0).to_radians() * EARTH_M;
    let east = (a.1 - b.1).to_radians() * EARTH_M * ((a.0 + b.0) / 2.0).to_radians().cos();
    north.hypot(east)
}
