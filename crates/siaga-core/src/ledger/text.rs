//! Bytes of a file as text, and text that is safe to show or to open in a spreadsheet.

use super::whole_file;
use crate::view::ledger::RowProblem;
use std::borrow::Cow;

/// A value in a message is cut here (characters).
const VALUE_CHARS_SHOWN: usize = 60;

/// The bytes after a UTF-8 byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> Result<&[u8], RowProblem> {
    const EXPECTED: &str = "berkas UTF-8: simpan ulang sebagai \"CSV UTF-8 (dipisahkan koma)\"";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(whole_file("berkas UTF-16", EXPECTED));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(whole_file("berkas XLSX atau ZIP", EXPECTED));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let first_line = bytes.split(|b| *b == b'\n').next().unwrap_or(bytes);
    if first_line.contains(&0) {
        return Err(whole_file("byte NUL di judul kolom (UTF-16 tanpa tanda, atau bukan CSV)", EXPECTED));
    }
    Ok(bytes)
}

/// How a cell was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    Utf8,
    Latin1,
}

/// UTF-8, or Latin-1 as Windows writes it where the bytes are no UTF-8. An apostrophe that [`defuse`] put in front
/// goes away again.
pub(super) fn decode(cell: &[u8]) -> (Cow<'_, str>, Encoding) {
    match std::str::from_utf8(cell) {
        Ok(text) => (Cow::Borrowed(fused(text)), Encoding::Utf8),
        Err(_) => {
            let text: String = cell.iter().map(|byte| windows_1252(*byte)).collect();
            (Cow::Owned(fused(&text).to_owned()), Encoding::Latin1)
        }
    }
}

fn fused(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA_STARTS) => rest,
        _ => text,
    }
}

/// The bytes 0x80-0x9f, which Latin-1 leaves to control characters and Windows to quotation marks and dashes.
const WINDOWS_80_9F: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_80_9F[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// What makes a spreadsheet take a cell for a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell for a CSV that people open in a spreadsheet: an apostrophe stops a formula. A telephone number keeps its
/// plus, and a negative number its sign: they hold digits only.
#[must_use]
pub fn defuse(cell: &str) -> Cow<'_, str> {
    let mut chars = cell.chars();
    let number = matches!(chars.next(), Some('+' | '-'))
        && cell.len() > 1
        && chars.all(|c| c.is_ascii_digit() || c == '.')
        && !cell.contains("..");
    if cell.starts_with(FORMULA_STARTS) && !number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A value for a message: one line, no control characters, cut to a readable length.
#[must_use]
pub fn show_value(value: &str) -> String {
    let mut shown: String =
        value.chars().take(VALUE_CHARS_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let more = value.chars().count().saturating_sub(VALUE_CHARS_SHOWN);
    if more > 0 {
        shown.push_str(&format!("… (+{more} karakter)"));
    }
    shown
}
