//! The fingerprint of a card: a hash of the words and ways that a person signs.

use super::{Card, Deck, Say, Target};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Bytes of the hash that are kept: it tells versions apart, it keeps nothing out.
const FINGERPRINT_BYTES: usize = 8;

/// Hexadecimal digits of a fingerprint.
pub(crate) const FINGERPRINT_CHARS: usize = 2 * FINGERPRINT_BYTES;

/// One line for each thing, in the order of the card. Texts hold no line break, so no two cards read alike.
/// This form never changes: every sign-off of every city would be void.
fn canonical(deck: &Deck, card: &Card) -> String {
    let mut text = format!("{}\n", card.title);
    if let Some(bpm) = card.bpm {
        let _ = writeln!(text, "bpm {bpm}");
    }
    let to = |target: Target| match target {
        Target::Step(at) => format!("step {}", card.steps.get(at).map_or("", |one| &one.key)),
        Target::Card(at) => format!("card {}", deck.cards.get(at).map_or("", |one| &one.key)),
        Target::End => "end".to_owned(),
    };
    for step in &card.steps {
        let _ = writeln!(text, "step {}", step.key);
        match &step.say {
            Say::Ask { question, answers } => {
                let _ = writeln!(text, "? {question}");
                for one in answers {
                    let _ = writeln!(text, "{} {}\n> {}", one.digit, one.say, to(one.to));
                }
            }
            Say::Tell { lines, to: target } => {
                for line in lines {
                    let _ = writeln!(text, "! {line}");
                }
                let _ = writeln!(text, "> {}", to(*target));
            }
        }
    }
    text
}

pub(crate) fn fingerprint(deck: &Deck, card: &Card) -> String {
    let hash = Sha256::digest(canonical(deck, card).as_bytes());
    hash.iter().take(FINGERPRINT_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn is_fingerprint(text: &str) -> bool {
    text.len() == FINGERPRINT_CHARS && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}
