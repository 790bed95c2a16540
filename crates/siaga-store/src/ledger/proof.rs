//! One hash over the rows of an import, kept in its event: whoever changes an imported call afterwards is found out.

use super::fingerprint::Content;
use crate::{calls::CallRecord, tx::row};
use sha2::{Digest, Sha256};
use uuid::Uuid;

row! {
    /// What a call's row has only when a file brought it.
    pub(crate) struct ImportedRow {
        pub call_id: Uuid,
        pub import_id: Uuid,
        pub call_taker_name: Option<String>,
        pub note: Option<String>,
    }
}

/// Rows in the order of their call's id.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowsHash {
    count: i64,
    hasher: Sha256,
}

impl RowsHash {
    pub fn add_content(&mut self, call: Uuid, content: [u8; 32]) {
        self.count += 1;
        self.hasher.update(call.as_bytes());
        self.hasher.update(content);
    }

    /// A call as it stands, with the class and sub-reason it came with: a person may have corrected them.
    pub fn add(&mut self, row: &CallRecord, imported: &ImportedRow, (class, sub): (Option<String>, Option<String>)) {
        let content = Content {
            times: [Some(row.offered_at), row.answered_at, row.ended_at],
            texts: [
                row.number.as_deref().or(row.number_raw.as_deref()),
                class.as_deref(),
                sub.as_deref(),
                row.incident_type.as_deref(),
                row.agency.as_deref(),
                row.village_code.as_deref(),
                imported.call_taker_name.as_deref(),
                imported.note.as_deref(),
            ],
        };
        self.add_content(row.call_id, content.hash());
    }

    /// How many there were, and the hash in hexadecimal.
    pub fn finish(self) -> (i64, String) {
        (self.count, hex::encode(self.hasher.finalize()))
    }
}
