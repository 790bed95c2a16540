//! Small readers over header text: scanning that knows quotes and angle brackets.

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

/// Where `wanted` stands outside quotes and angle brackets.
pub fn positions(text: &str, wanted: char) -> Vec<usize> {
    let (mut quoted, mut angled, mut escaped) = (false, false, false);
    let mut found = Vec::new();
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' if quoted => escaped = true,
            '"' if !angled => quoted = !quoted,
            '<' if !quoted => angled = true,
            '>' if !quoted => angled = false,
            _ if letter == wanted && !quoted && !angled => found.push(at),
            _ => {}
        }
    }
    found
}

/// Parts of `text` between `separator`s that stand outside quotes and angle brackets, trimmed.
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in positions(text, separator) {
        parts.push(text[from..at].trim());
        from = at + separator.len_utf8();
    }
    parts.push(text[from..].trim());
    parts
}

/// `a ; tag = x` becomes `a;tag=x`; nothing inside quotes or angle brackets changes.
pub fn tight_parameters(value: &str) -> String {
    let mut parts = split(value, ';').into_iter();
    let mut tight = parts.next().unwrap_or_default().to_string();
    for part in parts {
        if part.is_empty() {
            continue;
        }
        tight.push(';');
        match positions(part, '=').first() {
            Some(&at) => {
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
    split(value, ';').into_iter().skip(1).find_map(|part| match part.split_once('=') {
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
pub fn text(line: &[u8]) -> String {
    let clean = |letter: char| if letter.is_control() { ' ' } else { letter };
    match std::str::from_utf8(line) {
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
