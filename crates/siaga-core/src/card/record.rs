//! Answers as they are kept: append-only lines that can be read without the card.

use super::{
    ANSWER_CHARS_MAX, Deck, LINE_CHARS_MAX, LINES_MAX, Say, Step, TITLE_CHARS_MAX,
    text::FINGERPRINT_CHARS,
    walk::{Choice, Walk},
};
use crate::{
    ids::CallId,
    intake::FieldProblem,
    view::card::{CardAnswerLine, CardChoice, NewCardAnswer, OpenQuestion},
};

/// Characters of what was asked or read: the longest step there can be, with its line breaks.
const ASKED_CHARS_MAX: usize = LINES_MAX * (LINE_CHARS_MAX + 1);

/// The answer as it is written down. Where the card in force is the one that was on the screen, its own words are kept. Where it was changed during the
/// call, what the person saw is kept as they saw it: no answer of a caller is lost to a change of words.
///
/// # Errors
/// An answer that its card does not have, or texts beyond the limits of cards.
pub fn keep(deck: &Deck, new: &NewCardAnswer) -> Result<NewCardAnswer, FieldProblem> {
    let problem = |text: String| FieldProblem { field: "card".to_owned(), problem: text };
    let Some(card) = deck.card(&new.card).filter(|one| one.fingerprint == new.fingerprint) else {
        let said = if let CardChoice::Answered { say, .. } = &new.choice { say.as_str() } else { "" };
        for (what, text, chars_max) in [
            ("kunci", new.card.as_str(), TITLE_CHARS_MAX),
            ("judul", &new.title, TITLE_CHARS_MAX),
            ("langkah", &new.step, TITLE_CHARS_MAX),
            ("sidik", &new.fingerprint, FINGERPRINT_CHARS),
            ("pertanyaan", &new.asked, ASKED_CHARS_MAX),
            ("jawaban", said, ANSWER_CHARS_MAX),
        ] {
            let chars = text.chars().count();
            if chars > chars_max || text.contains('\0') {
                return Err(problem(format!("{what} paling banyak {chars_max} karakter, ini {chars}")));
            }
        }
        return Ok(new.clone());
    };
    let step = card.steps.iter().find(|one| one.key == new.step);
    let step = step.ok_or_else(|| problem(format!("langkah \"{}\" tidak ada pada kartu {}", new.step, card.title)))?;
    let choice = match (&step.say, &new.choice) {
        (Say::Ask { answers, .. }, CardChoice::Answered { digit, .. }) => {
            let answer = answers.iter().find(|one| one.digit == *digit);
            let answer = answer.ok_or_else(|| problem(format!("jawaban {digit} tidak ada pada pertanyaan ini")))?;
            CardChoice::Answered { digit: *digit, say: answer.say.clone() }
        }
        (_, CardChoice::Skipped) | (Say::Tell { .. }, CardChoice::Told) => new.choice.clone(),
        (Say::Ask { .. }, CardChoice::Told) => return Err(problem("pertanyaan dijawab dengan angka".to_owned())),
        (Say::Tell { .. }, CardChoice::Answered { .. }) => {
            return Err(problem("petunjuk dibacakan, tidak dijawab".to_owned()));
        }
    };
    Ok(NewCardAnswer { title: card.title.clone(), asked: asked(step), choice, ..new.clone() })
}

fn asked(step: &Step) -> String {
    match &step.say {
        Say::Ask { question, .. } => question.clone(),
        Say::Tell { lines, .. } => lines.join("\n"),
    }
}

/// Marks each line that a later one corrects. `lines` stand in the order they were given.
#[must_use]
pub fn answer_lines(mut lines: Vec<CardAnswerLine>) -> Vec<CardAnswerLine> {
    let mut seen: Vec<(CallId, String, String)> = Vec::new();
    for line in lines.iter_mut().rev() {
        let question = (line.call_id, line.card.clone(), line.step.clone());
        line.corrected = seen.contains(&question);
        if !line.corrected {
            seen.push(question);
        }
    }
    lines
}

/// Where the cards of one call were left: those that were begun, and the one of its incident type, asked or not. A call
/// about which nothing was written, nothing was asked either: that says nothing about a card.
#[must_use]
pub fn open_questions(
    deck: &Deck,
    call: CallId,
    incident_type: Option<&str>,
    lines: &[CardAnswerLine],
) -> Vec<OpenQuestion> {
    let own: Vec<_> = lines.iter().filter(|one| one.call_id == call && !one.corrected).collect();
    let chosen = |card: &str, step: &str| {
        let line = own.iter().find(|one| one.card == card && one.step == step)?;
        Some(match line.choice {
            CardChoice::Answered { digit, .. } => Choice::Digit(digit),
            CardChoice::Told => Choice::Told,
            CardChoice::Skipped => Choice::Skipped,
        })
    };
    let of_type = incident_type.and_then(|key| deck.for_type(Some(key))).map(|one| one.key.as_str());
    let begun = deck.cards.iter().filter(|card| {
        let asked = own.iter().any(|one| one.card == card.key);
        of_type == Some(card.key.as_str()) || (asked && !card.types.is_empty())
    });
    let left = begun.filter_map(|card| Walk::resume(deck, &card.key, chosen)?.at());
    let mut open: Vec<OpenQuestion> = Vec::new();
    for (card, step) in left {
        let question = OpenQuestion { call_id: call, title: card.title.clone(), asked: asked(step) };
        if !open.contains(&question) {
            open.push(question);
        }
    }
    open
}
