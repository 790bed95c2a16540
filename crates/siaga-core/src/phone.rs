//! A caller's number as the trunk gives it, and as E.164.
//!
//! Trunks present one number as `08..`, `8..`, `628..`, `+628..` or `00628..`; all become the same [`Number`].
//! Callers without a number are [`Caller::Withheld`] and never share a history: a dummy number that the network
//! puts in for many telephones (no SIM, no identity) counts as none. A number is personal data: [`Number`] has no
//! `Display`, and its `Debug` shows nothing of it.

mod show;

use std::fmt;

pub use show::show_e164;

/// The one number of the service.
const EMERGENCY_NUMBER: &str = "112";

/// Digits of an E.164 number without its `+` (ITU-T E.164: at most 15); under 7 nobody can be called back.
const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits after the `8` of an Indonesian mobile number.
const MOBILE_DIGITS_AFTER_8: std::ops::RangeInclusive<usize> = 8..=11;
/// Digits after the area code 254 (Serang).
const SERANG_DIGITS_AFTER_254: std::ops::RangeInclusive<usize> = 6..=8;
/// Raw values longer than this are not numbers, whatever they hold (bytes).
const RAW_BYTES_MAX: usize = 256;

/// What a line says in the place of a number when it gives none.
const WITHHELD_WORDS: &[&str] = &[
    "anonymous",
    "unavailable",
    "unknown",
    "private",
    "restricted",
    "withheld",
    "blocked",
    "noname",
    "nonumber",
    "null",
    "none",
    "tanpanomor",
    "tidakdiketahui",
    "disembunyikan",
];

/// A telephone number in E.164, `+` included.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(String);

/// What a line told about its number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Caller {
    /// Can be called back and has a history.
    Known(Number),
    /// No number, a hidden one, or a dummy that many telephones share: never a history, never a block.
    Withheld,
    /// Something stands there, but it is no telephone number (`12345`, a name). Keep the raw value.
    Unreadable,
}

impl Caller {
    /// Reads what a trunk or an old record gives: digits in any of the usual writings, or a `sip:` / `tel:` URI.
    #[must_use]
    pub fn read(raw: &str) -> Self {
        if raw.len() > RAW_BYTES_MAX {
            return Caller::Unreadable;
        }
        let user = user_part(raw);
        let word: String = user.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if word.is_empty() || WITHHELD_WORDS.contains(&word.as_str()) {
            return Caller::Withheld;
        }
        let Some((plus, digits)) = plus_and_digits(user) else { return Caller::Unreadable };
        if is_dummy(&digits) {
            return Caller::Withheld;
        }
        if let Some(number) = resolve(plus, &digits) {
            return Caller::Known(number);
        }
        // An IMEI (15 digits, 14 without its check digit, 16 with a version) stands in for telephones without SIM.
        if !plus && (14..=16).contains(&digits.len()) { Caller::Withheld } else { Caller::Unreadable }
    }

    #[must_use]
    pub fn number(&self) -> Option<&Number> {
        match self {
            Caller::Known(number) => Some(number),
            Caller::Withheld | Caller::Unreadable => None,
        }
    }
}

impl Number {
    /// A number that was written as E.164 before (from the database). Anything else is `None`.
    #[must_use]
    pub fn from_e164(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let fits = E164_DIGITS.contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
            && !digits.starts_with('0');
        fits.then(|| Self(text.to_owned()))
    }

    /// `+6281234567890`: for the database and for dialling, never for logs.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// A telephone on a wire: an Indonesian number that is not of a mobile network. Of a foreign one nothing is said.
    #[must_use]
    pub fn is_fixed_line(&self) -> bool {
        self.0.strip_prefix("+62").is_some_and(|national| !national.starts_with('8'))
    }

    /// Whether the machine may dial it by itself: a telephone of this country. A caller's number is only what a trunk
    /// says; whoever forges one must not have us ring abroad, or the dear services of 080.
    #[must_use]
    pub fn is_domestic(&self) -> bool {
        self.0.strip_prefix("+62").is_some_and(|national| !national.starts_with("80"))
    }

