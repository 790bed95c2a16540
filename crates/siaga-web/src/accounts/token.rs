//! Random tokens: 256 bits for the bearer, their SHA-256 for us. Who reads the database cannot sign in with it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};

/// Bytes of a token.
const TOKEN_BYTES: usize = 32;

/// What the bearer keeps. Has no `Debug`: it must not reach a log.
pub struct Token([u8; TOKEN_BYTES]);

/// What we keep.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl Token {
    /// From the system's random source.
    #[must_use]
    pub fn fresh() -> Self {
        let mut bytes = [0; TOKEN_BYTES];
        OsRng.try_fill_bytes(&mut bytes).expect("because a machine without randomness must not hand out tokens");
        Self(bytes)
    }

    /// From its text; `None` where the text is no token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// 43 characters, safe in cookies and links.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_text_and_no_other_text_is_one() {
        let token = Token::fresh();
        let back = Token::parse(&token.text()).expect("its own text");
        assert!(back.hash() == token.hash());
        assert!(Token::fresh().hash() != token.hash());
        for text in ["", "abc", "!!!!", &token.text()[1..], &format!("{}A", token.text())] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
    }
}
