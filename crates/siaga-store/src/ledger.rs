//! Old records become calls: one file, one transaction, all rows or none.
//!
//! A row is known by its fingerprint, so an overlapping file adds only what is new. The transaction holds the one
//! writer of SQLite for the whole import: live facts wait in the spool, from where they are written down after it.
//! `docs/operations.md` says how long an import takes.

mod answer;
mod fingerprint;
mod proof;
mod rows;

pub use answer::{message, refusal};
pub(crate) use proof::{ImportedRow, RowsHash};
pub(crate) use rows::Places;

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    rollup::{Details, Sign, Taker, Tallies, Tally},
    tx::{execute, fetch_one, fetch_optional},
};
use serde_json::json;
use sha2::{Digest, Sha256};
use siaga_core::{
    class::Class,
    ids::{ImportId, UserId},
    ledger::{Ledger, LedgerRow},
    time::{LocalDay, Timestamp},
    view::{
        call::CallOutcome,
        desk::Lane,
        ledger::{LedgerAnswer, LedgerOutcome},
    },
};
use uuid::Uuid;

/// What to do with a file that has bad rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadRows {
    /// Take nothing of the file.
    Refuse,
    /// Take the other rows.
    Skip,
}

/// Who imports which file, when.
#[derive(Clone, Debug)]
pub struct LedgerImport {
    pub import_id: ImportId,
    pub file_hash: [u8; 32],
    /// None: from the command line of the machine.
    pub by: Option<UserId>,
    pub at: Timestamp,
    pub bad_rows: BadRows,
}

impl LedgerImport {
    /// An import of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8], import_id: ImportId, at: Timestamp) -> Self {
        Self { import_id, file_hash: Sha256::digest(bytes).into(), by: None, at, bad_rows: BadRows::Refuse }
    }
}

impl Store {
    /// Takes a file in. Bad rows under [`BadRows::Refuse`] are an answer, not an error: nothing was written then.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: nothing was written; the whole import may be tried again.
    pub async fn ledger_import(&self, ledger: &Ledger, import: &LedgerImport) -> Result<LedgerAnswer, StoreError> {
        if !ledger.bad.is_empty() && import.bad_rows == BadRows::Refuse {
            return Ok(answer::refused(ledger));
        }
        // Everything that needs no database is done before the writer is taken.
        let rows = rows::prepare(self, &ledger.rows);
        let mut tx = self.begin().await?;
        let before = fetch_optional!(
            tx,
            (i64,),
            "SELECT at FROM ledger_import WHERE file_hash = $1 ORDER BY at LIMIT 1",
            import.file_hash.to_vec()
        )?;
        let new = rows::insert(&mut tx, &rows, import.import_id).await?;
        let mut tallies = Tallies::default();
        for row in &new {
            tallies.count(self.zone(), &tally(row.day, row.row), Sign::In);
        }
        let twins = twins(&mut tx, import.import_id, &new).await?;
        tallies.write(&mut tx).await?;
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let (added, known, bad) = (count(new.len()), count(rows.len() - new.len()), count(ledger.bad.len()));
        if added > 0 {
            execute!(
                tx,
                "INSERT INTO ledger_import (import_id, file_hash, at, by_user, added, known, bad)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                import.import_id.0,
                import.file_hash.to_vec(),
                import.at.0,
                import.by.map(|user| user.0),
                added,
                known,
                bad
            )?;
            let body = json!({
                "import": import.import_id,
                "file_sha256": hex::encode(import.file_hash),
                "rows_sha256": rows_hash(&new),
                "added": added,
                "known": known,
                "bad": bad,
            });
            let event =
                NewEvent { actor: import.by, body, ..NewEvent::new(Uuid::now_v7(), import.at, "LedgerImported") };
            events::append(&mut tx, event).await?;
        }
        tx.commit().await?;
        let outcome = if added > 0 { LedgerOutcome::Imported } else { LedgerOutcome::Known };
        let mut answer = answer::of(ledger, outcome);
        answer.added = added.unsigned_abs();
        answer.known = known.unsigned_abs();
        if twins > 0 {
            answer.notices.push(format!(
                "{twins} baris punya waktu mulai dan nomor yang sama dengan panggilan yang sudah ada (isi lainnya berbeda): \
                 periksa apakah panggilan itu kini terhitung dua kali"
            ));
        }
        answer.message = message(&answer, before.map(|(at,)| Timestamp(at)), self.zone());
        Ok(answer)
    }
}

/// The rows as their calls will be found, in the order of the calls' ids.
fn rows_hash(new: &[&rows::Prepared<'_>]) -> String {
    let mut contents: Vec<_> = new.iter().map(|row| (row.call_id, fingerprint::content_hash(row.row))).collect();
    contents.sort_unstable();
    let mut hash = RowsHash::default();
    for (call, content) in contents {
        hash.add_content(call, content);
    }
    hash.finish().1
}

/// Rows of this import that another file, or the telephone, has with the same start and number: most likely the same
/// call, written down differently. They count, and are told.
async fn twins(tx: &mut Tx, import: ImportId, new: &[&rows::Prepared<'_>]) -> Result<i64, StoreError> {
    let starts = || new.iter().map(|row| row.row.started_at.0);
    // Found by time: over all calls there are, each import would take longer than the one before it.
    let (Some(first), Some(last)) = (starts().min(), starts().max()) else { return Ok(0) };
    let (count,) = fetch_one!(
        *tx,
        (i64,),
        "SELECT COUNT(*) FROM call c WHERE c.offered_at >= $3 AND c.offered_at <= $4 AND c.import_id = $1 AND EXISTS (
             SELECT 1 FROM call other WHERE other.number = c.number AND other.offered_at = c.offered_at
             AND (other.import_id IS NULL OR other.import_id <> $2))",
        import.0,
        import.0,
        first,
        last
    )?;
    Ok(count)
}

/// An old call as the figures see it: answered by a human, or gone before.
fn tally(day: LocalDay, row: &LedgerRow) -> Tally<'_> {
    Tally {
        day,
        offered_at: row.started_at,
        answered_at: row.answered_at,
        ended_at: Some(row.ended_at),
        lane: Lane::A,
        outcome: outcome(row),
        class: Some(row.class),
        sub: row.sub,
        details: Details {
            incident_type: row.incident_type.as_deref(),
            agency: row.agency.as_deref(),
            village_code: row.village_code.as_deref(),
        },
        taker: Taker::Ledger(row.call_taker.as_deref()),
    }
}

fn outcome(row: &LedgerRow) -> CallOutcome {
    if row.class == Class::Abandoned { CallOutcome::Abandoned } else { CallOutcome::Answered }
}

#[cfg(test)]
mod tests;
