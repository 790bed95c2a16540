//! All spellings of all places, and which of them have which groups of three letters.
//!
//! With 50,000 names a comparison of each with what is typed costs a second; the groups leave some hundred to compare.

use super::{
    Known,
    words::{Word, kind_of, pieces, written},
};
use crate::{
    city::City,
    view::city::{PlaceHit, PlaceKind},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Spellings that are compared letter by letter.
const CANDIDATES_MAX: usize = 240;
/// A name of the city's own document counts this much more among the candidates: 50,000 imported streets must not push
/// the 67 kelurahan out.
const OWN_FACTOR: f32 = 1.3;

/// Who named it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trust {
    Own,
    Imported,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    pub spellings: Vec<Spelling>,
    places: Vec<PlaceHit>,
    postings: HashMap<Group, Vec<u32>>,
}

/// Three letters as one number.
type Group = u32;

#[derive(Debug)]
pub(super) struct Spelling {
    /// Position of the place.
    pub place: u32,
    pub kind: PlaceKind,
    /// As written, when it is not the place's name.
    pub alias: Option<Box<str>>,
    pub words: Box<[Word]>,
    /// All words as they sound, without spaces.
    pub joined: Box<str>,
    /// Kelurahan, kecamatan, city or neighbour in which it lies: said behind a name.
    pub around: Arc<[Word]>,
    /// Sum of what its groups tell.
    tells: f32,
    own: bool,
}

impl Index {
    pub fn of<'k>(city: &City, all: impl Iterator<Item = (&'k Known, Trust)>) -> Self {
        let mut index = Self::default();
        let mut arounds: HashMap<(Option<String>, Option<String>, Option<String>), Arc<[Word]>> = HashMap::new();
        for (one, trust) in all {
            let place = u32::try_from(index.places.len()).expect("because a city has fewer places than people");
            let hit = hit_of(city, one);
            // a kelurahan named like its kecamatan is not twice itself
            let key = (
                hit.village.clone().filter(|_| one.kind != PlaceKind::Village),
                one.outside.clone(),
                Some(hit.district.clone()),
            );
            let around = arounds.entry(key).or_insert_with_key(|(village, outside, district)| {
                let own = if outside.is_none() { Some(city.name.as_str()) } else { None };
                let texts = [village.as_deref(), district.as_deref(), outside.as_deref(), own];
                texts.into_iter().flatten().flat_map(|text| written(&pieces(text))).collect()
            });
            for (nth, spelling) in std::iter::once(&one.name).chain(&one.aliases).enumerate() {
                let words = name_words(spelling);
                if words.is_empty() {
                    continue;
                }
                index.spellings.push(Spelling {
                    place,
                    kind: one.kind,
                    alias: (nth > 0).then(|| spelling.as_str().into()),
                    joined: words.iter().map(|word| word.sound.as_str()).collect::<String>().into(),
                    words: words.into(),
                    around: Arc::clone(around),
                    tells: 0.0,
                    own: trust == Trust::Own,
                });
            }
            index.places.push(hit);
        }
        index.post();
        index
    }

    fn post(&mut self) {
        for (at, spelling) in (0u32..).zip(&self.spellings) {
            for group in groups(&spelling.words) {
                self.postings.entry(group).or_default().push(at);
            }
        }
        for at in 0..self.spellings.len() {
            self.spellings[at].tells = groups(&self.spellings[at].words).iter().map(|group| self.tells(*group)).sum();
        }
    }

    /// A group that few names have tells more.
    fn tells(&self, group: Group) -> f32 {
        let have = self.postings.get(&group).map_or(0, Vec::len) as f32;
        (1.0 + self.spellings.len() as f32 / (1.0 + have)).ln()
    }

    /// The spellings most like the words, not yet compared.
    pub fn candidates(&self, words: &[Word]) -> Vec<&Spelling> {
        let asked = groups(words);
        let mut told = vec![0.0f32; self.spellings.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut all = 0.0;
        for group in &asked {
            let Some(postings) = self.postings.get(group) else { continue };
            let tells = self.tells(*group);
            all += tells;
            for &at in postings {
                let sum = &mut told[at as usize];
                if *sum == 0.0 {
                    touched.push(at);
                }
                *sum += tells;
            }
        }
        let mut ranked: Vec<(f32, u32)> = touched
            .into_iter()
            .map(|at| {
                let spelling = &self.spellings[at as usize];
                let alike = told[at as usize] / (all + spelling.tells);
                (if spelling.own { alike * OWN_FACTOR } else { alike }, at)
            })
            .collect();
        if ranked.len() > CANDIDATES_MAX {
            ranked.select_nth_unstable_by(CANDIDATES_MAX, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            ranked.truncate(CANDIDATES_MAX);
        }
        ranked.into_iter().map(|(_, at)| &self.spellings[at as usize]).collect()
    }

    pub fn hit(&self, spelling: &Spelling) -> PlaceHit {
        let mut hit = self.places[spelling.place as usize].clone();
        hit.matched = spelling.alias.as_deref().map(str::to_owned);
        hit
    }
}

/// The words of a name, without those that only say its kind; all of them where nothing else is left.
fn name_words(name: &str) -> Vec<Word> {
    let all = pieces(name);
    let bare: Vec<String> = all.iter().filter(|piece| kind_of(piece).is_none()).cloned().collect();
    written(if bare.is_empty() { &all } else { &bare })
}

/// Groups of three letters of each word as it sounds, with its beginning marked. Each once.
fn groups(words: &[Word]) -> HashSet<Group> {
    let mut all = HashSet::new();
    for word in words {
        let mut last = [0u32, u32::from('$')];
        let mut letters = 0;
        for letter in word.sound.chars() {
            letters += 1;
            if letters > 1 {
                // ten bits a letter: what collides only makes a candidate more
                all.insert((last[0] & 1023) << 20 | (last[1] & 1023) << 10 | (u32::from(letter) & 1023));
            }
            last = [last[1], u32::from(letter)];
        }
    }
    all
}

fn hit_of(city: &City, one: &Known) -> PlaceHit {
    let village = one.village.as_deref().and_then(|code| city.village_by_code(code));
    let code = one.village.as_deref().or(one.district.as_deref()).unwrap_or_default();
    PlaceHit {
        kind: one.kind,
        name: one.name.clone(),
        village_code: village.map(|village| village.code.clone()),
        village: village.map(|village| village.name.clone()),
        district: city.district_name(code),
        lat: one.point.map(|point| point.0).or(village.map(|village| village.lat)),
        lng: one.point.map(|point| point.1).or(village.map(|village| village.lng)),
        matched: None,
        // the middle of a street or a complex is not where it happens
        approximate: one.point.is_none() || matches!(one.kind, PlaceKind::Street | PlaceKind::Neighbourhood),
        outside: one.outside.clone(),
        same_name: false,
        sure: false,
        source: one.source.clone(),
    }
}
