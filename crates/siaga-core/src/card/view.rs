//! Cards as the screens are told them: every way is spelt out, so that a screen only follows.

use super::{Card, Deck, Say, Step, Target, walk::next_in_order};
use crate::view::card::{CardAnswerView, CardPlace, CardStepView, CardView, SignOffView};

impl Deck {
    #[must_use]
    pub fn view(&self) -> Vec<CardView> {
        self.cards.iter().map(|card| self.card_view(card)).collect()
    }

    fn card_view(&self, card: &Card) -> CardView {
        CardView {
            key: card.key.clone(),
            title: card.title.clone(),
            types: card.types.clone(),
            bpm: card.bpm,
            sign_off: sign_off(card),
            steps: card.steps.iter().enumerate().map(|(at, step)| self.step_view(card, at, step)).collect(),
            fingerprint: card.fingerprint.clone(),
        }
    }

    fn step_view(&self, card: &Card, at: usize, step: &Step) -> CardStepView {
        let key = step.key.clone();
        match &step.say {
            Say::Ask { question, answers } => CardStepView {
                key,
                ask: Some(question.clone()),
                answers: answers
                    .iter()
                    .map(|one| CardAnswerView { digit: one.digit, say: one.say.clone(), to: self.place(card, one.to) })
                    .collect(),
                tell: Vec::new(),
                next: self.place(card, next_in_order(card, at)),
            },
            Say::Tell { lines, to } => {
                CardStepView { key, ask: None, answers: Vec::new(), tell: lines.clone(), next: self.place(card, *to) }
            }
        }
    }

    fn place(&self, card: &Card, to: Target) -> Option<CardPlace> {
        let (card, step) = match to {
            Target::Step(at) => (card, at),
            Target::Card(at) => (self.cards.get(at)?, 0),
            Target::End => return None,
        };
        Some(CardPlace { card: card.key.clone(), step: card.steps.get(step)?.key.clone() })
    }
}

fn sign_off(card: &Card) -> SignOffView {
    match &card.sign_off {
        None => SignOffView::None,
        Some(one) if card.is_signed() => SignOffView::Signed { by: one.by.clone(), on: one.on.to_string() },
        Some(one) => SignOffView::TextChanged { by: one.by.clone(), on: one.on.to_string() },
    }
}
