//! Headers that every answer carries: what a browser may do with our pages, and the number of the request.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

/// Scripts, styles and connections only from ourselves, nothing inline, no frame around us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// The caller's own page: less than any other, and the only one that may ask where it is.
const CALLERS_PAGE: &str = "/lokasi/";
const CALLERS_CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const CALLERS_PERMISSIONS: &str =
    "geolocation=(self), microphone=(), camera=(), usb=(), payment=(), display-capture=()";

const FIXED: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("permissions-policy"),
        "microphone=(self), camera=(), geolocation=(), usb=(), payment=(), display-capture=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Gives the request a number (in the log and in `X-Request-Id`) and the answer its headers. What the API says is
/// personal and of the moment: no cache keeps it.
pub async fn dress(request: Request, next: Next) -> Response {
    let number = Uuid::now_v7();
    let api = request.uri().path().starts_with("/api/");
    let callers = request.uri().path().starts_with(CALLERS_PAGE);
    // Only the path's shape would be safe to log: tokens and numbers stand in real paths.
    let span = tracing::info_span!("request", %number, method = %request.method());
    let mut response = next.run(request).instrument(span).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if callers {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CALLERS_CONTENT));
        headers.insert(HeaderName::from_static("permissions-policy"), HeaderValue::from_static(CALLERS_PERMISSIONS));
    }
    if api && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let number = HeaderValue::from_str(&number.to_string()).expect("because a UUID is plain ASCII");
    headers.insert(HeaderName::from_static("x-request-id"), number);
    response
}
