//! The responder's link: the assignment's id and a signature, so that the link can be shown again but not guessed.
//!
//! Nothing of it is stored but one key of the house. The id says which assignment, 128 bits of HMAC-SHA256 say that we
//! made the link.

use crate::{
    Store, StoreError,
    tx::{execute, fetch_one},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use siaga_core::ids::AssignmentId;
use uuid::Uuid;

/// A crew writes its report the same week; afterwards the link is dead.
pub const TASK_LINK_AFTER_CLOSING_MS: i64 = 7 * 24 * 3_600_000;

const SECRET_NAME: &str = "task_link";
const SIGNATURE_BYTES: usize = 16;

/// The key that signs responders' links.
#[derive(Clone)]
pub struct TaskKey(Vec<u8>);

impl std::fmt::Debug for TaskKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TaskKey(..)")
    }
}

impl TaskKey {
    fn sign(&self, assignment: AssignmentId) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("because HMAC takes a key of any length");
        mac.update(b"task ");
        mac.update(assignment.0.as_bytes());
        mac
    }

    /// The token of `/tugas/<token>`: 43 characters.
    #[must_use]
    pub fn token(&self, assignment: AssignmentId) -> String {
        let signature = self.sign(assignment).finalize().into_bytes();
        let mut bytes = assignment.0.as_bytes().to_vec();
        bytes.extend_from_slice(&signature[..SIGNATURE_BYTES]);
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The assignment of a token that we made; compared in constant time.
    #[must_use]
    pub fn read(&self, token: &str) -> Option<AssignmentId> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == 16 + SIGNATURE_BYTES)?;
        let assignment = AssignmentId(Uuid::from_slice(&bytes[..16]).ok()?);
        self.sign(assignment).verify_truncated_left(&bytes[16..]).ok().map(|()| assignment)
    }
}

impl Store {
    /// The key of this house. `fresh` (32 random bytes of the caller) becomes it the first time only.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn task_key(&self, fresh: [u8; 32]) -> Result<TaskKey, StoreError> {
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            SECRET_NAME,
            fresh.to_vec()
        )?;
        let (value,) = fetch_one!(tx, (Vec<u8>,), "SELECT value FROM secret WHERE name = $1", SECRET_NAME)?;
        tx.commit().await?;
        Ok(TaskKey(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_both;

    on_both! {
        async fn the_key_is_made_once(store: Store) {
            let first = store.task_key([1; 32]).await.unwrap();
            let second = store.task_key([2; 32]).await.unwrap();
            let id = AssignmentId(Uuid::now_v7());
            assert_eq!(first.token(id), second.token(id));
        }
    }

    #[test]
    fn only_our_links_are_read() {
        let (ours, theirs) = (TaskKey(vec![1; 32]), TaskKey(vec![2; 32]));
        let id = AssignmentId(Uuid::now_v7());
        let token = ours.token(id);
        assert_eq!(ours.read(&token), Some(id));
        assert_eq!(theirs.read(&token), None);
        let other = BASE64_URL_SAFE_NO_PAD.encode([Uuid::now_v7().as_bytes().as_slice(), &[0; 16]].concat());
        for bad in ["", "x", &token[1..], &format!("{token}A"), &other, &id.to_string()] {
            assert_eq!(ours.read(bad), None, "{bad}");
        }
        // every single changed character is noticed
        for at in 0..token.len() - 1 {
            let mut changed: Vec<char> = token.chars().collect();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            assert_eq!(ours.read(&changed.into_iter().collect::<String>()), None, "character {at}");
        }
    }
}
