//! A SIP message as lines: read leniently, written canonically. Knows no meaning beyond names and values. What is
//! written as it should be is borrowed from the datagram: a flood is read without a copy.

use super::lexis;
use std::borrow::Cow;

/// Headers that an INVITE usually has at most.
const HEADERS_USUAL: usize = 20;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start<'a> {
    Request { method: Cow<'a, str>, uri: Cow<'a, str>, version: Cow<'a, str> },
    Response { line: Cow<'a, str> },
}

/// Name and value of one header.
pub type Header<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Start line, headers with full names in their order, body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    pub start: Start<'a>,
    pub headers: Vec<Header<'a>>,
    pub body: Cow<'a, [u8]>,
}

impl<'a> Message<'a> {
    /// `None` when it is not SIP at all (then nobody is answered).
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let begin = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let mut lines = Lines { rest: &bytes[begin..] };
        let start = match lexis::text(lines.next()?) {
            Cow::Borrowed(line) => start_line(line)?,
            Cow::Owned(line) => start_line(&line)?.into_owned(),
        };
        let mut headers: Vec<Header> = Vec::with_capacity(HEADERS_USUAL);
        for line in lines.by_ref() {
            let folded = line.first().is_some_and(|&byte| byte == b' ' || byte == b'\t');
            let line = lexis::text(line);
            if folded {
                // RFC 3261 7.3.1: a folded line continues the value before it.
                if let Some((_, value)) = headers.last_mut() {
                    let value = value.to_mut();
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else {
                headers.extend(match line {
                    Cow::Borrowed(line) => header(line),
                    Cow::Owned(line) => header(&line).map(|(name, value)| (own(name), own(value))),
                });
            }
        }
        Some(Self { start, headers, body: Cow::Borrowed(lines.rest) })
    }

    /// The canonical form: CRLF, unfolded, UTF-8 head.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length: usize = self.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
        let mut head = String::with_capacity(256 + length + self.body.len());
        match &self.start {
            Start::Request { method, uri, version } => head.extend([method, " ", uri, " ", version, "\r\n"]),
            Start::Response { line } => head.extend([line, "\r\n"]),
        }
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    /// All values of a header, in their order.
    pub fn values<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.headers.iter().filter(move |(has, _)| has.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }

    /// The first value of a header.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(has, _)| has.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
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

impl Start<'_> {
    fn into_owned(self) -> Start<'static> {
        match self {
            Self::Request { method, uri, version } => {
                Start::Request { method: own(method), uri: own(uri), version: own(version) }
            }
            Self::Response { line } => Start::Response { line: own(line) },
        }
    }
}

fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

fn start_line(line: &str) -> Option<Start<'_>> {
    let line = line.trim();
    if line.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("SIP/")) {
        return Some(Start::Response { line: line.into() });
    }
    let (method, rest) = line.split_once(char::is_whitespace)?;
    let (uri, version) = rest.trim().rsplit_once(char::is_whitespace)?;
    let is_sip = version.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case("SIP/"));
    // White space inside the Request-URI is wrong, but what was meant is plain.
    let uri = if uri.contains(char::is_whitespace) {
        uri.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().into()
    } else {
        uri.into()
    };
    (is_sip && lexis::is_token(method)).then(|| Start::Request { method: method.into(), uri, version: version.into() })
}

fn header(line: &str) -> Option<Header<'_>> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    lexis::is_token(name).then(|| (lexis::full_name(name).unwrap_or(name).into(), value.trim().into()))
}

/// The lines of the head, up to the first empty one; then `rest` is the body. A head without one has no body.
struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let feed = self.rest.iter().position(|&byte| byte == b'\n');
        let (line, rest) = match feed {
            Some(at) => (&self.rest[..at], &self.rest[at + 1..]),
            None => (self.rest, &self.rest[self.rest.len()..]),
        };
        self.rest = rest;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        (!line.is_empty()).then_some(line)
    }
}
