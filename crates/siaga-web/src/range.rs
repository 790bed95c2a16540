//! HTTP byte ranges (RFC 9110, section 14) over bytes in memory: one range as asked, several as the whole.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use std::ops::Range;

/// What a request asks of `len` bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Asked {
    Whole,
    Part(Range<usize>),
    /// Nothing of it exists: 416.
    Nothing,
}

fn asked(headers: &HeaderMap, len: usize) -> Asked {
    let Some(spec) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()?.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    let Some((from, to)) = spec.trim().split_once('-').filter(|_| !spec.contains(',')) else { return Asked::Whole };
    let number = |text: &str| text.trim().parse::<usize>();
    let range = match (from.trim(), to.trim()) {
        ("", last) => match number(last) {
            Ok(last) => len.saturating_sub(last)..len,
            Err(_) => return Asked::Whole,
        },
        (from, to) => match (number(from), if to.is_empty() { Ok(usize::MAX) } else { number(to) }) {
            (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(len),
            _ => return Asked::Whole,
        },
    };
    if range.start >= len || range.is_empty() { Asked::Nothing } else { Asked::Part(range) }
}

/// The bytes, or the part of them that was asked for. Never kept by a browser or proxy.
pub fn answer(headers: &HeaderMap, kind: &'static str, bytes: Bytes) -> Response {
    let len = bytes.len();
    let (status, part, content_range) = match asked(headers, len) {
        Asked::Whole => (StatusCode::OK, bytes, None),
        Asked::Part(range) => {
            let text = format!("bytes {}-{}/{len}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, bytes.slice(range), Some(text))
        }
        Asked::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{len}"))),
    };
    let mut response = Response::new(Body::from(part));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Some(value) = content_range.and_then(|text| HeaderValue::from_str(&text).ok()) {
        headers.insert(header::CONTENT_RANGE, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ranges_are_served_as_players_ask_for_them() {
        let rows = [
            (None, 200, "0123456789", None),
            (Some("bytes=0-"), 206, "0123456789", Some("bytes 0-9/10")),
            (Some("bytes=0-1"), 206, "01", Some("bytes 0-1/10")),
            (Some("bytes=8-99"), 206, "89", Some("bytes 8-9/10")),
            (Some("bytes=-3"), 206, "789", Some("bytes 7-9/10")),
            (Some("bytes=-30"), 206, "0123456789", Some("bytes 0-9/10")),
            (Some("bytes=10-"), 416, "", Some("bytes */10")),
            (Some("bytes=-0"), 416, "", Some("bytes */10")),
            (Some("bytes=5-2"), 200, "0123456789", None),
            (Some("bytes=0-1,4-5"), 200, "0123456789", None),
            (Some("bytes=x-"), 200, "0123456789", None),
            (Some("lines=1-2"), 200, "0123456789", None),
            (Some("bytes=99999999999999999999-"), 200, "0123456789", None),
        ];
        for (asked, status, body, content_range) in rows {
            let mut headers = HeaderMap::new();
            if let Some(asked) = asked {
                headers.insert(header::RANGE, HeaderValue::from_static(asked));
            }
            let response = answer(&headers, "audio/wav", Bytes::from_static(b"0123456789"));
            assert_eq!(response.status().as_u16(), status, "{asked:?}");
            let found = response.headers().get(header::CONTENT_RANGE).map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(found.as_deref(), content_range, "{asked:?}");
            assert_eq!(axum::body::to_bytes(response.into_body(), 99).await.unwrap(), body, "{asked:?}");
        }
    }
}
