//! Many rows in few statements: a statement per row would take longer on its way than in the database.

use super::{fingerprint, outcome};
use crate::{Store, StoreError, Tx, tx::on, words::Word};
use siaga_core::{
    ids::ImportId,
    ledger::LedgerRow,
    time::LocalDay,
    view::{call::EndedBy, desk::Lane},
};
use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};
use std::collections::HashSet;
use uuid::Uuid;

/// Rows per statement: 16 values each stay far under the 32,766 of SQLite and the 65,535 of PostgreSQL.
const ROWS_PER_STATEMENT: usize = 250;
/// Values of a row in `ledger_row` and in `call`.
const FINGERPRINT_VALUES: usize = 3;
const CALL_VALUES: usize = 16;

/// A row ready to be written.
pub(super) struct Prepared<'r> {
    pub row: &'r LedgerRow,
    pub day: LocalDay,
    pub call_id: Uuid,
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
    let places = Places::of(tx);
    let full = (fingerprints_sql(places, ROWS_PER_STATEMENT), calls_sql(places, ROWS_PER_STATEMENT));
    let is_full = |rows: usize| rows == ROWS_PER_STATEMENT;
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let sql = if is_full(chunk.len()) { full.0.clone() } else { fingerprints_sql(places, chunk.len()) };
        let fresh = insert_fingerprints(tx, sql, chunk, import).await?;
        let chunk: Vec<&Prepared<'_>> = chunk.iter().filter(|row| fresh.contains(row.fingerprint.as_slice())).collect();
        if !chunk.is_empty() {
            let sql = if is_full(chunk.len()) { full.1.clone() } else { calls_sql(places, chunk.len()) };
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
        let mut query = sqlx::query_as(sql);
        for row in chunk {
            query = query.bind(row.fingerprint.to_vec()).bind(row.call_id).bind(import.0);
        }
        query.fetch_all(&mut **t).await
    })?;
    Ok(fresh.into_iter().map(|(print,)| print).collect())
}

async fn insert_calls(tx: &mut Tx, sql: SqlStr, chunk: &[&Prepared<'_>], import: ImportId) -> Result<(), StoreError> {
    on!(*tx, t => {
        let mut query = sqlx::query(sql);
        for Prepared { row, day, call_id, .. } in chunk {
            query = query
                .bind(*call_id)
                .bind(import.0)
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

/// How a place for a value is written. SQLite looks a numbered place up in a list of all of a statement, so that many
/// rows would cost with their square; `?` costs nothing there, and PostgreSQL does not know it.
#[derive(Clone, Copy)]
pub(crate) enum Places {
    Unnumbered,
    Numbered,
}

impl Places {
    pub fn of(tx: &Tx) -> Self {
        match tx {
            Tx::Sqlite(_) => Self::Unnumbered,
            Tx::Pg(_) => Self::Numbered,
        }
    }

    /// The places of a statement's row, `row` from 0.
    pub fn row(self, row: usize, values: usize) -> String {
        match self {
            Self::Unnumbered => vec!["?"; values].join(", "),
            Self::Numbered => {
                let places: Vec<String> = (1..=values).map(|place| format!("${}", row * values + place)).collect();
                places.join(", ")
            }
        }
    }
}

fn fingerprints_sql(places: Places, rows: usize) -> SqlStr {
    many(
        " INTO ledger_row (fingerprint, call_id, import_id) VALUES ",
        (0..rows).map(|row| format!("({})", places.row(row, FINGERPRINT_VALUES))),
        " ON CONFLICT (fingerprint) DO NOTHING RETURNING fingerprint",
    )
}

fn calls_sql(places: Places, rows: usize) -> SqlStr {
    let (lane, ended_by) = (Lane::A.word(), EndedBy::CannotTell.word());
    many(
        " INTO call (direction, lane, suspicion, reasons, offered, ended_by, call_id, import_id, number, number_raw, \
         offered_at, answered_at, ended_at, outcome, class, sub, incident_type, agency, village_code, local_day, \
         call_taker_name, note) VALUES ",
        (0..rows).map(|row| {
            format!("('incoming', '{lane}', 0, '[]', TRUE, '{ended_by}', {})", places.row(row, CALL_VALUES))
        }),
        "",
    )
}

/// An `INSERT` of many rows.
fn many(into: &str, rows: impl Iterator<Item = String>, end: &str) -> SqlStr {
    let rows: Vec<String> = rows.collect();
    AssertSqlSafe(["INSERT", into, &rows.join(", "), end].concat()).into_sql_str()
}
