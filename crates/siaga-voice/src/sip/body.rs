//! The session description inside a message body, also when it is one part of a multipart.

/// Multiparts inside multiparts that are opened.
const DEPTH_MAX: u8 = 4;

/// Bytes of the SDP in `body`, whose Content-Type is `kind`. What begins as SDP is SDP, whatever its type says.
pub fn session_description(kind: &str, body: &[u8]) -> Option<Vec<u8>> {
    found(kind, body, DEPTH_MAX).map(<[u8]>::to_vec)
}

fn found<'a>(kind: &str, body: &'a [u8], depth: u8) -> Option<&'a [u8]> {
    if body.is_empty() {
        return None;
    }
    if media_type(kind) == "application/sdp" || body.starts_with(b"v=0") {
        return Some(body);
    }
    let parts = multipart(kind, body);
    let typed = parts.iter().find(|part| part.is("application/sdp")).map(|part| part.body);
    typed.or_else(|| {
        let depth = depth.checked_sub(1)?;
        parts.iter().find_map(|part| found(&part.kind, part.body, depth))
    })
}

/// `application / SDP ; charset=utf-8` as `application/sdp`.
fn media_type(kind: &str) -> String {
    let kind = kind.split(';').next().unwrap_or_default();
    kind.split_whitespace().collect::<String>().to_ascii_lowercase()
}

/// One part of a multipart body.
pub struct Part<'a> {
    kind: String,
    /// Content-ID without its angle brackets; empty when there is none.
    pub id: String,
    pub body: &'a [u8],
}

impl Part<'_> {
    /// Whether this is its media type, parameters aside.
    pub fn is(&self, kind: &str) -> bool {
        media_type(&self.kind) == kind
    }
}

/// The parts of a body whose Content-Type is `kind`; none when it is no multipart.
pub fn multipart<'a>(kind: &str, body: &'a [u8]) -> Vec<Part<'a>> {
    let boundary = kind.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_string())
    });
    if !media_type(kind).starts_with("multipart/") {
        return Vec::new();
    }
    // Without the parameter, the first line that looks like a boundary is one.
    let boundary =
        boundary.filter(|boundary| !boundary.is_empty()).map(|boundary| format!("--{boundary}")).or_else(|| {
            let lines = body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
            let first = lines.into_iter().find(|line| line.starts_with(b"--") && line.len() > 2)?;
            std::str::from_utf8(first).ok().map(str::to_string)
        });
    let Some(boundary) = boundary else { return Vec::new() };
    parts(body, boundary.as_bytes()).into_iter().filter_map(part).collect()
}

/// What stands between the boundary lines.
fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut marks = body
        .windows(boundary.len())
        .enumerate()
        .filter(|(at, window)| *window == boundary && (*at == 0 || body[at - 1] == b'\n'))
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    marks.push(body.len());
    marks.windows(2).filter_map(|pair| body.get(pair[0] + boundary.len()..pair[1])).collect()
}

fn part(part: &[u8]) -> Option<Part<'_>> {
    let text = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n"))?;
    let (split, gap) = match text.windows(4).position(|four| four == b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (text.windows(2).position(|two| two == b"\n\n")?, 2),
    };
    let head = String::from_utf8_lossy(&text[..split]);
    let value = |long: &str, short: &str| {
        head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let name = name.trim();
            (name.eq_ignore_ascii_case(long) || name.eq_ignore_ascii_case(short)).then(|| value.trim().to_string())
        })
    };
    let id = value("Content-ID", "").unwrap_or_default();
    let body = &text[split + gap..];
    Some(Part {
        kind: value("Content-Type", "c").unwrap_or_default(),
        id: id.trim_start_matches('<').trim_end_matches('>').to_string(),
        body: body.strip_suffix(b"\r\n").unwrap_or(body),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_found_in_every_wrapping() {
        let multipart = "--b1\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n--b1--\r\n";
        let nested = format!("--o\r\nContent-Type: multipart/alternative;boundary=b1\r\n\r\n{multipart}\r\n--o--\r\n");
        let rows: [(&str, &str, Option<&str>); 12] = [
            ("application/sdp", "v=0\r\n", Some("v=0\r\n")),
            ("application/SDP;charset=utf-8", "v=0\r\n", Some("v=0\r\n")),
            ("", "v=0\r\n", Some("v=0\r\n")),
            ("", "", None),
            ("application / sdp", "v=0\r\n", Some("v=0\r\n")),
            ("application/sdp", " v=0\r\n", Some(" v=0\r\n")),
            ("text/plain", "v=0\r\n", Some("v=0\r\n")),
            ("text/plain", "hello\r\n", None),
            ("multipart/mixed;boundary=\"b1\"", multipart, Some("v=0\r\ns=-")),
            ("multipart/mixed", multipart, Some("v=0\r\ns=-")),
            ("multipart/mixed;boundary=o", &nested, Some("v=0\r\ns=-")),
            ("multipart/mixed", "no boundary at all", None),
        ];
        for (kind, body, expected) in rows {
            let found = session_description(kind, body.as_bytes());
            assert_eq!(found.as_deref().map(|bytes| std::str::from_utf8(bytes).expect("text")), expected, "{kind}");
        }
    }
}
