//! A SIP message as lines: read leniently, written canonically. Knows no meaning beyond names and values.

use super::lexis;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    Request { method: String, uri: String, version: String },
    Response { line: String },
}

/// Start line, headers with full names in their order, body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub start: Start,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Message {
    /// `None` when it is not SIP at all (then nobody is answered).
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let begin = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let bytes = &bytes[begin..];
        let (head, body) = split_head(bytes);
        let mut lines = head.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let start = start_line(&lexis::text(lines.next()?))?;
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            let folded = line.first().is_some_and(|&byte| byte == b' ' || byte == b'\t');
            let line = lexis::text(line);
            if folded {
                // RFC 3261 7.3.1: a folded line continues the value before it.
                if let Some((_, value)) = headers.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                let name = name.trim();
                if lexis::is_token(name) {
                    headers.push((lexis::full_name(name).unwrap_or(name).to_string(), value.trim().to_string()));
                }
            }
        }
        Some(Self { start, headers, body: body.to_vec() })
    }

    /// The canonical form: CRLF, unfolded, UTF-8 head.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut head = match &self.start {
            Start::Request { method, uri, version } => format!("{method} {uri} {version}\r\n"),
            Start::Response { line } => format!("{line}\r\n"),
        };
        for (name, value) in &self.headers {
            head.push_str(name);
            head.push_str(": ");
            head.push_str(value);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// All values of a header, in their order.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers.iter().filter(move |(has, _)| has.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first value of a header.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(has, _)| has.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The method of a request.
    pub fn method(&self) -> Option<&str> {
        match &self.start {
            Start::Request { method, .. } => Some(method),
            Start::Response { .. } => None,
        }
    }

    /// An INVITE that would open a new dialog.
    pub fn is_new_invite(&self) -> bool {
        self.method() == Some("INVITE") && self.value("To").is_some_and(|to| lexis::parameter(to, "tag").is_none())
    }
}

fn start_line(line: &str) -> Option<Start> {
    let line = line.trim();
    if line.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("SIP/")) {
        return Some(Start::Response { line: line.to_string() });
    }
    let (method, rest) = line.split_once(char::is_whitespace)?;
    let (uri, version) = rest.trim().rsplit_once(char::is_whitespace)?;
    let is_sip = version.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("SIP/"));
    // White space inside the Request-URI is wrong, but what was meant is plain.
    let uri: String = uri.chars().filter(|letter| !letter.is_whitespace()).collect();
    (is_sip && lexis::is_token(method)).then(|| Start::Request {
        method: method.to_string(),
        uri,
        version: version.to_string(),
    })
}

/// Head and body, cut at the first empty line; a head without one has no body.
fn split_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(feed) = bytes[at..].iter().position(|&byte| byte == b'\n') {
        let after = at + feed + 1;
        match &bytes[after..] {
            [b'\n', ..] => return (&bytes[..after], &bytes[after + 1..]),
            [b'\r', b'\n', ..] => return (&bytes[..after], &bytes[after + 2..]),
            _ => at = after,
        }
    }
    (bytes, &[])
}
