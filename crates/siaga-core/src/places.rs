//! Where is it? What a person types while somebody is crying becomes places, best first. The machine never picks.
//!
//! The way of a query: [`ask`] takes RT/RW, house number and "depan ..." out of the text; [`words`] writes short words
//! out and lets the little ones go; [`sound`] makes words that sound alike equal; [`index`] finds candidates among tens
//! of thousands of names by their groups of three letters; [`fit`] compares each with what was asked; [`answer`] sorts
//! them and says which of several of one name each is. Names come from the city's document and from imported sources
//! ([`import`]).

mod answer;
mod ask;
mod fit;
pub mod import;
mod index;
mod known;
mod rt_rw;
mod sound;
mod words;

pub use known::Known;
pub use rt_rw::{RT_MAX, RW_MAX, RtRw, RtRwProblem};

use crate::{city::City, view::city::PlaceAnswer};
use ask::Asked;
use index::Index;

/// More than a person reads while somebody is crying.
pub const PLACES_MAX: usize = 10;
/// What is typed into the field (characters); the rest of a pasted text says nothing about the place.
const QUERY_CHARS_MAX: usize = 100;

/// All names of one city, ready to be asked. Made once, shared by all who ask.
#[derive(Debug, Default)]
pub struct Gazetteer {
    index: Index,
}

impl Gazetteer {
    /// The city's own places, and imported ones.
    #[must_use]
    pub fn of(city: &City, imported: &[Known]) -> Self {
        let own = known::of_document(city);
        Self {
            index: Index::of(
                city,
                own.iter()
                    .map(|one| (one, index::Trust::Own))
                    .chain(imported.iter().map(|one| (one, index::Trust::Imported))),
            ),
        }
    }

    /// Places that fit what was typed, best first, at most [`PLACES_MAX`], and what else the text said.
    #[must_use]
    pub fn find(&self, text: &str) -> PlaceAnswer {
        let text: String = text.chars().take(QUERY_CHARS_MAX).collect();
        let asked = Asked::read(&text);
        answer::answer(&self.index, &asked)
    }

    /// Names that can be found, aliases included.
    #[must_use]
    pub fn spellings(&self) -> usize {
        self.index.spellings.len()
    }
}
