//! A command that arrives twice is done once: the client sends a key of its own (`Idempotency-Key`), the answer is
//! kept beside what the command did, in the same transaction.

use crate::{
    StoreError, Tx,
    tx::{execute, fetch_optional},
};
use sha2::{Digest, Sha256};
use siaga_core::time::Timestamp;

/// How long an answer is kept: longer than any page tries again.
const KEEP_MS: i64 = 24 * 3_600_000;

/// What is known about a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Not seen: do it, then [`settle`], then commit.
    New,
    /// Done before: give this answer, do nothing.
    Done(String),
    /// The key came with another command: answer 422.
    OtherCommand,
}

/// Claims a key. `scope` is who asks for what (person and route), `command` the body as it came.
///
/// # Errors
/// [`StoreError::Gone`].
pub async fn claim(tx: &mut Tx, scope: &str, key: &str, command: &[u8], now: Timestamp) -> Result<Claim, StoreError> {
    execute!(*tx, "DELETE FROM idempotency WHERE at < $1", now.plus_ms(-KEEP_MS).0)?;
    let hash = Sha256::digest(command).to_vec();
    let known = fetch_optional!(
        *tx,
        (Vec<u8>, Option<String>),
        "SELECT request_hash, answer FROM idempotency WHERE scope = $1 AND key = $2",
        scope,
        key
    )?;
    match known {
        Some((known, _)) if known != hash => return Ok(Claim::OtherCommand),
        Some((_, answer)) => return Ok(Claim::Done(answer.unwrap_or_default())),
        None => {}
    }
    execute!(
        *tx,
        "INSERT INTO idempotency (scope, key, at, request_hash) VALUES ($1, $2, $3, $4)",
        scope,
        key,
        now.0,
        hash
    )?;
    Ok(Claim::New)
}

/// Keeps the answer to a claimed key.
///
/// # Errors
/// [`StoreError::NotFound`] when the key was not claimed in this transaction.
pub async fn settle(tx: &mut Tx, scope: &str, key: &str, answer: &str) -> Result<(), StoreError> {
    let done = execute!(*tx, "UPDATE idempotency SET answer = $3 WHERE scope = $1 AND key = $2", scope, key, answer)?;
    if done == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, on_both};

    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    async fn once(store: &Store, scope: &str, key: &str, command: &[u8], now: Timestamp) -> Claim {
        let mut tx = store.begin().await.unwrap();
        let claim = claim(&mut tx, scope, key, command, now).await.unwrap();
        if claim == Claim::New {
            settle(&mut tx, scope, key, "made").await.unwrap();
        }
        tx.commit().await.unwrap();
        claim
    }

    on_both! {
        async fn a_command_is_done_once(store: Store) {
            let rows = [
                ("a/incidents", "k1", "send", 0, Claim::New),
                ("a/incidents", "k1", "send", 0, Claim::Done("made".into())),
                ("a/incidents", "k1", "other", 0, Claim::OtherCommand),
                ("b/incidents", "k1", "other", 0, Claim::New),
                ("a/incidents", "k1", "other", KEEP_MS - 1, Claim::OtherCommand),
                ("a/incidents", "k1", "other", KEEP_MS + 1, Claim::New),
            ];
            for (scope, key, command, later_ms, expected) in rows {
                let found = once(&store, scope, key, command.as_bytes(), NOW.plus_ms(later_ms)).await;
                assert_eq!(found, expected, "{scope} {key} {command} after {later_ms} ms");
            }
        }

        async fn twice_at_once_is_done_once(store: Store) {
            let tries = (0..6).map(|_| {
                let store = store.clone();
                tokio::spawn(async move { once(&store, "a", "k", b"send", NOW).await })
            });
            let mut new = 0;
            for one in tries.collect::<Vec<_>>() {
                if one.await.unwrap() == Claim::New {
                    new += 1;
                }
            }
            assert_eq!(new, 1);
        }

        async fn a_command_that_failed_may_be_tried_again(store: Store) {
            let mut tx = store.begin().await.unwrap();
            assert_eq!(claim(&mut tx, "a", "k", b"send", NOW).await.unwrap(), Claim::New);
            drop(tx);
            assert_eq!(once(&store, "a", "k", b"send", NOW).await, Claim::New);
        }
    }
}
