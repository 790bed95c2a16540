//! The session cookie: unreadable for scripts, never sent from foreign pages, over TLS only once TLS is there.

use super::token::Token;
use axum::http::{Extensions, HeaderMap, HeaderValue, header};

const NAME: &str = "siaga_session";

/// Put into the request by the listener that ends TLS.
#[derive(Clone, Copy)]
pub struct OverTls;

/// The token of the request, where it carries one.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .and_then(|(_, value)| Token::parse(value))
}

/// `Set-Cookie` that signs in. It ends with the browser session; the store's own limits end it earlier.
#[must_use]
pub fn give(token: &Token, extensions: &Extensions) -> HeaderValue {
    line(&token.text(), "", extensions)
}

/// `Set-Cookie` that signs out.
#[must_use]
pub fn take(extensions: &Extensions) -> HeaderValue {
    line("", "; Max-Age=0", extensions)
}

fn line(value: &str, more: &str, extensions: &Extensions) -> HeaderValue {
    let secure = if extensions.get::<OverTls>().is_some() { "; Secure" } else { "" };
    let text = format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{more}");
    HeaderValue::from_str(&text).expect("because a token's text is plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_is_read_back_among_others() {
        let token = Token::fresh();
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, format!("a=b; {NAME}={}; c=d", token.text()).parse().unwrap());
        assert!(read(&headers).is_some_and(|found| found.hash() == token.hash()));
        assert!(read(&HeaderMap::new()).is_none());
        headers.insert(header::COOKIE, HeaderValue::from_static("siaga_session=zz; other_siaga_session=1"));
        assert!(read(&headers).is_none());
    }

    #[test]
    fn secure_exactly_over_tls() {
        let mut extensions = Extensions::new();
        let plain = give(&Token::fresh(), &extensions);
        assert!(!plain.to_str().unwrap().contains("Secure"));
        extensions.insert(OverTls);
        let line = give(&Token::fresh(), &extensions);
        for part in ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
            assert!(line.to_str().unwrap().contains(part), "{part}");
        }
        assert!(take(&extensions).to_str().unwrap().contains("Max-Age=0"));
    }
}
