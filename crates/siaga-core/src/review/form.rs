//! The score form: a handful of things that are there or are not, as data of the city, with a version that says which.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write as _};

/// Things one form asks: more are ticked without listening.
pub const ITEMS_MAX: usize = 20;
/// Longest text of one, and of the remark, characters.
pub const LABEL_CHARS_MAX: usize = 160;
pub const REMARK_CHARS_MAX: usize = 2_000;

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct ReviewItem {
    pub key: String,
    pub label: String,
}

/// What is asked, and which version of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewForm {
    /// A fingerprint of the items: another text is another version.
    pub version: String,
    pub items: Vec<ReviewItem>,
}

/// What was heard of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReviewMark {
    Yes,
    No,
    /// This call gave no reason for it.
    NotNeeded,
}

/// Why a form is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormProblem {
    #[error("butir \"{0}\" tidak ada pada formulir ini")]
    UnknownItem(String),
    #[error("{0} butir belum dinilai")]
    Unmarked(usize),
    #[error("catatan paling banyak {REMARK_CHARS_MAX} huruf")]
    LongRemark,
}

impl ReviewForm {
    #[must_use]
    pub fn new(items: Vec<ReviewItem>) -> Self {
        let mut hasher = Sha256::new();
        for item in &items {
            for text in [&item.key, &item.label] {
                hasher.update((text.len() as u64).to_be_bytes());
                hasher.update(text.as_bytes());
            }
        }
        let version = hasher.finalize().iter().take(4).fold(String::new(), |mut text, byte| {
            // writing to a String never fails
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self { version, items }
    }

    /// Where the city wrote none: the order of questions that every call follows, and how it was written down.
    #[must_use]
    pub fn usual() -> Self {
        let item = |(key, label): (&str, &str)| ReviewItem { key: key.to_owned(), label: label.to_owned() };
        Self::new(USUAL.into_iter().map(item).collect())
    }

    /// # Errors
    /// [`FormProblem`]: nothing of it is kept.
    pub fn check(&self, marks: &BTreeMap<String, ReviewMark>, remark: &str) -> Result<(), FormProblem> {
        if let Some(unknown) = marks.keys().find(|key| !self.items.iter().any(|item| item.key == **key)) {
            return Err(FormProblem::UnknownItem(unknown.clone()));
        }
        if remark.chars().count() > REMARK_CHARS_MAX { Err(FormProblem::LongRemark) } else { Ok(()) }
    }

    /// # Errors
    /// [`FormProblem::Unmarked`] while something was not judged.
    pub fn whole(&self, marks: &BTreeMap<String, ReviewMark>) -> Result<(), FormProblem> {
        match self.items.iter().filter(|item| !marks.contains_key(&item.key)).count() {
            0 => Ok(()),
            missing => Err(FormProblem::Unmarked(missing)),
        }
    }
}

const USUAL: [(&str, &str); 8] = [
    ("place", "Tempat ditanyakan lebih dahulu dan dibacakan ulang (kelurahan, RT/RW, patokan; kota atau kabupaten)"),
    ("number", "Nomor yang dapat ditelepon balik dipastikan"),
    ("what", "Apa yang terjadi ditanyakan"),
    ("hurt", "Korban ditanyakan: terluka atau terjebak, berapa orang"),
    ("danger", "Bahaya saat ini ditanyakan (api, kabel, air, senjata, lalu lintas)"),
    ("sheet", "Lembar sesuai dengan yang dikatakan pemanggil"),
    ("class", "Kelas sesuai dengan isi panggilan"),
    ("calm", "Sapaan dan nada tenang dari awal sampai akhir"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_is_another_version() {
        let usual = ReviewForm::usual();
        assert_eq!(usual, ReviewForm::usual());
        let mut items = usual.items.clone();
        items[0].label.push('.');
        assert_ne!(ReviewForm::new(items).version, usual.version);
        let split = |a: &str, b: &str| ReviewForm::new(vec![ReviewItem { key: a.into(), label: b.into() }]).version;
        assert_ne!(split("ab", "c"), split("a", "bc"));
        assert!(
            usual.items.len() <= ITEMS_MAX
                && usual.items.iter().all(|one| one.label.chars().count() <= LABEL_CHARS_MAX)
        );
    }

    #[test]
    fn a_form_is_done_when_all_of_it_was_judged() {
        let form = ReviewForm::usual();
        let mut marks: BTreeMap<String, ReviewMark> =
            form.items.iter().map(|one| (one.key.clone(), ReviewMark::Yes)).collect();
        assert_eq!((form.check(&marks, ""), form.whole(&marks)), (Ok(()), Ok(())));
        marks.remove("calm");
        assert_eq!(form.whole(&marks), Err(FormProblem::Unmarked(1)));
        marks.insert("charm".into(), ReviewMark::No);
        assert_eq!(form.check(&marks, ""), Err(FormProblem::UnknownItem("charm".into())));
        assert_eq!(form.check(&BTreeMap::new(), &"x".repeat(REMARK_CHARS_MAX + 1)), Err(FormProblem::LongRemark));
    }
}
