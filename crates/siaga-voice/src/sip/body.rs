//! The session description inside a message body, also when it is one part of a multipart.

/// Bytes of the SDP in `body`, whose Content-Type is `kind`. An absent type is read as SDP when it looks like it.
pub fn session_description(kind: &str, body: &[u8]) -> Option<Vec<u8>> {
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("application/sdp") || (lower.is_empty() && body.starts_with(b"v=0")) {
        return (!body.is_empty()).then(|| body.to_vec());
    }
    if !lower.starts_with("multipart/") {
        return None;
    }
    let boundary = kind.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_string())
    })?;
    if boundary.is_empty() {
        return None;
    }
    parts(body, format!("--{boundary}").as_bytes()).find_map(part_description)
}

/// What stands between the boundary lines.
fn parts<'a>(body: &'a [u8], boundary: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut marks = body
        .windows(boundary.len())
        .enumerate()
        .filter(move |(at, window)| *window == boundary && (*at == 0 || body[at - 1] == b'\n'))
        .map(|(at, _)| at)
        .collect::<Vec<_>>();
    marks.push(body.len());
    let spans: Vec<(usize, usize)> = marks.windows(2).map(|pair| (pair[0] + boundary.len(), pair[1])).collect();
    spans.into_iter().filter_map(move |(from, to)| body.get(from..to))
}

fn part_description(part: &[u8]) -> Option<Vec<u8>> {
    let text = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n"))?;
    let (split, gap) = match text.windows(4).position(|four| four == b"\r\n\r\n") {
        Some(at) => (at, 4),
        None => (text.windows(2).position(|two| two == b"\n\n")?, 2),
    };
    let head = String::from_utf8_lossy(&text[..split]).to_ascii_lowercase();
    let is_sdp = head.lines().any(|line| {
        line.split_once(':').is_some_and(|(name, value)| {
            matches!(name.trim(), "content-type" | "c") && value.trim().starts_with("application/sdp")
        })
    });
    let body = &text[split + gap..];
    is_sdp.then(|| body.strip_suffix(b"\r\n").unwrap_or(body).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_found_in_every_wrapping() {
        let multipart = "--b1\r\nContent-Type: application/pidf+xml\r\n\r\n<x/>\r\n--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n--b1--\r\n";
        let rows: [(&str, &str, Option<&str>); 7] = [
            ("application/sdp", "v=0\r\n", Some("v=0\r\n")),
            ("application/SDP;charset=utf-8", "v=0\r\n", Some("v=0\r\n")),
            ("", "v=0\r\n", Some("v=0\r\n")),
            ("", "", None),
            ("text/plain", "v=0\r\n", None),
            ("multipart/mixed;boundary=\"b1\"", multipart, Some("v=0\r\ns=-")),
            ("multipart/mixed", multipart, None),
        ];
        for (kind, body, expected) in rows {
            let found = session_description(kind, body.as_bytes());
            assert_eq!(found.as_deref().map(|bytes| std::str::from_utf8(bytes).expect("text")), expected, "{kind}");
        }
    }
}
