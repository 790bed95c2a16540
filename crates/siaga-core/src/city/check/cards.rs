//! The question cards' rows: every way leads on to something that is there, and everything that is there is reached.

mod steps;
mod ways;

use super::{Check, Lined, Row};
use crate::{
    card::{BPM_MAX, BPM_MIN, CARD_ANY, CARDS_MAX, Card, CardRow, Deck, SignOff, SignOffRow, TITLE_CHARS_MAX},
    city::document::IncidentType,
};
use jiff::civil::Date;
use steps::read_steps;
use toml::de::DeTable;

/// A sign-off is a name and an office.
const SIGNER_CHARS_MAX: usize = 100;

/// The deck; only worth having when nothing was told.
pub(super) fn check_cards(check: &mut Check<'_>, rows: Vec<Row>, types: &Lined<IncidentType>) -> Deck {
    if rows.is_empty() {
        return Deck::default();
    }
    let step_lines = step_lines(check);
    let rows_read = rows.len();
    let cards: Lined<CardRow> = check.rows(
        "cards",
        rows,
        "key, title, types?, bpm?, signed? = { by, on, text }, steps = [{ key, ask | tell }]",
    );
    if rows_read > CARDS_MAX {
        check.tell(None, "cards", format!("{rows_read} kartu"), format!("paling banyak {CARDS_MAX} kartu"));
    }
    check_types(check, &cards, types);
    let keys: Vec<&str> = cards.iter().map(|(_, card)| card.key.as_str()).collect();
    let mut deck = Deck::default();
    let mut lines = Vec::with_capacity(cards.len());
    for (index, (line, row)) in cards.iter().enumerate() {
        let place = format!("cards[{index}]");
        check.key(Some(*line), &format!("{place}.key"), &row.key);
        if keys[..index].contains(&row.key.as_str()) {
            check.tell(
                Some(*line),
                format!("{place}.key"),
                format!("\"{}\" dua kali", row.key),
                "satu kartu per kunci",
            );
        }
        text(check, *line, &format!("{place}.title"), &row.title, TITLE_CHARS_MAX);
        let lines_of_steps = step_lines.get(index).cloned().unwrap_or_default();
        let (steps, at) = read_steps(check, &place, *line, row, &lines_of_steps, &keys);
        deck.cards.push(Card {
            key: row.key.clone(),
            title: row.title.clone(),
            types: row.types.clone(),
            bpm: bpm(check, *line, &place, row.bpm),
            sign_off: row.signed.as_ref().and_then(|signed| sign_off(check, *line, &place, signed)),
            steps,
            fingerprint: String::new(),
        });
        lines.push((*line, at));
    }
    // a row that could not be read leaves holes that say nothing about the ways
    if cards.len() == rows_read {
        ways::check_ways(check, &deck, &lines);
    }
    deck.with_fingerprints()
}

/// The line of each step of each card, for what is told about one of them.
fn step_lines(check: &Check<'_>) -> Vec<Vec<u32>> {
    let Ok(document) = DeTable::parse(check.text) else { return Vec::new() };
    let cards = document.get_ref().get("cards").and_then(|cards| cards.get_ref().as_array());
    let lines_of = |card: &toml::Spanned<toml::de::DeValue<'_>>| {
        let steps = card.get_ref().get("steps").and_then(|steps| steps.get_ref().as_array());
        steps.into_iter().flatten().map(|step| check.line(step.span().start)).collect()
    };
    cards.into_iter().flatten().map(lines_of).collect()
}

fn check_types(check: &mut Check<'_>, cards: &Lined<CardRow>, types: &Lined<IncidentType>) {
    for (index, (line, card)) in cards.iter().enumerate() {
        let place = format!("cards[{index}].types");
        for (nth, key) in card.types.iter().enumerate() {
            if key != CARD_ANY && !types.iter().any(|(_, one)| one.key == *key) {
                let what = format!("jenis \"{key}\" tidak dikenal");
                check.tell(Some(*line), place.clone(), what, "kunci dari incident_types, atau \"*\"");
            }
            let before = cards[..index].iter().any(|(_, other)| other.types.contains(key));
            if before || card.types[..nth].contains(key) {
                let what = format!("jenis \"{key}\" sudah punya kartu");
                check.tell(
                    Some(*line),
                    place.clone(),
                    what,
                    "satu kartu per jenis; kartu lain dituju lewat card = \"...\"",
                );
            }
        }
    }
    if !cards.iter().any(|(_, card)| card.types.iter().any(|key| key == CARD_ANY)) {
        let expected = "satu kartu types = [\"*\"] untuk pertanyaan setiap panggilan";
        check.tell(None, "cards", "tidak ada kartu umum", expected);
    }
}

fn bpm(check: &mut Check<'_>, line: u32, place: &str, bpm: Option<i64>) -> Option<u16> {
    let bpm = bpm?;
    let fits = u16::try_from(bpm).ok().filter(|bpm| (BPM_MIN..=BPM_MAX).contains(bpm));
    if fits.is_none() {
        let expected = format!("{BPM_MIN} sampai {BPM_MAX} ketukan per menit");
        check.tell(Some(line), format!("{place}.bpm"), bpm.to_string(), expected);
    }
    fits
}

fn sign_off(check: &mut Check<'_>, line: u32, place: &str, signed: &SignOffRow) -> Option<SignOff> {
    let place = format!("{place}.signed");
    text(check, line, &format!("{place}.by"), &signed.by, SIGNER_CHARS_MAX);
    let on = signed.on.parse::<Date>();
    if on.is_err() {
        check.tell(Some(line), format!("{place}.on"), format!("\"{}\"", signed.on), "tanggal seperti \"2026-12-01\"");
    }
    if !crate::card::is_fingerprint(&signed.text) {
        let what = format!("\"{}\"", signed.text);
        check.tell(Some(line), format!("{place}.text"), what, "sidik kartu: 16 angka dan huruf a-f dari halaman Kartu");
    }
    Some(SignOff { by: signed.by.trim().to_owned(), on: on.ok()?, text: signed.text.clone() })
}

/// A text that people read on one line: not empty, not too long, no control characters.
fn text(check: &mut Check<'_>, line: u32, place: &str, text: &str, chars_max: usize) {
    let chars = text.chars().count();
    if text.trim().is_empty() || chars > chars_max || text.chars().any(char::is_control) {
        check.tell(
            Some(line),
            place,
            format!("{chars} karakter"),
            format!("satu baris teks, 1 sampai {chars_max} karakter"),
        );
    }
}
