//! The first start of a city: a one-time link that makes the first administrator. There is no default password.

use super::token::{Token, TokenHash};
use std::sync::{Mutex, PoisonError};

/// Whether the one-time link waits, and for which token. Made anew at each start while no account exists.
#[derive(Default)]
pub struct SetupLink(Mutex<Option<TokenHash>>);

impl SetupLink {
    /// Opens the door and returns what stands in the link `/mulai#...`.
    #[must_use]
    pub fn open(&self) -> Token {
        let token = Token::fresh();
        *self.lock() = Some(token.hash());
        token
    }

    /// Whether there is a link that was not used.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.lock().is_some()
    }

    /// Whether this is the token of the link.
    #[must_use]
    pub fn fits(&self, token: &str) -> bool {
        let Some(token) = Token::parse(token) else { return false };
        *self.lock() == Some(token.hash())
    }

    /// The first administrator exists: the link is worth nothing from here on.
    pub fn close(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<TokenHash>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_link_fits_and_only_until_closed() {
        let link = SetupLink::default();
        assert!(!link.fits(&Token::fresh().text()));
        let first = link.open().text();
        let second = link.open().text();
        assert!(!link.fits(&first));
        assert!(link.fits(&second) && link.waits());
        assert!(!link.fits(""));
        link.close();
        assert!(!link.fits(&second) && !link.waits());
    }
}