    /// `0812-3456-7890`: for screens.
    #[must_use]
    pub fn show(&self) -> String {
        show_e164(&self.0)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Number(..)")
    }
}

/// Whether `dialled` is the emergency number itself: an exact match, so that `1120`, `0112` and `+62112` are not.
#[must_use]
pub fn is_emergency_number(dialled: &str) -> bool {
    dialled == EMERGENCY_NUMBER
}

/// The part of a URI or name-addr that names the user: `"A" <sip:0812@host;x=y>` gives `0812`.
fn user_part(raw: &str) -> &str {
    let mut text = raw.trim();
    if let Some((_, rest)) = text.split_once('<') {
        text = rest.split('>').next().unwrap_or(rest);
    }
    for scheme in ["sip:", "sips:", "tel:"] {
        if text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) {
            text = &text[scheme.len()..];
        }
    }
    text.split(['@', ';']).next().unwrap_or(text).trim()
}

/// The digits without separators, and whether a `+` led them. `None` when other characters are among them.
fn plus_and_digits(text: &str) -> Option<(bool, String)> {
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut digits = String::with_capacity(rest.len());
    for c in rest.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some((plus, digits))
}

/// One digit repeated, or the digits in counting order: what networks and people put in when there is no number.
fn is_dummy(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    let repeated = bytes.len() > 3 && bytes.iter().all(|b| *b == bytes[0]);
    let zeros_after_prefix = bytes.len() > 5 && bytes[3..].iter().all(|b| *b == b'0');
    repeated || zeros_after_prefix || matches!(digits, "123456789" | "1234567890" | "0123456789" | "01234567890")
}

/// The digits after the country code 62 in all writings of an Indonesian number.
fn national(plus: bool, digits: &str) -> Option<&str> {
    let national = if plus {
        digits.strip_prefix("62")?
    } else {
        digits.strip_prefix("0062").or_else(|| digits.strip_prefix("62")).unwrap_or(digits)
    };
    // `+62 (0)812..`: the trunk zero left in by hand.
    Some(national.strip_prefix('0').unwrap_or(national))
}

/// Mobile and Serang numbers by our own rules, all others by the numbering plans.
fn resolve(plus: bool, digits: &str) -> Option<Number> {
    let Some(national) = national(plus, digits) else { return by_numbering_plan(plus, digits) };
    let fits = if let Some(rest) = national.strip_prefix('8') {
        MOBILE_DIGITS_AFTER_8.contains(&rest.len()) && !rest.starts_with('0')
    } else if let Some(rest) = national.strip_prefix("254") {
        SERANG_DIGITS_AFTER_254.contains(&rest.len())
    } else {
        return by_numbering_plan(plus, digits);
    };
    fits.then(|| Number(format!("+62{national}")))
}

/// Reads the numbering plans once, so that the first foreign caller does not wait for it (tens of milliseconds).
pub fn load_numbering_plans() {
    let _ = by_numbering_plan(true, "6561234567");
}

/// Other areas of Indonesia and other countries, by the numbering plans that libphonenumber knows.
fn by_numbering_plan(plus: bool, digits: &str) -> Option<Number> {
    let text = if plus {
        format!("+{digits}")
    } else if let Some(rest) = digits.strip_prefix("00") {
        format!("+{rest}")
    } else if digits.starts_with('0') || digits.starts_with("62") {
        digits.to_owned()
    } else {
        // Without `0`, `00` or `+` anything could be meant.
        return None;
    };
    let parsed = phonenumber::parse(Some(phonenumber::country::Id::ID), text).ok()?;
    if !parsed.is_valid() {
        return None;
    }
    Number::from_e164(&parsed.format().mode(phonenumber::Mode::E164).to_string())
}

#[cfg(test)]
mod tests;
