//! Telephones outside the centre (the shift lead's, a neighbour centre's) that ring, one after the other, for a caller whom
//! no seat takes. Whoever answers first has the caller; nothing here refuses or ends one.

use serde::{Deserialize, Serialize};

/// What a file leaves out has the preset's value: no telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OverflowPolicy {
    /// A caller without a person for this long (ms) also rings outside; at once where no seat is staffed.
    pub after_ms: i64,
    /// Each telephone rings this long (ms) before the next.
    pub rings_ms: i64,
    /// In their order; after the last the first again, as long as the caller waits.
    pub telephones: Vec<Telephone>,
}

impl Default for OverflowPolicy {
    fn default() -> Self {
        Self { after_ms: 60_000, rings_ms: 25_000, telephones: Vec::new() }
    }
}

/// In a file `"name: number"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Telephone {
    /// As people call it; stands in the call's row.
    pub name: String,
    /// As the trunk dials it.
    pub number: String,
}

impl TryFrom<String> for Telephone {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.rsplit_once(':').ok_or_else(|| format!("\"{text}\": \"nama: nomor\" is expected"))?;
        Ok(Self { name: parts.0.trim().to_owned(), number: parts.1.trim().to_owned() })
    }
}

impl From<Telephone> for String {
    fn from(Telephone { name, number }: Telephone) -> Self {
        format!("{name}: {number}")
    }
}

/// Bounds of a version: never later than lane B's own, and shorter than an unanswered call of ours lasts.
const AFTER_MS: std::ops::RangeInclusive<i64> = 5_000..=120_000;
const RINGS_MS: std::ops::RangeInclusive<i64> = 10_000..=40_000;
/// A list that rings for twelve minutes is long enough.
const TELEPHONES_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 60;
const NUMBER_CHARS_MAX: usize = 20;

impl OverflowPolicy {
    /// What is wrong: the place inside the rules, and what is expected (Indonesian).
    #[must_use]
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        let mut found = Vec::new();
        let range = |of: &std::ops::RangeInclusive<i64>| format!("{} sampai {} ms", of.start(), of.end());
        if !AFTER_MS.contains(&self.after_ms) {
            found.push(("overflow.after_ms", range(&AFTER_MS)));
        }
        if !RINGS_MS.contains(&self.rings_ms) {
            found.push(("overflow.rings_ms", range(&RINGS_MS)));
        }
        let named = |one: &Telephone| (1..=NAME_CHARS_MAX).contains(&one.name.trim().chars().count());
        let dialled = |one: &Telephone| {
            let digits = one.number.strip_prefix('+').unwrap_or(&one.number);
            (2..=NUMBER_CHARS_MAX).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if self.telephones.len() > TELEPHONES_MAX || !self.telephones.iter().all(|one| named(one) && dialled(one)) {
            let expected = format!(
                "paling banyak {TELEPHONES_MAX} telepon, masing-masing \"nama: nomor\", nama 1 sampai {NAME_CHARS_MAX} huruf, \
                 nomor 2 sampai {NUMBER_CHARS_MAX} angka, boleh diawali +"
            );
            found.push(("overflow.telephones", expected));
        }
        found
    }
}
