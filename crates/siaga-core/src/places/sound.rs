//! Words that sound alike become the same letters: old spellings (oe, tj, dj, j for y), a dropped h, doubled letters,
//! v/f/p, d and t at the end, au/o, ai/e. What is left of a difference is for the edit distance.

/// Letters and digits of `word` (lower case) as they sound. Never empty when `word` is not.
pub(super) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().map(plain).collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let after = letters.get(at + 2).copied().unwrap_or(' ');
        // one sound written with two letters
        let pair = match (letter, next) {
            ('o', 'e') => Some('u'),
            ('t', 'j') => Some('c'),
            ('d', 'j') => Some('y'),
            ('s', 'j' | 'y') => Some('s'),
            ('a', 'u') => Some('o'),
            ('a', 'i' | 'e') => Some('e'),
            ('c' | 'k', 'h') => Some('h'),
            // Priyayi, Priayi
            ('i', 'y') if is_vowel(after) => Some('i'),
            ('u', 'w') if is_vowel(after) => Some('u'),
            _ => None,
        };
        at += if pair.is_some() { 2 } else { 1 };
        let letter = pair.unwrap_or(letter);
        let end = at >= letters.len();
        let heard = match letter {
            'h' => continue,
            'v' | 'f' => 'p',
            'j' => 'y',
            'z' => 's',
            'q' => 'k',
            'x' => 's',
            'd' if end => 't',
            'b' if end => 'p',
            other => other,
        };
        // numbers keep their doubles: 11 is not 1
        if heard.is_ascii_digit() || !out.ends_with(heard) {
            out.push(heard);
        }
    }
    if out.is_empty() { word.to_owned() } else { out }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'i' | 'u' | 'e' | 'o')
}

/// Without its accent, where it has one of the usual ones.
fn plain(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Whether `short` is `long` without its vowels: "psr" is how "pasar" is written in a hurry.
pub(super) fn is_clipped(short: &str, long: &str) -> bool {
    short.len() >= 3
        && !short.chars().any(is_vowel)
        && long.chars().filter(|letter| !is_vowel(*letter)).eq(short.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_is_equal_and_other_is_not() {
        for (one, other) in [
            ("soekawana", "sukawana"),
            ("tjipare", "cipare"),
            ("tjoeroeg", "curug"),
            ("djaya", "jaya"),
            ("wijaja", "wijaya"),
            ("hasanudin", "asanuddin"),
            ("pasuluhan", "pasuluan"),
            ("veteran", "feteran"),
            ("peteran", "veteran"),
            ("masjid", "masjit"),
            ("priyayi", "priayi"),
            ("syekh", "seh"),
            ("mochamad", "mohammad"),
            ("pulau", "pulo"),
            ("zainal", "saenal"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} {other}");
        }
        for (one, other) in [("serang", "sepang"), ("curug", "cilaku"), ("11", "1"), ("kh", "")] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
        assert!(is_clipped("psr", "pasar") && is_clipped("trmnl", "terminal"));
        assert!(!is_clipped("psr", "pesisir") && !is_clipped("asr", "asar"));
    }
}
