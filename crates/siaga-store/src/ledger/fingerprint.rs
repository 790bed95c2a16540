//! What makes two rows the same: what they say, however it was written, and the how-manieth of its like it is.

use sha2::{Digest, Sha256};
use siaga_core::ledger::LedgerRow;
use std::collections::HashMap;

/// One fingerprint per row, in order. Two equal rows of a file are two calls; the same two rows in a second file are
/// those two again.
pub(super) fn of_rows(rows: &[LedgerRow]) -> Vec<[u8; 32]> {
    let mut seen: HashMap<[u8; 32], u64> = HashMap::with_capacity(rows.len());
    rows.iter()
        .map(|row| {
            let content = content_hash(row);
            let ordinal = seen.entry(content).or_default();
            let hash = Sha256::new().chain_update(content).chain_update(ordinal.to_be_bytes()).finalize();
            *ordinal += 1;
            hash.into()
        })
        .collect()
}

/// What a row says: start, answer and end; number, class, sub-reason, type, agency, village, call-taker, note.
pub(super) struct Content<'r> {
    pub times: [Option<i64>; 3],
    pub texts: [Option<&'r str>; 8],
}

impl Content<'_> {
    /// Every field with its length in front, so that no two rows can run into the same bytes.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for at in self.times {
            hasher.update(at.unwrap_or(i64::MIN).to_be_bytes());
        }
        for text in self.texts {
            let text = text.unwrap_or_default();
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.finalize().into()
    }
}

pub(super) fn content_hash(row: &LedgerRow) -> [u8; 32] {
    let content = Content {
        times: [Some(row.started_at.0), row.answered_at.map(|at| at.0), Some(row.ended_at.0)],
        texts: [
            row.number.e164.as_deref().or(row.number.raw.as_deref()),
            Some(row.class.key()),
            row.sub,
            row.incident_type.as_deref(),
            row.agency.as_deref(),
            row.village_code.as_deref(),
            row.call_taker.as_deref(),
            row.note.as_deref(),
        ],
    };
    content.hash()
}
