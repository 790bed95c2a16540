//! How a number is shown on a screen: as people here write it.

/// `+6281234567890` as `0812-3456-7890`, a Serang number as `0254-201234`, a foreign one in international groups.
/// What is no E.164 (an old raw value) is shown as it is.
#[must_use]
pub fn show_e164(e164: &str) -> String {
    let Some(national) = e164.strip_prefix("+62") else { return international(e164) };
    if !national.is_ascii() {
        return e164.to_owned();
    }
    if national.starts_with('8') {
        return grouped(&format!("0{national}"));
    }
    match national.strip_prefix("254") {
        Some(rest) => format!("0254-{rest}"),
        None => international(e164),
    }
}

/// Ten digits as 4-3-3, more as 4-4-rest.
fn grouped(digits: &str) -> String {
    let second = if digits.len() == 10 { 7 } else { 8 };
    match (digits.get(..4), digits.get(4..second), digits.get(second..)) {
        (Some(a), Some(b), Some(c)) if !c.is_empty() => format!("{a}-{b}-{c}"),
        _ => digits.to_owned(),
    }
}

fn international(e164: &str) -> String {
    match phonenumber::parse(None, e164) {
        Ok(number) => number.format().mode(phonenumber::Mode::International).to_string(),
        Err(_) => e164.to_owned(),
    }
}
