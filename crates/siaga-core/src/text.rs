//! What people type is shown as they typed it: on a wall, in a message, in a document that is signed. A letter that turns its
//! neighbours round, or that nobody sees, makes one name look like another.

/// Letters that turn the order of what stands beside them (Unicode Standard Annex 9), and those that break a line unseen.
#[must_use]
pub fn turns(letter: char) -> bool {
    matches!(letter, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// One line: a name, a place, who is meant.
#[must_use]
pub fn is_line(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_control() || turns(letter))
}

/// Lines below each other: notes, a reason.
#[must_use]
pub fn is_lines(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t') || turns(letter))
}

/// What an error says of it.
pub const UNSEEN: &str = "berisi karakter yang tidak terlihat; ketik ulang, jangan tempel";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_are_lines_and_what_turns_or_hides_is_none() {
        for name in ["Siaran radio", "RT 03/RW 05: \"Ciracas\"", "Siti Nur’aini", "سيتي", "王", "👩‍🚒 Damkar", ""]
        {
            assert!(is_line(name) && is_lines(name), "{name}");
        }
        for name in ["a\u{202e}b", "a\u{2066}b", "a\u{200f}", "a\0b", "a\u{7}b", "a\u{2028}b", "a\u{85}b", "a\u{61c}b"]
        {
            assert!(!is_line(name) && !is_lines(name), "{name:?}");
        }
        for lines in ["satu\ndua", "satu\r\ndua", "a\tb"] {
            assert!(!is_line(lines) && is_lines(lines), "{lines:?}");
        }
    }
}
