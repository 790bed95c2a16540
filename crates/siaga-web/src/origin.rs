//! No foreign page may act in the name of a signed-in person (CSRF).
//!
//! The cookie is `SameSite=Strict`, bodies are JSON, there is no CORS; this is the fourth wall: an unsafe method
//! whose browser says that it comes from elsewhere is refused. Browsers send `Sec-Fetch-Site` on https and
//! localhost and `Origin` always; a client that sends neither is not a browser and carries no foreign page.

use crate::problem::Problem;
use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses unsafe methods from other origins with 403.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers(), request.uri()) {
        return next.run(request).await;
    }
    Problem::new(StatusCode::FORBIDDEN, "foreign_origin", "Permintaan dari halaman lain ditolak")
        .detail("Buka Siaga langsung di alamatnya, lalu ulangi.")
        .into_response()
}

fn is_ours(headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    // HTTP/2 puts the host into the request's own address.
    let host =
        headers.get(header::HOST).and_then(|host| host.to_str().ok()).or_else(|| uri.authority().map(|a| a.as_str()));
    let origin_host = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    matches!((origin_host, host), (Some(theirs), Some(ours)) if theirs.eq_ignore_ascii_case(ours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&'static str, &'static str)], expected: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(is_ours(&headers, &Uri::from_static("/api/session")), expected, "{pairs:?}");
    }

    #[test]
    fn only_our_own_pages_act() {
        check(&[("host", "siaga.local:8112")], true);
        check(&[("host", "siaga.local:8112"), ("origin", "http://siaga.local:8112")], true);
        check(&[("host", "siaga.local"), ("origin", "https://SIAGA.local")], true);
        check(&[("sec-fetch-site", "same-origin"), ("host", "a"), ("origin", "http://b")], true);
        check(&[("host", "siaga.local:8112"), ("origin", "http://siaga.local:9000")], false);
        check(&[("host", "siaga.local"), ("origin", "http://evil.example")], false);
        check(&[("host", "siaga.local"), ("origin", "null")], false);
        check(&[("origin", "http://siaga.local")], false);
        check(&[("sec-fetch-site", "cross-site"), ("host", "a"), ("origin", "http://a")], false);
        check(&[("sec-fetch-site", "same-site"), ("host", "a"), ("origin", "http://a")], false);
        check(&[("sec-fetch-site", "none"), ("host", "a"), ("origin", "http://a")], false);
    }
}
