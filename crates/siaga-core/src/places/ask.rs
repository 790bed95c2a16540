//! What a text asks for: words to be found, the kind that was named, and what is not a name at all.

use super::{
    rt_rw::{self, RtRw, RtRwProblem},
    words::{Word, is_small, kind_of, pieces, relation_of, written},
};
use crate::view::city::PlaceKind;

/// Words of a query that are compared; more say no more about the place.
const WORDS_MAX: usize = 8;

/// A text, understood as far as it goes.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub words: Vec<Word>,
    /// "jl", "kel", "kp": the kind that was named first.
    pub kind: Option<PlaceKind>,
    /// "depan".
    pub relation: Option<&'static str>,
    pub rt_rw: Option<Result<RtRw, RtRwProblem>>,
    /// "Blok C5 No. 12".
    pub house: Option<String>,
}

impl Asked {
    pub fn read(text: &str) -> Self {
        let mut pieces = pieces(text);
        let rt_rw = rt_rw::take(&mut pieces);
        let house = house(&mut pieces);
        let mut asked = Self { rt_rw, house, ..Self::default() };
        let mut left = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if let Some(relation) = relation_of(&piece) {
                asked.relation = asked.relation.or(Some(relation));
            } else if let Some(kind) = kind_of(&piece) {
                // "jl. cipare kel. cipare": what is named first is what is meant
                if left.is_empty() {
                    asked.kind = asked.kind.or(Some(kind));
                }
            } else if let Some((kind, rest)) = glued(&piece) {
                asked.kind = asked.kind.or(Some(kind));
                left.push(rest.to_owned());
            } else {
                left.push(piece);
            }
        }
        // written out first: "rumah sakit umum daerah" has a small word in it
        asked.words = written(&left);
        asked.words.retain(|word| !is_small(&word.plain));
        asked.words.truncate(WORDS_MAX);
        asked
    }
}

/// "jalanveteran", "jlnveteran": the space was forgotten.
fn glued(piece: &str) -> Option<(PlaceKind, &str)> {
    /// A rest shorter than this (letters) may be part of the word: "jalanan".
    const REST_MIN: usize = 4;
    ["jalan", "jln", "kampung", "komplek", "perumahan", "kelurahan", "kecamatan"].iter().find_map(|glue| {
        let rest = piece.strip_prefix(glue).filter(|rest| rest.chars().count() >= REST_MIN)?;
        kind_of(glue).map(|kind| (kind, rest))
    })
}

/// Takes "blok c5 no 12" out of the pieces. A number must follow, or "blok" is part of a name.
fn house(pieces: &mut Vec<String>) -> Option<String> {
    let mut said = Vec::new();
    for (words, label) in [(["blok", "blk"], "Blok"), (["no", "nomor"], "No.")] {
        let found = (0..pieces.len()).find(|&at| {
            let number = |piece: &String| {
                piece.len() <= 5 && (piece.bytes().any(|b| b.is_ascii_digit()) || label == "Blok" && piece.len() == 1)
            };
            words.contains(&pieces[at].as_str()) && pieces.get(at + 1).is_some_and(number)
        });
        if let Some(at) = found {
            let number = pieces.drain(at..at + 2).nth(1).unwrap_or_default();
            said.push(format!("{label} {}", number.to_uppercase()));
        }
    }
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        for (text, words, kind, relation, rt_rw, house) in [
            ("Jl. Jend. A. Yani No. 12", "jenderal a yani", Some(PlaceKind::Street), None, None, Some("No. 12")),
            ("di depan stasiun", "stasiun", None, Some("depan"), None, None),
            ("kp. sempu rt 3/5", "sempu", Some(PlaceKind::Neighbourhood), None, Some("03/05"), None),
            ("Rumah Sakit Umum Daerah", "rsud", None, None, None, None),
            ("perum TLI blok c5 no 7a", "tli", Some(PlaceKind::Neighbourhood), None, None, Some("Blok C5 No. 7A")),
            ("jalanveteran", "veteran", Some(PlaceKind::Street), None, None, None),
            ("smpn1", "smp 1", None, None, None, None),
            ("kel. cipare", "cipare", Some(PlaceKind::Village), None, None, None),
            ("sebrang msjd agung", "masjid agung", None, Some("seberang"), None, None),
            ("", "", None, None, None, None),
            ("  kel. ", "", Some(PlaceKind::Village), None, None, None),
        ] {
            let asked = Asked::read(text);
            let plain = asked.words.iter().map(|word| word.plain.as_str()).collect::<Vec<_>>().join(" ");
            let said = asked.rt_rw.and_then(Result::ok).map(|read| read.to_string());
            assert_eq!((plain.as_str(), asked.kind, asked.relation), (words, kind, relation), "{text}");
            assert_eq!((said.as_deref(), asked.house.as_deref()), (rt_rw, house), "{text}");
        }
    }
}
