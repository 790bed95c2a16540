//! A sign-off as a line of the city's document: everything else of it, comments too, stays as its writers left it.

use crate::city::City;
use jiff::civil::Date;
use toml::de::DeTable;

/// Why a card was not signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotSigned {
    /// No such card.
    NoCard,
    /// The card says something else than what was read: its fingerprint is another one.
    OtherWords,
    /// The card is written in a way that only a person can add to.
    ByHand,
}

/// The document with the sign-off in it. `fingerprint` is of the words that were read.
///
/// # Errors
/// [`NotSigned`]; the document stays as it is.
pub fn sign(document: &str, key: &str, fingerprint: &str, by: &str, on: Date) -> Result<String, NotSigned> {
    let before = City::from_toml(document).map_err(|_| NotSigned::ByHand)?;
    let card = before.cards.cards.iter().find(|card| card.key == key).ok_or(NotSigned::NoCard)?;
    if card.fingerprint != fingerprint {
        return Err(NotSigned::OtherWords);
    }
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let value = format!("{{ by = {}, on = {}, text = {} }}", text(by.trim()), text(&on.to_string()), text(fingerprint));
    let signed = written(document, key, &value).ok_or(NotSigned::ByHand)?;
    // A document that a person wrote can be anything: what came out is read again, and only this card has changed.
    let mut after = City::from_toml(&signed).map_err(|_| NotSigned::ByHand)?;
    let card = after.cards.cards.iter_mut().find(|card| card.key == key).ok_or(NotSigned::ByHand)?;
    let is_signed = card.is_signed();
    let old = before.cards.cards.iter().find(|card| card.key == key);
    card.sign_off = old.and_then(|card| card.sign_off.clone());
    if is_signed && after.cards == before.cards { Ok(signed) } else { Err(NotSigned::ByHand) }
}

/// In place of the sign-off that is there, or on a line of its own under the key.
fn written(document: &str, key: &str, value: &str) -> Option<String> {
    let table = DeTable::parse(document).ok()?;
    let cards = table.get_ref().get("cards")?.get_ref().as_array()?;
    let card = cards
        .iter()
        .find(|card| card.get_ref().get("key").is_some_and(|found| found.get_ref().as_str() == Some(key)))?;
    if let Some(old) = card.get_ref().get("signed") {
        let span = old.span();
        return Some(format!("{}{value}{}", document.get(..span.start)?, document.get(span.end..)?));
    }
    let key_ends = card.get_ref().get("key")?.span().end;
    let line_ends = document.get(key_ends..)?.find('\n').map_or(document.len(), |at| key_ends + at);
    Some(format!("{}\nsigned = {value}{}", document.get(..line_ends)?, document.get(line_ends..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{city::SERANG_TOML, view::card::SignOffView};
    use jiff::civil::date;

    const ON: Date = date(2026, 12, 1);

    fn fingerprint(document: &str, key: &str) -> String {
        let city = City::from_toml(document).expect("a city");
        city.cards.cards.iter().find(|card| card.key == key).expect("a card").fingerprint.clone()
    }

    #[test]
    fn one_line_more_and_nothing_else() {
        let print = fingerprint(SERANG_TOML, "cpr_adult");
        let by = "PSC 119, \"dr. A\\B\"";
        let signed = sign(SERANG_TOML, "cpr_adult", &print, by, ON).expect("signed");
        let added: Vec<&str> = signed.lines().filter(|line| !SERANG_TOML.lines().any(|old| old == *line)).collect();
        assert_eq!((added.len(), signed.lines().count()), (1, SERANG_TOML.lines().count() + 1));
        let view = City::from_toml(&signed).expect("a city").view();
        let signs: Vec<_> = view.cards.iter().filter(|card| card.sign_off != SignOffView::None).collect();
        assert_eq!(signs.len(), 1);
        assert_eq!(
            (signs[0].key.as_str(), &signs[0].sign_off),
            ("cpr_adult", &SignOffView::Signed { by: by.to_owned(), on: "2026-12-01".to_owned() })
        );
        // Again, by another: in the place of the first.
        let again = sign(&signed, "cpr_adult", &print, "Damkar", ON).expect("signed");
        assert_eq!(again.lines().count(), signed.lines().count());
        assert!(again.contains("by = \"Damkar\"") && !again.contains("dr. A"));
    }

    #[test]
    fn what_was_not_read_is_not_signed() {
        let print = fingerprint(SERANG_TOML, "cpr_adult");
        let rows = [
            ("no_card", print.as_str(), "A", NotSigned::NoCard),
            ("general", print.as_str(), "A", NotSigned::OtherWords),
            ("cpr_adult", print.as_str(), "", NotSigned::ByHand),
        ];
        for (key, fingerprint, by, why) in rows {
            assert_eq!(sign(SERANG_TOML, key, fingerprint, by, ON), Err(why), "{key}");
        }
        assert_eq!(sign("name = 3", "general", &print, "A", ON), Err(NotSigned::ByHand));
    }
}
