//! Words of a ledger cell looked up in the city, each spelling once: a file repeats the same few words.

use crate::{
    city::{City, fold, sub_by_name},
    class::Class,
};
use std::collections::HashMap;

/// What a word means, or what was expected in its place.
type Found<T> = Result<T, String>;

#[derive(Debug)]
pub(super) struct Names<'c> {
    city: &'c City,
    classes: HashMap<String, Found<Class>>,
    subs: HashMap<(Class, String), Found<&'static str>>,
    types: HashMap<String, Found<String>>,
    agencies: HashMap<String, Found<String>>,
    villages: HashMap<String, Found<String>>,
}

/// Spellings remembered per column; a file with more different words is looked up word by word.
const REMEMBERED_MAX: usize = 4_096;

fn remembered<K: std::hash::Hash + Eq, T: Clone>(
    memory: &mut HashMap<K, Found<T>>,
    key: K,
    look_up: impl FnOnce(&K) -> Found<T>,
) -> Found<T> {
    if let Some(known) = memory.get(&key) {
        return known.clone();
    }
    let found = look_up(&key);
    if memory.len() < REMEMBERED_MAX {
        memory.insert(key, found.clone());
    }
    found
}

impl<'c> Names<'c> {
    pub fn new(city: &'c City) -> Self {
        Self {
            city,
            classes: HashMap::new(),
            subs: HashMap::new(),
            types: HashMap::new(),
            agencies: HashMap::new(),
            villages: HashMap::new(),
        }
    }

    pub fn class(&mut self, word: &str) -> Found<Class> {
        remembered(&mut self.classes, word.to_owned(), |word| class_by_name(word))
    }

    pub fn sub(&mut self, class: Class, word: &str) -> Found<&'static str> {
        remembered(&mut self.subs, (class, word.to_owned()), |(class, word)| {
            sub_by_name(*class, word).map(|sub| sub.key).map_err(|unknown| {
                format!("sub-alasan kelas {} yang dikenal; yang terdekat: {}", class.key(), unknown.nearest)
            })
        })
    }

    pub fn incident_type(&mut self, word: &str) -> Found<String> {
        let city = self.city;
        remembered(&mut self.types, word.to_owned(), |word| {
            city.type_by_name(word)
                .map(|one| one.key.clone())
                .map_err(|unknown| format!("jenis kejadian yang dikenal; yang terdekat: {}", unknown.nearest))
        })
    }

    pub fn agency(&mut self, word: &str) -> Found<String> {
        let city = self.city;
        remembered(&mut self.agencies, word.to_owned(), |word| {
            city.agency_by_name(word)
                .map(|one| one.key.clone())
                .map_err(|unknown| format!("instansi yang dikenal; yang terdekat: {}", unknown.nearest))
        })
    }

    pub fn village(&mut self, word: &str) -> Found<String> {
        let city = self.city;
        remembered(&mut self.villages, word.to_owned(), |word| village_by_word(city, word))
    }
}

fn class_by_name(word: &str) -> Found<Class> {
    let folded = fold(word);
    let spellings =
        || Class::ALL.into_iter().flat_map(|class| [(fold(class.key()), class), (fold(class.label()), class)]);
    if let Some((_, class)) = spellings().find(|(spelling, _)| *spelling == folded) {
        return Ok(class);
    }
    let nearest = spellings()
        .max_by(|a, b| {
            let like = |spelling: &str| strsim::normalized_damerau_levenshtein(&folded, spelling);
            like(&a.0).total_cmp(&like(&b.0))
        })
        .map_or("", |(_, class)| class.key());
    let known = Class::ALL.map(Class::key).join(", ");
    Err(format!("salah satu dari {known}; yang terdekat: {nearest}"))
}

/// By code, or by a name that only one kelurahan of the city has.
fn village_by_word(city: &City, word: &str) -> Found<String> {
    if let Some(village) = city.village_by_code(word) {
        return Ok(village.code.clone());
    }
    let folded = fold(word);
    let same: Vec<_> = city
        .villages
        .iter()
        .filter(|one| fold(&one.name) == folded || one.aliases.iter().any(|alias| fold(alias) == folded))
        .collect();
    match same.as_slice() {
        [one] => Ok(one.code.clone()),
        [] => {
            let nearest = city.villages.iter().max_by(|a, b| {
                let like = |code: &str, name: &str| {
                    strsim::normalized_damerau_levenshtein(&folded, &fold(code))
                        .max(strsim::normalized_damerau_levenshtein(&folded, &fold(name)))
                };
                like(&a.code, &a.name).total_cmp(&like(&b.code, &b.name))
            });
            let nearest = nearest.map_or(String::new(), |one| format!("{} ({})", one.code, one.name));
            Err(format!("kode kelurahan kota ini; yang terdekat: {nearest}"))
        }
        several => {
            let codes: Vec<&str> = several.iter().map(|one| one.code.as_str()).collect();
            Err(format!("kode kelurahan, karena nama ini ada {} kali: {}", several.len(), codes.join(", ")))
        }
    }
}
