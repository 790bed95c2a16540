//! What stands in the link: 128 bits of chance for the caller, their hash for us. Who reads the database opens no link.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Bytes of chance in a link: nobody guesses 2^128, and 22 characters fit into a message.
pub const LINK_CHANCE_BYTES: usize = 16;

/// The token of one link. Has no `Debug`: it must not reach a log.
pub struct LinkToken([u8; LINK_CHANCE_BYTES]);

impl LinkToken {
    /// Out of bytes of the system's random source.
    #[must_use]
    pub fn of(chance: [u8; LINK_CHANCE_BYTES]) -> Self {
        Self(chance)
    }

    /// From the address; `None` where the text is no token.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Some(Self(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?))
    }

    /// 22 characters.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_text_is_read() {
        let token = LinkToken::of([7; LINK_CHANCE_BYTES]);
        let text = token.text();
        assert_eq!(text.len(), 22);
        assert_eq!(LinkToken::read(&text).map(|read| read.hash()), Some(token.hash()));
        for bad in ["", "x", &text[1..], &format!("{text}A"), "!!!!!!!!!!!!!!!!!!!!!!"] {
            assert!(LinkToken::read(bad).is_none(), "{bad}");
        }
    }
}
