//! One thing, many spellings: key, label and aliases lead to the same entry, and a miss names the nearest.

use crate::class::{Class, SUB_REASONS, SubReason};
use std::collections::HashMap;

/// Longer names are not compared for likeness: a ledger cell may hold a megabyte.
const LIKENESS_CHARS_MAX: usize = 80;

/// A name that means nothing here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{asked}\" tidak dikenal; yang terdekat: \"{nearest}\"")]
pub struct UnknownName {
    /// As asked, cut at 80 characters.
    pub asked: String,
    /// Label of the nearest known one.
    pub nearest: String,
}

/// Lower case, letters and digits only: how two spellings are compared.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Folded spelling to position.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    exact: HashMap<String, usize>,
    labels: Vec<String>,
}

impl Names {
    /// Adds one entry with all its spellings; gives back those that already belong to another.
    pub(super) fn add<'a>(&mut self, label: &str, spellings: impl Iterator<Item = &'a str>) -> Vec<String> {
        let index = self.labels.len();
        self.labels.push(label.to_owned());
        let mut taken = Vec::new();
        for spelling in spellings {
            let folded = fold(spelling);
            match self.exact.get(&folded) {
                Some(other) if *other != index => taken.push(spelling.to_owned()),
                _ => {
                    self.exact.insert(folded, index);
                }
            }
        }
        taken
    }

    pub(super) fn find(&self, name: &str) -> Result<usize, UnknownName> {
        let asked: String = name.trim().chars().take(LIKENESS_CHARS_MAX).collect();
        let folded = fold(&asked);
        if asked.len() == name.trim().len()
            && let Some(index) = self.exact.get(&folded)
        {
            return Ok(*index);
        }
        let nearest = nearest(&folded, self.exact.iter().map(|(spelling, index)| (spelling.as_str(), *index)));
        Err(UnknownName {
            asked,
            nearest: nearest.and_then(|index| self.labels.get(index).cloned()).unwrap_or_default(),
        })
    }
}

fn nearest<'a>(folded: &str, spellings: impl Iterator<Item = (&'a str, usize)>) -> Option<usize> {
    spellings
        .map(|(spelling, index)| (strsim::normalized_damerau_levenshtein(folded, spelling), index))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, index)| index)
}

/// A sub-reason of a class by key, label or alias. Emergencies have none: their incident type tells them apart.
pub fn sub_by_name(class: Class, name: &str) -> Result<&'static SubReason, UnknownName> {
    let mut names = Names::default();
    let of_class: Vec<&SubReason> = SUB_REASONS.iter().filter(|one| one.class == class).collect();
    for one in &of_class {
        names.add(one.label, [one.key, one.label].into_iter().chain(one.aliases.iter().copied()));
    }
    names.find(name).map(|index| of_class[index])
}
