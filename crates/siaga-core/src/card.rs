//! Question cards: what is asked and read aloud for an incident type, as the city writes it.
//!
//! A card is a list of steps that only leads on: a question with answers by digit, or lines to read aloud. Each answer
//! leads to a later step, to another card, or to the end, so every walk ends. Nothing here waits for anything and
//! nothing here stops a sending: a card helps, it never stands in the way.

mod document;
mod record;
mod sign;
mod text;
mod view;
mod walk;

pub use document::{AnswerRow, CardRow, SignOffRow, StepRow};
pub use record::{answer_lines, keep, open_questions};
pub use sign::{NotSigned, sign};
pub use walk::{Choice, NoSuchAnswer, Walk};

pub(crate) use text::is_fingerprint;

use jiff::civil::Date;

/// Cards of a city: each incident type one, and some that others lead to.
pub const CARDS_MAX: usize = 60;
/// Steps of one card: more is not asked during a call.
pub const STEPS_MAX: usize = 30;
/// Answers of a question: a digit each, 1 to 9; 0 goes back.
pub const ANSWERS_MAX: usize = 9;
/// Characters of a card's title: one line on the console.
pub const TITLE_CHARS_MAX: usize = 60;
/// Characters of a question: two lines in large letters on the console.
pub const QUESTION_CHARS_MAX: usize = 140;
/// Characters of an answer: half a line beside its digit.
pub const ANSWER_CHARS_MAX: usize = 60;
/// Lines of one instruction: what is read aloud in one go.
pub const LINES_MAX: usize = 8;
/// Characters of a line that is read aloud: one breath.
pub const LINE_CHARS_MAX: usize = 120;
/// Beats a minute of the metronome; chest compressions are 100 to 120 a minute, and nothing else needs one.
pub const BPM_MIN: u16 = 100;
pub const BPM_MAX: u16 = 120;
/// Type of the card with the questions of every call.
pub const CARD_ANY: &str = "*";

/// All cards of a city, checked: every target is there and no walk comes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    pub(crate) cards: Vec<Card>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub key: String,
    pub title: String,
    /// Keys of the incident types it is opened for, or [`CARD_ANY`]; empty: only other cards lead to it.
    pub types: Vec<String>,
    pub bpm: Option<u16>,
    pub sign_off: Option<SignOff>,
    /// Never empty.
    pub steps: Vec<Step>,
    /// Hash of what is asked and read, in 16 hexadecimal digits: an answer's record names it, a sign-off is for it.
    pub fingerprint: String,
}

/// Who answers for the words of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOff {
    pub by: String,
    pub on: Date,
    /// The fingerprint that was signed.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub key: String,
    pub say: Say,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Say {
    Ask { question: String, answers: Vec<Answer> },
    Tell { lines: Vec<String>, to: Target },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub digit: u8,
    pub say: String,
    pub to: Target,
}

/// Where a step leads: places in the deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A later step of the same card.
    Step(usize),
    /// The first step of another card.
    Card(usize),
    End,
}

impl Card {
    /// Whether somebody answers for exactly these words.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.sign_off.as_ref().is_some_and(|one| one.text == self.fingerprint)
    }
}

impl Deck {
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    #[must_use]
    pub fn card(&self, key: &str) -> Option<&Card> {
        self.cards.iter().find(|one| one.key == key)
    }

    /// Once all ways are known.
    pub(crate) fn with_fingerprints(mut self) -> Self {
        let all: Vec<String> = self.cards.iter().map(|card| text::fingerprint(&self, card)).collect();
        for (card, fingerprint) in self.cards.iter_mut().zip(all) {
            card.fingerprint = fingerprint;
        }
        self
    }

    /// The card that is opened for an incident type; the general one where it has none.
    #[must_use]
    pub fn for_type(&self, incident_type: Option<&str>) -> Option<&Card> {
        let opened_by = |wanted: &str| self.cards.iter().find(|one| one.types.iter().any(|key| key == wanted));
        incident_type.and_then(opened_by).or_else(|| opened_by(CARD_ANY))
    }
}

#[cfg(test)]
mod tests;
