//! What is wrong in a message and can be set right, is; what cannot, gets the status it deserves.

use super::{Fault, METHODS, Message, Start, lexis};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// The first CSeq number of a dialog must fit in 31 bits (RFC 3261 8.1.1.5); those after it count on (12.2.1.1).
const CSEQ_MAX: u32 = 1 << 31;

/// Headers that a call needs; the others go when a message is too large for the stack.
const NEEDED: [&str; 24] = [
    "Via",
    "From",
    "To",
    "Call-ID",
    "CSeq",
    "Max-Forwards",
    "Contact",
    "Route",
    "Record-Route",
    "Require",
    "Supported",
    "Session-Expires",
    "Min-SE",
    "Content-Type",
    "Content-Length",
    "P-Asserted-Identity",
    "Privacy",
    "Reason",
    "RSeq",
    "RAck",
    "Geolocation",
    "Call-Info",
    "WWW-Authenticate",
    "Proxy-Authenticate",
];

/// In place; the first fault ends it.
pub fn repair(message: &mut Message) -> Result<(), Fault> {
    start(message)?;
    addresses(message);
    mandatory(message)?;
    sequence(message)?;
    from_tag(message);
    to_tag(message);
    length(message)
}

fn start(message: &mut Message) -> Result<(), Fault> {
    match &mut message.start {
        Start::Request { method, uri, version } => {
            if !version.eq_ignore_ascii_case("SIP/2.0") {
                return Err(Fault::new(505, "Version Not Supported"));
            }
            *version = "SIP/2.0".into();
            match METHODS.iter().find(|known| known.eq_ignore_ascii_case(method)) {
                Some(known) => *method = (*known).into(),
                None => return Err(Fault::new(501, "Not Implemented")),
            }
            // `INVITE <sip:112@city> SIP/2.0`: the brackets do not belong here, the meaning is plain.
            if let Some(inner) = uri.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                *uri = inner.to_string().into();
            }
            Ok(())
        }
        Start::Response { line } => {
            let status = line.split_whitespace().nth(1).and_then(|code| code.parse::<u16>().ok());
            match status {
                Some(100..=699) => Ok(()),
                _ => Err(Fault::new(400, "Bad Request")),
            }
        }
    }
}

/// White space where the stack's parser does not expect it.
fn addresses(message: &mut Message) {
    for (name, value) in &mut message.headers {
        if name.eq_ignore_ascii_case("Via") {
            if !is_plain_via(value) {
                *value = lexis::split(value, ',')
                    .map(via)
                    .filter(|via| !via.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
                    .into();
            }
        } else if ["From", "To", "Contact"].iter().any(|known| known.eq_ignore_ascii_case(name)) {
            if !is_plain(value) {
                *value = lexis::split(value, ',').map(lexis::tight_parameters).collect::<Vec<_>>().join(", ").into();
            }
        } else if name.eq_ignore_ascii_case("Call-ID") && value.contains(char::is_whitespace) {
            *value = value.split_whitespace().collect::<String>().into();
        }
    }
}

/// One address with tight parameters, as nearly all are: there is nothing to repair. A quick look; "no" proves nothing.
fn is_plain(value: &str) -> bool {
    let (address, parameters) = at_parameters(value);
    address.trim() == address && lexis::positions(address, ',').next().is_none() && are_tight(parameters)
}

/// The same for a Via: `SIP/2.0/UDP host:port;branch=x`.
fn is_plain_via(value: &str) -> bool {
    let (sent, parameters) = at_parameters(value);
    let Some((protocol, host)) = sent.split_once(' ') else { return false };
    let is_tight = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"./:-_".contains(&byte));
    let is_apart =
        !protocol.is_empty() && !protocol.ends_with(['/', ':']) && !host.starts_with(['/', ':']) && !host.is_empty();
    is_apart && is_tight(protocol) && is_tight(host) && !sent.contains("::") && are_tight(parameters)
}

fn at_parameters(value: &str) -> (&str, &str) {
    value.split_at(lexis::positions(value, ';').next().unwrap_or(value.len()))
}

/// `;branch=x;rport`, nothing quoted.
fn are_tight(parameters: &str) -> bool {
    parameters.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>,".contains(&byte))
        && !parameters.contains(";;")
        && !parameters.ends_with(';')
}

