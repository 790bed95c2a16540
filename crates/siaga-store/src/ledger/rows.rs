//! Many rows in few statements: a statement per row would take longer on its way than in the database.

use super::{fingerprint, outcome};
use crate::{Store, StoreError, Tx, tx::on, words::Word};
use siaga_core::{ids::ImportId, ledger::LedgerRow, time::LocalDay, view::call::EndedBy};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use std::collections::HashSet;
use uuid::Uuid;

/// Rows per statement. SQLite looks each placeholder up in a list of all of them, so a long statement costs with the
/// square of its rows; a short one pays its way to the database's thread more often.
const ROWS_PER_STATEMENT: usize = 32;

/// A row ready to be written.
pub(super) struct Prepared<'r> {
    pub row: &'r LedgerRow,
    pub day: LocalDay,
    call_id: Uuid,
    fingerprint: [u8; 32],
}

pub(super) fn prepare<'r>(store: &Store, rows: &'r [LedgerRow]) -> Vec<Prepared<'r>> {
    let prints = fingerprint::of_rows(rows);
    rows.iter()
        .zip(prints)
        .map(|(row, fingerprint)| Prepared {
            row,
            day: store.local_day(row.started_at),
            call_id: Uuid::now_v7(),
            fingerprint,
        })
        .collect()
}

/// Writes the rows that no file brought before; gives those.
pub(super) async fn insert<'p, 'r>(
    tx: &mut Tx,
    rows: &'p [Prepared<'r>],
    import: ImportId,
) -> Result<Vec<&'p Prepared<'r>>, StoreError> {
    let mut new = Vec::with_capacity(rows.len());
    // The texts of a full statement are made once; the last chunk, or one with known rows, gets its own.
    let full = (fingerprints_sql(ROWS_PER_STATEMENT), calls_sql(ROWS_PER_STATEMENT));
    let is_full = |rows: usize| rows == ROWS_PER_STATEMENT;
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let sql = if is_full(chunk.len()) { full.0.clone() } else { fingerprints_sql(chunk.len()) };
        let fresh = insert_fingerprints(tx, sql, chunk, import).await?;
        let chunk: Vec<&Prepared<'_>> = chunk.iter().filter(|row| fresh.contains(row.fingerprint.as_slice())).collect();
        if !chunk.is_empty() {
            let sql = if is_full(chunk.len()) { full.1.clone() } else { calls_sql(chunk.len()) };
            insert_calls(tx, sql, &chunk, import).await?;
        }
        new.extend(chunk);
    }
    Ok(new)
}

/// The fingerprints that were not there yet.
async fn insert_fingerprints(
    tx: &mut Tx,
    sql: SqlStr,
    chunk: &[Prepared<'_>],
    import: ImportId,
) -> Result<HashSet<Vec<u8>>, StoreError> {
    let fresh: Vec<(Vec<u8>,)> = on!(*tx, t => {
        let mut query = sqlx::query_as(sql).bind(import.0);
        for row in chunk {
            query = query.bind(row.fingerprint.to_vec()).bind(row.call_id);
        }
        query.fetch_all(&mut **t).await
    })?;
    Ok(fresh.into_iter().map(|(print,)| print).collect())
}

async fn insert_calls(tx: &mut Tx, sql: SqlStr, chunk: &[&Prepared<'_>], import: ImportId) -> Result<(), StoreError> {
    on!(*tx, t => {
        let mut query = sqlx::query(sql).bind(import.0).bind(EndedBy::CannotTell.word());
        for Prepared { row, day, call_id, .. } in chunk {
            query = query
                .bind(*call_id)
                .bind(row.number.e164.as_deref())
                .bind(row.number.raw.as_deref())
                .bind(row.started_at.0)
                .bind(row.answered_at.map(|at| at.0))
                .bind(row.ended_at.0)
                .bind(outcome(row).word())
                .bind(row.class.word())
                .bind(row.sub)
                .bind(row.incident_type.as_deref())
                .bind(row.agency.as_deref())
                .bind(row.village_code.as_deref())
                .bind(i64::from(day.0))
                .bind(row.call_taker.as_deref())
                .bind(row.note.as_deref());
        }
        query.execute(&mut **t).await.map(|_| ())
    })?;
    Ok(())
}

fn fingerprints_sql(rows: usize) -> SqlStr {
    many(
        " INTO ledger_row (fingerprint, call_id, import_id) VALUES ",
        rows,
        |first| format!("(${}, ${}, $1)", first, first + 1),
        (2, 2),
        " ON CONFLICT (fingerprint) DO NOTHING RETURNING fingerprint",
    )
}

fn calls_sql(rows: usize) -> SqlStr {
    const VALUES: usize = 15;
    many(
        " INTO call (import_id, direction, lane, suspicion, reasons, offered, ended_by, call_id, number, number_raw, \
         offered_at, answered_at, ended_at, outcome, class, sub, incident_type, agency, village_code, local_day, \
         call_taker_name, note) VALUES ",
        rows,
        |first| {
            let places: Vec<String> = (first..first + VALUES).map(|place| format!("${place}")).collect();
            format!("($1, 'incoming', 'a', 0, '[]', TRUE, $2, {})", places.join(", "))
        },
        (3, VALUES),
        "",
    )
}

/// An `INSERT` of many rows; `numbering` is the first placeholder and how many a row takes.
fn many(into: &str, rows: usize, row: impl Fn(usize) -> String, numbering: (usize, usize), end: &str) -> SqlStr {
    let (first, step) = numbering;
    let rows: Vec<String> = (0..rows).map(|index| row(first + index * step)).collect();
    AssertSqlSafe(["INSERT", into, &rows.join(", "), end].concat()).into_sql_str()
}
