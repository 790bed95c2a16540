//! What a library says about a body or a query, in words of the person who sent it.

/// Turns the text of a rejection into one Indonesian line that says what is wrong and what to do. `class: unknown
/// variant ...` keeps the place it names; a value is never repeated longer than the library does.
pub fn in_words(text: &str) -> String {
    // "Failed to deserialize the JSON body into the target type: ..."
    let text = match text.split_once(": ") {
        Some((head, rest)) if head.starts_with("Failed to") => rest,
        _ => text,
    };
    let (text, place) = match text.rsplit_once(" at line ") {
        Some((rest, place)) => (rest, format!(" (baris {})", place.replace(" column ", ", kolom "))),
        None => (text, String::new()),
    };
    let (path, what) = match text.split_once(": ") {
        Some((path, what)) if !path.contains(' ') => (Some(path), what),
        _ => (None, text),
    };
    let name = between(what).unwrap_or_default();
    let known = what.split_once(", expected ").map(|(_, rest)| rest.trim_start_matches("one of "));
    let known = known.unwrap_or_default().replace("` or `", "`, `");
    let said = if what.starts_with("missing field") {
        format!("isian {name} belum ada. Tambahkan")
    } else if what.starts_with("unknown field") {
        format!("isian {name} tidak dikenal. Yang dikenal: {}", or_none(&known))
    } else if what.starts_with("duplicate field") {
        format!("isian {name} tertulis dua kali. Tulis sekali")
    } else if what.starts_with("unknown variant") {
        format!("nilai {name} tidak dikenal. Pakai salah satu: {}", or_none(&known))
    } else if what.starts_with("invalid type")
        || what.starts_with("invalid value")
        || what.starts_with("invalid length")
    {
        "jenis atau besar isiannya tidak sesuai. Periksa angka, teks, dan ya/tidak".to_owned()
    } else if what.starts_with("EOF") {
        "kiriman terputus di tengah. Kirim ulang seluruhnya".to_owned()
    } else {
        "tidak dapat dibaca. Periksa tanda baca dan isiannya".to_owned()
    };
    match path {
        Some(path) => format!("{path}: {said}{place}"),
        None => format!("{}{}{place}", said[..1].to_uppercase(), &said[1..]),
    }
}

/// The first name in backticks.
fn between(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

fn or_none(known: &str) -> &str {
    if known.is_empty() || known == "there are no fields" { "tidak ada" } else { known }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn a_library_speaks_no_english_to_people() {
        let json = "Failed to deserialize the JSON body into the target type: ";
        for (text, expected) in [
            (
                format!("{json}class: unknown variant `x`, expected one of `prank`, `ghost` at line 1 column 12"),
                "class: nilai x tidak dikenal. Pakai salah satu: `prank`, `ghost` (baris 1, kolom 12)",
            ),
            (
                format!("{json}missing field `class` at line 1 column 2"),
                "Isian class belum ada. Tambahkan (baris 1, kolom 2)",
            ),
            (
                format!("{json}rolle: unknown field `rolle`, expected `role` or `disabled` at line 1 column 8"),
                "rolle: isian rolle tidak dikenal. Yang dikenal: `role`, `disabled` (baris 1, kolom 8)",
            ),
            (
                format!("{json}hours: invalid type: string \"a: b\", expected u32 at line 1 column 9"),
                "hours: jenis atau besar isiannya tidak sesuai. Periksa angka, teks, dan ya/tidak (baris 1, kolom 9)",
            ),
            (
                "Failed to parse the request body as JSON: EOF while parsing an object at line 1 column 1".to_owned(),
                "Kiriman terputus di tengah. Kirim ulang seluruhnya (baris 1, kolom 1)",
            ),
            ("Failed to deserialize query string: missing field `from`".to_owned(), "Isian from belum ada. Tambahkan"),
            ("something new".to_owned(), "Tidak dapat dibaca. Periksa tanda baca dan isiannya"),
            (String::new(), "Tidak dapat dibaca. Periksa tanda baca dan isiannya"),
        ] {
            assert_eq!(in_words(&text), expected, "{text}");
        }
    }
}
