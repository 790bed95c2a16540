//! Small readers over header text: scanning that knows quotes and angle brackets.

use std::borrow::Cow;

/// Full name of a compact header (RFC 3261 7.3.3 and extensions).
pub fn full_name(name: &str) -> Option<&'static str> {
    let mut letters = name.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    Some(match letter.to_ascii_lowercase() {
        'b' => "Referred-By",
        'c' => "Content-Type",
        'e' => "Content-Encoding",
        'f' => "From",
        'i' => "Call-ID",
        'k' => "Supported",
        'l' => "Content-Length",
        'm' => "Contact",
        'o' => "Event",
        'r' => "Refer-To",
        's' => "Subject",
        't' => "To",
        'u' => "Allow-Events",
        'v' => "Via",
        'x' => "Session-Expires",
        'y' => "Identity",
        _ => return None,
    })
}

/// Where `wanted`, an ASCII letter, stands outside quotes and angle brackets.
pub fn positions(text: &str, wanted: char) -> impl Iterator<Item = usize> {
    let (mut quoted, mut angled, mut escaped) = (false, false, false);
    // What matters is ASCII, so bytes will do.
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        if escaped {
            escaped = false;
            return None;
        }
        match byte {
            b'\\' if quoted => escaped = true,
            b'"' if !angled => quoted = !quoted,
            b'<' if !quoted => angled = true,
            b'>' if !quoted => angled = false,
            _ => return (char::from(byte) == wanted && !quoted && !angled).then_some(at),
        }
        None
    })
}

/// Parts of `text` between `separator`s that stand outside quotes and angle brackets, trimmed.
pub fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let ends = positions(text, separator).chain([text.len()]);
    ends.scan(0, |from, at| {
        let part = text[*from..at].trim();
        *from = at + 1;
        Some(part)
    })
}

/// `a ; tag = x` becomes `a;tag=x`; nothing inside quotes or angle brackets changes.
pub fn tight_parameters(value: &str) -> String {
    let mut parts = split(value, ';');
    let mut tight = parts.next().unwrap_or_default().to_string();
    for part in parts {
        if part.is_empty() {
            continue;
        }
        tight.push(';');
        match positions(part, '=').next() {
            Some(at) => {
                tight.push_str(part[..at].trim());
                tight.push('=');
                tight.push_str(part[at + 1..].trim());
            }
            None => tight.push_str(part),
        }
    }
    tight
}

/// The value of a parameter of a header value; empty when it has none.
pub fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    split(value, ';').skip(1).find_map(|part| match part.split_once('=') {
        Some((key, given)) if key.trim().eq_ignore_ascii_case(name) => Some(given.trim()),
        None if part.eq_ignore_ascii_case(name) => Some(""),
        _ => None,
    })
}

/// A token by RFC 3261 25.1.
pub fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte))
}

/// UTF-8, or Latin-1 read as what it says; control characters become spaces.
pub fn text(line: &[u8]) -> Cow<'_, str> {
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    // Without a way out of the loop it is done many bytes at a time.
    let is_plain = line.iter().fold(true, |plain, byte| plain & (b' '..=b'~').contains(byte));
    match std::str::from_utf8(line) {
        Ok(text) if is_plain || !text.contains(char::is_control) => text.into(),
        Ok(text) => text.chars().map(clean).collect(),
        Err(_) => line.iter().map(|&byte| clean(char::from(byte))).collect(),
    }
}

/// Inner span of the first `<...>` outside quotes.
pub fn angled(value: &str) -> Option<(usize, usize)> {
    let (mut quoted, mut escaped) = (false, false);
    let mut from = None;
    for (at, letter) in value.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' if quoted => escaped = true,
            '"' if from.is_none() => quoted = !quoted,
            '<' if !quoted && from.is_none() => from = Some(at + 1),
            '>' if !quoted => return from.map(|from| (from, at)),
            _ => {}
        }
    }
    None
}
