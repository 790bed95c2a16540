//! A request that the far end wants differently: with a name and password (401, 407), elsewhere (3xx), or with a longer
//! session (422). Pure; each reason is followed a bounded number of times.

use crate::{
    config::Credentials,
    sip::{dialog, digest::Challenge, guard::lexis, header, session_timer::SE_S_MAX, stack::token},
};
use rsipstack::sip::{Header, Headers, Request, Response, Uri, headers::make_header, uri::parse_uri};

/// Redirections followed for one call; more are a loop.
const REDIRECTS_MAX: u8 = 2;
/// Answers to a challenge for one request: the second only when the far end says that its nonce was too old.
const ANSWERS_MAX: u8 = 2;
/// A longer session is asked for at most twice: each proxy on the way may raise it once.
const LONGER_MAX: u8 = 2;

/// How often each was done for one call.
#[derive(Debug, Default)]
pub struct Retries {
    redirected: u8,
    answered: u8,
    longer: u8,
}

/// What to send instead.
#[derive(Debug)]
pub enum Again {
    /// The same way as before.
    Same(Request),
    /// To another Request-URI.
    Elsewhere(Request),
}

impl Retries {
    /// `None`: the answer stands.
    pub fn next(&mut self, request: &Request, response: &Response, credentials: Option<&Credentials>) -> Option<Again> {
        match response.status_code.code() {
            401 | 407 if self.answered < ANSWERS_MAX => {
                let again = authorized(request, response, credentials?, self.answered)?;
                self.answered += 1;
                Some(Again::Same(again))
            }
            300..=399 if self.redirected < REDIRECTS_MAX => {
                let target = redirected(&response.headers)?;
                self.redirected += 1;
                let mut again = fresh(request);
                again.uri = target;
                Some(Again::Elsewhere(again))
            }
            422 if self.longer < LONGER_MAX => {
                let wanted: u32 = header::value(&response.headers, "Min-SE")?.trim().parse().ok()?;
                let wanted = wanted.min(SE_S_MAX);
                self.longer += 1;
                let mut again = fresh(request);
                set(&mut again.headers, "Session-Expires", wanted.to_string());
                set(&mut again.headers, "Min-SE", wanted.to_string());
                Some(Again::Same(again))
            }
            _ => None,
        }
    }
}

/// The same request with the answer to its challenge. `answered` before: then only a stale nonce is a reason.
pub fn authorized(request: &Request, response: &Response, credentials: &Credentials, answered: u8) -> Option<Request> {
    let (asks, tells) = match response.status_code.code() {
        401 => ("WWW-Authenticate", "Authorization"),
        407 => ("Proxy-Authenticate", "Proxy-Authorization"),
        _ => return None,
    };
    let challenge = Challenge::choose(header::values(&response.headers, asks))?;
    let has_told = header::value(&request.headers, tells).is_some();
    if has_told && !(challenge.is_stale && answered < ANSWERS_MAX) {
        return None;
    }
    let mut again = fresh(request);
    let answer = challenge.answer(credentials, &request.method.to_string(), &request.uri.to_string(), &token());
    again.headers.retain(|header| !header.name().eq_ignore_ascii_case(tells));
    again.headers.push(make_header(tells, answer));
    Some(again)
}

/// The next request of the same kind: a new branch, the next CSeq.
fn fresh(request: &Request) -> Request {
    let mut again = request.clone();
    let via = header::value(&request.headers, "Via").unwrap_or_default();
    let kept: Vec<&str> =
        lexis::split(via, ';').filter(|part| !part.to_ascii_lowercase().starts_with("branch=")).collect();
    let via = format!("{};branch=z9hG4bK{}", kept.join(";"), token());
    set(&mut again.headers, "Via", via);
    let sequence = format!("{} {}", dialog::sequence(request) + 1, request.method);
    set(&mut again.headers, "CSeq", sequence);
    again
}

fn set(headers: &mut Headers, name: &str, value: String) {
    headers.retain(|header: &Header| !header.name().eq_ignore_ascii_case(name));
    headers.push(make_header(name, value));
}

/// The first Contact that can be called, by preference (q) and then by order.
fn redirected(headers: &Headers) -> Option<Uri> {
    let mut contacts: Vec<(i32, &str)> = header::values(headers, "Contact")
        .flat_map(|value| lexis::split(value, ','))
        .map(|contact| {
            let q = lexis::parameter(contact, "q").and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
            #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 1000")]
            let q = (q.clamp(0.0, 1.0) * 1_000.0) as i32;
            (-q, contact)
        })
        .collect();
    contacts.sort_by_key(|(q, _)| *q);
    contacts.into_iter().find_map(|(_, contact)| {
        let text = match lexis::angled(contact) {
            Some((from, to)) => &contact[from..to],
            None => contact.split(';').next()?,
        };
        let scheme = text.split(':').next()?.to_ascii_lowercase();
        matches!(scheme.as_str(), "sip" | "sips" | "tel").then(|| parse_uri(text).ok()).flatten()
    })
}
