//! The ways through all cards: nothing out of reach, nothing that comes back to where it was.

use super::Check;
use crate::card::{Card, Deck, Say, Target};

/// `lines`: of each card and of each of its steps.
pub(super) fn check_ways(check: &mut Check<'_>, deck: &Deck, lines: &[(u32, Vec<u32>)]) {
    for (at, card) in deck.cards().iter().enumerate() {
        let line = lines.get(at).map(|(line, _)| *line);
        for step in unreached_steps(card) {
            let line = lines.get(at).and_then(|(_, steps)| steps.get(step).copied()).or(line);
            let what = format!("tidak ada jalan ke langkah \"{}\"", card.steps[step].key);
            check.tell(
                line,
                format!("cards[{at}].steps[{step}]"),
                what,
                "sebuah jawaban atau langkah yang menuju ke sini",
            );
        }
        if card.types.is_empty() && !deck.cards().iter().any(|other| leads_to(other).any(|card| card == at)) {
            let what = format!("kartu \"{}\" tidak dibuka jenis mana pun", card.key);
            check.tell(line, format!("cards[{at}]"), what, "types = [...], atau sebuah langkah dengan card = \"...\"");
        }
        if comes_back(deck, at) {
            let what = format!("kartu \"{}\" menuju kembali ke dirinya: putaran", card.key);
            check.tell(line, format!("cards[{at}]"), what, "jalan yang selalu berakhir");
        }
    }
}

fn targets(card: &Card) -> impl Iterator<Item = (usize, Target)> {
    card.steps.iter().enumerate().flat_map(|(at, step)| {
        let targets: Vec<Target> = match &step.say {
            Say::Ask { answers, .. } => answers.iter().map(|one| one.to).collect(),
            Say::Tell { to, .. } => vec![*to],
        };
        targets.into_iter().map(move |to| (at, to))
    })
}

fn leads_to(card: &Card) -> impl Iterator<Item = usize> {
    targets(card).filter_map(|(_, to)| if let Target::Card(next) = to { Some(next) } else { None })
}

/// Ways only lead to later steps, so one look in order finds all that are reached.
fn unreached_steps(card: &Card) -> Vec<usize> {
    let mut reached = vec![false; card.steps.len()];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for (at, to) in targets(card) {
        if let Target::Step(next) = to
            && reached[at]
            && let Some(step) = reached.get_mut(next)
        {
            *step = true;
        }
    }
    reached.iter().enumerate().filter(|(_, reached)| !**reached).map(|(at, _)| at).collect()
}

/// Whether some way out of a card leads into it again.
fn comes_back(deck: &Deck, start: usize) -> bool {
    let mut seen = vec![false; deck.cards().len()];
    let mut open: Vec<usize> = deck.cards().get(start).into_iter().flat_map(leads_to).collect();
    while let Some(at) = open.pop() {
        if at == start {
            return true;
        }
        if let Some(seen) = seen.get_mut(at).filter(|seen| !**seen) {
            *seen = true;
            open.extend(leads_to(&deck.cards()[at]));
        }
    }
    false
}
