//! Walking a card: each choice consumes the walk and gives the next. Nothing is remembered but what was chosen.

use super::{Card, Deck, Say, Step, Target};

/// What a person did with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The answer with this digit.
    Digit(u8),
    /// The lines were read aloud.
    Told,
    /// Passed without an answer.
    Skipped,
}

/// The step has no such answer. Nothing moved.
#[derive(Clone, Debug, PartialEq)]
pub struct NoSuchAnswer<'d>(pub Walk<'d>);

/// A step that was passed, by its place in the deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Passed {
    card: usize,
    step: usize,
    choice: Choice,
}

/// Where a person stands, and how they came there.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk<'d> {
    deck: &'d Deck,
    passed: Vec<Passed>,
    /// None: the walk is over.
    at: Option<(usize, usize)>,
}

impl<'d> Walk<'d> {
    /// At the first step of a card.
    #[must_use]
    pub fn begin(deck: &'d Deck, card: &str) -> Option<Self> {
        let card = deck.cards.iter().position(|one| one.key == card)?;
        Some(Self { deck, passed: Vec::new(), at: Some((card, 0)) })
    }

    /// From the first step as far as what was chosen leads: `chosen` knows the last choice of a card's step.
    #[must_use]
    pub fn resume(deck: &'d Deck, card: &str, chosen: impl Fn(&str, &str) -> Option<Choice>) -> Option<Self> {
        let mut walk = Self::begin(deck, card)?;
        while let Some((card, step)) = walk.at() {
            let Some(choice) = chosen(&card.key, &step.key) else { break };
            walk = match walk.choose(choice) {
                Ok(further) => further,
                // the card was changed since: from here it is asked anew
                Err(NoSuchAnswer(here)) => return Some(here),
            };
        }
        Some(walk)
    }

    /// Where it stands; none when the walk is over.
    #[must_use]
    pub fn at(&self) -> Option<(&'d Card, &'d Step)> {
        let (card, step) = self.at?;
        let card = self.deck.cards.get(card)?;
        Some((card, card.steps.get(step)?))
    }

    /// What was passed, in order.
    pub fn passed(&self) -> impl Iterator<Item = (&'d Card, &'d Step, Choice)> {
        self.passed.iter().filter_map(|one| {
            let card = self.deck.cards.get(one.card)?;
            Some((card, card.steps.get(one.step)?, one.choice))
        })
    }

    /// # Errors
    /// [`NoSuchAnswer`] gives the walk back as it was: at a question without this digit, or when it is over.
    pub fn choose(mut self, choice: Choice) -> Result<Self, NoSuchAnswer<'d>> {
        let (Some((card, step)), Some((on, shown))) = (self.at, self.at()) else { return Err(NoSuchAnswer(self)) };
        let target = match (&shown.say, choice) {
            (Say::Ask { answers, .. }, Choice::Digit(digit)) => {
                answers.iter().find(|one| one.digit == digit).map(|one| one.to)
            }
            (Say::Ask { .. }, Choice::Skipped) => Some(next_in_order(on, step)),
            (Say::Tell { to, .. }, Choice::Told | Choice::Skipped) => Some(*to),
            (Say::Ask { .. }, Choice::Told) | (Say::Tell { .. }, Choice::Digit(_)) => None,
        };
        let Some(target) = target else { return Err(NoSuchAnswer(self)) };
        self.passed.push(Passed { card, step, choice });
        self.at = match target {
            Target::Step(next) => Some((card, next)),
            Target::Card(next) => Some((next, 0)),
            Target::End => None,
        };
        Ok(self)
    }

    /// One step back; at the first step it stays.
    #[must_use]
    pub fn back(mut self) -> Self {
        if let Some(last) = self.passed.pop() {
            self.at = Some((last.card, last.step));
        }
        self
    }
}

/// Where a question leads that was passed without an answer.
pub(super) fn next_in_order(card: &Card, step: usize) -> Target {
    if step + 1 < card.steps.len() { Target::Step(step + 1) } else { Target::End }
}