/// `SIP  / 2.0 / UDP host : 5060 ; branch = x` as one would write it.
fn via(value: &str) -> String {
    let tight = lexis::tight_parameters(value);
    let (sent, parameters) = tight.split_once(';').map_or((tight.as_str(), None), |(sent, rest)| (sent, Some(rest)));
    let mut words =
        sent.replace('/', " / ").replace(':', " : ").split_whitespace().fold(String::new(), |mut out, word| {
            let glue = matches!(word, "/" | ":") || out.ends_with('/') || (out.ends_with(':') && !out.ends_with("::"));
            if !out.is_empty() && !glue {
                out.push(' ');
            }
            out.push_str(word);
            out
        });
    if sent.contains('[') {
        // An IPv6 address has colons of its own: leave it as it was written.
        words = sent.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    match parameters {
        Some(parameters) => format!("{words};{parameters}"),
        None => words,
    }
}

fn mandatory(message: &mut Message) -> Result<(), Fault> {
    for name in ["From", "To", "Call-ID", "CSeq"] {
        let count = message.values(name).filter(|value| !value.is_empty()).count();
        if count != 1 {
            return Err(Fault::new(400, "Missing Or Repeated Header"));
        }
    }
    if message.value("Via").is_none_or(str::is_empty) {
        return Err(Fault::new(400, "Missing Via"));
    }
    if message.method().is_some() && message.value("Max-Forwards").is_none_or(|hops| hops.parse::<u8>().is_err()) {
        // We are the last hop: a missing or strange hop count harms nobody.
        message.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Max-Forwards"));
        message.headers.push(("Max-Forwards".into(), "70".into()));
    }
    Ok(())
}

fn sequence(message: &mut Message) -> Result<(), Fault> {
    const BROKEN: Fault = Fault::new(400, "Bad CSeq");
    let value = message.value("CSeq").unwrap_or_default();
    let (number, named) = value.split_once(char::is_whitespace).ok_or(BROKEN)?;
    let number: u32 = number.parse().map_err(|_| BROKEN)?;
    let named = named.trim().to_ascii_uppercase();
    let within = lexis::parameter(message.value("To").unwrap_or_default(), "tag").is_some();
    if (number >= CSEQ_MAX && !within) || message.method().is_some_and(|method| method != named) {
        return Err(BROKEN);
    }
    let canonical = format!("{number} {named}");
    if value != canonical {
        set(message, "CSeq", canonical);
    }
    Ok(())
}

/// RFC 2543 clients send no From tag. The same one is made for every message of that dialog.
fn from_tag(message: &mut Message) {
    let from = message.value("From").unwrap_or_default();
    if lexis::parameter(from, "tag").is_some_and(|tag| !tag.is_empty()) {
        return;
    }
    let mut hash = Sha256::new();
    hash.update(message.value("Call-ID").unwrap_or_default());
    hash.update(from);
    let kept: Vec<&str> =
        lexis::split(from, ';').filter(|part| !part.to_ascii_lowercase().starts_with("tag")).collect();
    let repaired = format!("{};tag=r{}", kept.join(";"), hex::encode(&hash.finalize()[..8]));
    set(message, "From", repaired);
}

/// `To: <sip:112@city>;tag=`: an empty tag is none, so this opens a call.
fn to_tag(message: &mut Message) {
    let to = message.value("To").unwrap_or_default();
    if lexis::parameter(to, "tag") == Some("") {
        let kept: Vec<&str> = lexis::split(to, ';')
            .filter(|part| !part.split('=').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("tag")))
            .collect();
        let repaired = kept.join(";");
        set(message, "To", repaired);
    }
}

fn length(message: &mut Message) -> Result<(), Fault> {
    const BROKEN: Fault = Fault::new(400, "Bad Content-Length");
    let mut declared: Option<usize> = None;
    for value in message.values("Content-Length") {
        // Digits only: a sign, a fraction or a number beyond the machine's is broken.
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let value = if digits { value.parse::<usize>().map_err(|_| BROKEN)? } else { return Err(BROKEN) };
        if declared.is_some_and(|other| other != value) {
            return Err(BROKEN);
        }
        declared = Some(value);
    }
    match declared {
        Some(length) if length > message.body.len() => return Err(BROKEN),
        Some(length) => match &mut message.body {
            Cow::Borrowed(body) => *body = &body[..length],
            Cow::Owned(body) => body.truncate(length),
        },
        // RFC 3261 18.3: without it a datagram's body runs to its end. `frame` has cut a stream the same way.
        None => {}
    }
    let length = message.body.len().to_string();
    if !message.values("Content-Length").eq([length.as_str()]) {
        message.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("Content-Length"));
        message.headers.push(("Content-Length".into(), length.into()));
    }
    Ok(())
}

/// Drops every header that a call does not need and, of a multipart body, all but the session description.
pub fn compact(message: &mut Message) {
    message.headers.retain(|(name, _)| NEEDED.iter().any(|needed| needed.eq_ignore_ascii_case(name)));
    let kind = message.value("Content-Type").unwrap_or_default().to_string();
    let Some(description) = crate::sip::body::session_description(&kind, &message.body) else { return };
    if description.len() < message.body.len() {
        message.body = description.into();
        set(message, "Content-Type", "application/sdp".into());
        let length = message.body.len().to_string();
        set(message, "Content-Length", length);
    }
}

fn set(message: &mut Message, name: &str, value: String) {
    if let Some((_, old)) = message.headers.iter_mut().find(|(has, _)| has.eq_ignore_ascii_case(name)) {
        *old = value.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    #[test]
    fn what_looks_plain_is_what_a_repair_would_leave() {
        let addresses =
            |value: &str| lexis::split(value, ',').map(lexis::tight_parameters).collect::<Vec<_>>().join(", ");
        let vias = |value: &str| {
            lexis::split(value, ',').map(via).filter(|via| !via.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let pieces = [
            "SIP/2.0/UDP",
            " ",
            " ",
            "192.0.2.1",
            ":5060",
            ";",
            ";branch=z9hG4bK1",
            ";rport",
            "=",
            "<sip:0812@a;x=y>",
            "\"Budi, S\" ",
            ";tag=1",
            ",",
            "/",
            "::",
            "[2001:db8::1]",
            "\\",
            "\"",
            "<",
            ">",
            "é",
            "\u{a0}",
        ];
        let mut dice = StdRng::seed_from_u64(3);
        let (mut plain, mut plain_vias) = (0, 0);
        for _ in 0..200_000 {
            let value: String =
                (0..dice.random_range(1..7)).map(|_| pieces[dice.random_range(0..pieces.len())]).collect();
            if is_plain(&value) {
                plain += 1;
                assert_eq!(addresses(&value), value);
            }
            if is_plain_via(&value) {
                plain_vias += 1;
                assert_eq!(vias(&value), value);
            }
        }
        assert!(plain > 1_000 && plain_vias > 50, "{plain} {plain_vias}");
        assert!(is_plain("<sip:0812@192.0.2.1>;tag=f1") && is_plain_via("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa1"));
    }
}
