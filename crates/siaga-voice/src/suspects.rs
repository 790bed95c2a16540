//! Numbers that the city's rules hold for nuisance, as one snapshot that the engine hands to the gate. Known before any
//! state is made for a call, so that a flood of them costs a look-up each and never a good caller's line.

use std::{collections::HashSet, fmt, sync::Arc};

/// A snapshot; cheap to clone. In Debug only its size: numbers are personal.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Suspects(Arc<HashSet<String>>);

impl Suspects {
    /// From numbers in any of their usual spellings.
    pub fn new<'a>(numbers: impl IntoIterator<Item = &'a str>) -> Self {
        Self(Arc::new(numbers.into_iter().map(key).filter(|key| !key.is_empty()).collect()))
    }

    /// `key`: as [`key`] makes it.
    pub(crate) fn holds(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Suspects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Suspects({} numbers)", self.0.len())
    }
}

/// `+62812…`, `62812…`, `0812…` and `812…` are one number; names are kept as they are.
pub(crate) fn key(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return number.to_string();
    }
    let national = digits.strip_prefix("62").unwrap_or(&digits);
    national.strip_prefix('0').unwrap_or(national).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_its_usual_spellings() {
        for spelling in ["+62812345", "62812345", "0812345", "812345", "+62 812-345"] {
            assert_eq!(key(spelling), "812345", "{spelling}");
        }
        assert_eq!(key("budi"), "budi");
        assert_ne!(key("0812345"), key("0812346"));
    }

    #[test]
    fn a_snapshot_shows_its_size_only() {
        let suspects = Suspects::new(["0812345", "+62812345", "0812346", ""]);
        assert_eq!(format!("{suspects:?}"), "Suspects(2 numbers)");
        assert!(suspects.holds(&key("62812346")));
    }
}
