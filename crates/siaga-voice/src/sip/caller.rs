//! Who calls, as the trunk says it. Nothing here refuses or judges; what cannot be read is simply unknown.

use super::{
    guard::{Message, Start, lexis},
    pidf,
};
use crate::event::RawCaller;
use rsipstack::sip::Request;
use std::net::SocketAddr;

/// User parts that mean "no number".
const ANONYMOUS: [&str; 7] = ["anonymous", "unavailable", "unknown", "restricted", "private", "withheld", "nonumber"];

/// The caller of an INVITE that the guard has read but the stack has not.
pub fn of_message(message: &Message, source: SocketAddr) -> RawCaller {
    let uri = match &message.start {
        Start::Request { uri, .. } => &**uri,
        Start::Response { .. } => "",
    };
    let headers: Vec<(&str, &str)> = message.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
    read(uri, &headers, source)
}

/// The caller of an INVITE from the stack.
pub fn of_request(request: &Request, source: SocketAddr) -> RawCaller {
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|header| (header.name(), header.value())).collect();
    let position = pidf::position(&headers, &request.body);
    RawCaller { position, ..read(&request.uri.to_string(), &headers, source) }
}

fn read(uri: &str, headers: &[(&str, &str)], source: SocketAddr) -> RawCaller {
    let values = |wanted: &'static str| {
        headers.iter().filter(move |(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    };
    // Several values may stand in one header (RFC 3325: one sip and one tel).
    let asserted: Vec<&str> = values("P-Asserted-Identity").flat_map(|value| lexis::split(value, ',')).collect();
    let from = values("From").next().unwrap_or_default();
    let named: Vec<&str> = asserted.iter().copied().chain([from]).collect();
    RawCaller {
        number: named.iter().find_map(|value| number(address(value))),
        display_name: named.iter().find_map(|value| display_name(value)),
        dialled: user(uri).unwrap_or_default(),
        source,
        sip_call_id: values("Call-ID").next().unwrap_or_default().to_string(),
        position: None,
    }
}

/// The URI of a name-addr or addr-spec.
fn address(value: &str) -> &str {
    match lexis::angled(value) {
        Some((from, to)) => &value[from..to],
        None => value.split(';').next().unwrap_or_default().trim(),
    }
}

fn number(uri: &str) -> Option<String> {
    let user = user(uri)?;
    let hidden = user.is_empty()
        || ANONYMOUS.iter().any(|word| user.eq_ignore_ascii_case(word))
        || uri.to_ascii_lowercase().contains("@anonymous.invalid");
    (!hidden).then_some(user)
}

/// User part of a sip, sips or tel URI, or the last word of `urn:service:sos`, unescaped, without parameters.
pub fn user(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.trim().split_once(':')?;
    let user = match scheme.to_ascii_lowercase().as_str() {
        "sip" | "sips" => rest.split_once('@')?.0.split(':').next()?,
        "tel" => rest,
        "urn" => rest.rsplit(':').next()?,
        _ => return None,
    };
    Some(unescape(user.split(';').next().unwrap_or_default()))
}

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                out.push(code);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).chars().filter(|letter| !letter.is_control()).collect()
}

fn display_name(value: &str) -> Option<String> {
    let (from, _) = lexis::angled(value)?;
    let name = value[..from].trim_end_matches('<').trim();
    let name = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(name)
        .replace("\\\"", "\"")
        .replace("\\\\", "\\");
    let name = name.trim();
    let hidden = name.is_empty() || ANONYMOUS.iter().any(|word| name.eq_ignore_ascii_case(word));
    (!hidden).then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, headers: &str, uri: &str, number: Option<&str>, shown: Option<&str>, dialled: &str) {
        let text = format!("INVITE {uri} SIP/2.0\r\nCall-ID: c1\r\n{headers}\r\n");
        let message = Message::read(text.as_bytes()).expect("a message");
        let caller = of_message(&message, SocketAddr::from(([127, 0, 0, 1], 5060)));
        assert_eq!(caller.number.as_deref(), number, "{name}: number");
        assert_eq!(caller.display_name.as_deref(), shown, "{name}: name");
        assert_eq!(caller.dialled, dialled, "{name}: dialled");
        assert_eq!(caller.sip_call_id, "c1", "{name}");
    }

    #[test]
    fn the_caller_is_read_as_the_trunk_says_it() {
        let uri = "sip:112@city.example";
        check("from", "From: <sip:081234567890@telco>;tag=1\r\n", uri, Some("081234567890"), None, "112");
        check("from without brackets", "From: sip:0812@telco;tag=1\r\n", uri, Some("0812"), None, "112");
        check(
            "asserted first",
            "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1\r\nP-Asserted-Identity: \"Budi, S\" <sip:+62812@telco>, <tel:+62812>\r\n",
            uri,
            Some("+62812"),
            Some("Budi, S"),
            "112",
        );
        check(
            "tel",
            "From: <sip:x@y>;tag=1\r\nP-Asserted-Identity: <tel:+62254112;phone-context=x>\r\n",
            uri,
            Some("+62254112"),
            None,
            "112",
        );
        check("anonymous", "From: Anonymous <sip:anonymous@anonymous.invalid>;tag=1\r\n", uri, None, None, "112");
        check("no user", "From: <sip:telco.example>;tag=1\r\n", uri, None, None, "112");
        check("escaped user", "From: <sip:%2B62812@telco>;tag=1\r\n", "tel:112", Some("+62812"), None, "112");
        check("service urn", "From: <sip:1@t>;tag=1\r\n", "urn:service:sos", Some("1"), None, "sos");
        check("no user dialled", "From: <sip:1@t>;tag=1\r\n", "sip:city.example", Some("1"), None, "");
        check(
            "quoted brackets",
            "From: \"a <b> \\\"c\\\"\" <sip:1@t>;tag=1\r\n",
            uri,
            Some("1"),
            Some("a <b> \"c\""),
            "112",
        );
    }

    #[test]
    fn a_latin_1_name_is_repaired() {
        let bytes = b"INVITE sip:112@a SIP/2.0\r\nFrom: \"Caf\xe9\" <sip:1@t>;tag=1\r\n\r\n";
        let caller = of_message(&Message::read(bytes).expect("a message"), SocketAddr::from(([127, 0, 0, 1], 1)));
        assert_eq!(caller.display_name.as_deref(), Some("Café"));
    }
}
