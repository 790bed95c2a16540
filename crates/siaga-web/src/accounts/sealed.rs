//! Secrets of the second factor at rest: sealed with a key that the database does not hold, so that a stolen copy of
//! the database opens no account. AES-256-GCM; the account is part of what is authenticated, so that no secret can be
//! moved to another.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, Salt},
};
use siaga_core::ids::UserId;

/// First byte of everything sealed in this way.
const VERSION: u8 = 1;
const PURPOSE: &[u8] = b"siaga second factor 1";

/// Opens and seals.
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// From the key of the data folder, which also seals the recordings; the two keys say nothing about each other.
    #[must_use]
    pub fn new(folder_key: &[u8; 32]) -> Self {
        let mut key = [0u8; 32];
        let derived = Salt::new(HKDF_SHA256, &[]).extract(folder_key);
        let filled = derived.expand(&[PURPOSE], HKDF_SHA256).and_then(|okm| okm.fill(&mut key));
        filled.expect("because HKDF-SHA256 gives 32 bytes");
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).expect("because the key has 32 bytes")))
    }

    /// `None`: the machine gives no random numbers.
    #[must_use]
    pub fn seal(&self, user: UserId, secret: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0u8; NONCE_LEN];
        aws_lc_rs::rand::fill(&mut nonce).ok()?;
        let mut sealed = secret.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.0.seal_in_place_append_tag(unique, Aad::from(user.0.as_bytes()), &mut sealed).ok()?;
        Some([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// `None`: not sealed with this key for this account.
    #[must_use]
    pub fn open(&self, user: UserId, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.strip_prefix(&[VERSION])?.split_at_checked(NONCE_LEN)?;
        let mut rest = rest.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let secret = self.0.open_in_place(nonce, Aad::from(user.0.as_bytes()), &mut rest).ok()?;
        Some(secret.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_the_same_key_and_account_open_it() {
        let (siti, budi) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let sealer = Sealer::new(&[7; 32]);
        let sealed = sealer.seal(siti, b"twenty bytes of key!").unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"twenty"));
        assert_eq!(sealer.open(siti, &sealed).unwrap(), b"twenty bytes of key!");
        assert!(sealer.open(budi, &sealed).is_none(), "another account");
        assert!(Sealer::new(&[8; 32]).open(siti, &sealed).is_none(), "another folder");
        for at in 0..sealed.len() {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            assert!(sealer.open(siti, &flipped).is_none(), "byte {at}");
        }
        assert!(sealer.open(siti, b"").is_none() && sealer.open(siti, &[1; 5]).is_none());
    }
}
