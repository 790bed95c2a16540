//! What a person may be called, and the refusals of account forms, in one place for form, first start and command line.

use super::password::{self, WeakPassword};
use crate::problem::Problem;
use siaga_core::text;

/// Sign-in names, characters.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 2..=40;
/// Shown names, characters: they stand on cards.
const DISPLAY_NAME_MAX: usize = 60;

/// Why an account cannot be as asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadField {
    #[error("Nama masuk harus 2 sampai 40 huruf kecil, angka, titik, garis atau garis bawah")]
    Name,
    #[error("Nama tampilan harus 1 sampai 60 huruf")]
    DisplayName,
    #[error(transparent)]
    Password(#[from] WeakPassword),
}

impl From<BadField> for Problem {
    fn from(bad: BadField) -> Self {
        Problem::invalid(bad.to_string())
    }
}

/// The sign-in name as it is kept.
pub fn name(typed: &str) -> Result<String, BadField> {
    let name = typed.trim().to_lowercase();
    let fits = NAME_LENGTH.contains(&name.chars().count());
    let plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    if fits && plain { Ok(name) } else { Err(BadField::Name) }
}

/// The shown name as it is kept: one line of letters that are seen.
pub fn display_name(typed: &str) -> Result<String, BadField> {
    let name = typed.trim();
    let fits = (1..=DISPLAY_NAME_MAX).contains(&name.chars().count());
    if fits && text::is_line(name) { Ok(name.to_owned()) } else { Err(BadField::DisplayName) }
}

/// A new password for an account of these names.
pub fn new_password(typed: &str, name: &str, display_name: &str) -> Result<(), BadField> {
    Ok(password::check_new(typed, [name, display_name])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (typed, kept) in [("Siti", Some("siti")), (" petugas.1 ", Some("petugas.1")), ("a", None), ("", None)] {
            assert_eq!(name(typed).ok().as_deref(), kept, "{typed}");
        }
        for typed in ["siti aminah", "siti@kota", "s\u{0}iti", &"a".repeat(41), "sìti"] {
            assert_eq!(name(typed), Err(BadField::Name), "{typed}");
        }
        for (typed, kept) in [(" Siti Aminah ", Some("Siti Aminah")), ("", None), ("a\nb", None), ("  ", None)] {
            assert_eq!(display_name(typed).ok().as_deref(), kept, "{typed}");
        }
    }
}
