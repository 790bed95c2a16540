//! Counts into the tables and out of them: many cells in few statements, made from the columns of each table.

use super::{Table, Tallies, let_go, month_sum::let_go_months, table::Column};
use crate::{StoreError, Tx, ledger::Places, tx::on};
use siaga_core::{class::Class, report::WAIT_UNKNOWN, time::LocalDay};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Row, Type};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// Cells per statement: nine values at most each stay far under the 32,766 of SQLite.
const CELLS_PER_STATEMENT: usize = 200;

type Cell<'t> = (&'t (Table, i64, Vec<String>), &'t (i64, i64));

impl Tallies {
    /// Moves the tables by these counts; what comes out as nothing is left alone.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        self.with_derived().write_as_is(tx).await?;
        self.let_go_of_sums(tx).await
    }

    /// These cells and no others.
    pub(super) async fn write_as_is(&self, tx: &mut Tx) -> Result<(), StoreError> {
        for table in Table::CELLS {
            let cells: Vec<Cell<'_>> =
                self.0.iter().filter(|((of, ..), sums)| *of == table && **sums != (0, 0)).collect();
            for chunk in cells.chunks(CELLS_PER_STATEMENT) {
                insert(tx, table, chunk).await?;
            }
        }
        Ok(())
    }

    /// With what follows from the four tables that are counted.
    pub(super) fn with_derived(&self) -> Self {
        let mut all = self.clone();
        for ((table, day, cell), sums) in &self.0 {
            for (month, parts) in table.by_month() {
                let cell = parts.iter().filter_map(|part| cell.get(*part)).cloned().collect();
                all.add_sums((*month, day / 100, cell), *sums);
            }
            if let (Table::Hour, Some(hour)) = (table, cell.get(1)) {
                all.add_sums((Table::DayHour, *day, vec![hour.clone()]), (sums.0, 0));
            }
        }
        all
    }

    /// A call that changed may have been waited under, or have waited, on its day and the days beside it. Whatever it was,
    /// it is one of an hour of its month.
    async fn let_go_of_sums(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let months: BTreeSet<i64> = self.0.keys().map(|(_, day, _)| day / 100).collect();
        for month in months {
            let_go_months(tx, month, month).await?;
        }
        let matters = [Class::Emergency, Class::Prank, Class::Ghost].map(Class::key);
        let is_of = |cell: &Vec<String>| cell.get(1).is_some_and(|class| matters.contains(&class.as_str()));
        let cells = self.0.keys().filter(|(table, _, cell)| *table == Table::Day && is_of(cell));
        let days: BTreeSet<i32> = cells.filter_map(|(_, day, _)| i32::try_from(*day).ok()).collect();
        for day in days {
            let_go(tx, LocalDay(day)).await?;
        }
        Ok(())
    }

    /// What some tables say about some days, or months.
    pub(super) async fn written(tx: &mut Tx, tables: &[Table], when: RangeInclusive<i64>) -> Result<Self, StoreError> {
        let mut tallies = Self::default();
        for table in tables {
            let key: Vec<&str> = table.key().iter().map(|column| column.name()).collect();
            let (time, name, key) = (table.time(), table.name(), key.join(", "));
            let talk = if table.has_talk() { ", talk_ms" } else { "" };
            let rest = format!(" {time}, calls, {key}{talk} FROM {name} WHERE {time} >= $1 AND {time} <= $2");
            let sql = ["SELECT", &rest].concat();
            let cells: Vec<_> = on!(*tx, t => {
                let query = sqlx::query(AssertSqlSafe(sql)).bind(*when.start()).bind(*when.end());
                let rows = query.fetch_all(&mut **t).await?;
                rows.iter().map(|row| read(row, *table)).collect::<Result<Vec<_>, sqlx::Error>>()?
            });
            tallies.0.extend(cells);
        }
        Ok(tallies)
    }

    /// What must be added to the tables' counts to make these.
    pub(super) fn minus(&self, written: &Self) -> Self {
        let mut missing = self.clone();
        for (key, sums) in &written.0 {
            missing.add_sums(key.clone(), (-sums.0, -sums.1));
        }
        missing.0.retain(|_, sums| *sums != (0, 0));
        missing
    }

    pub(super) fn add_sums(&mut self, key: (Table, i64, Vec<String>), (calls, talk_ms): (i64, i64)) {
        let sums = self.0.entry(key).or_default();
        sums.0 += calls;
        sums.1 += talk_ms;
    }
}

async fn insert(tx: &mut Tx, table: Table, cells: &[Cell<'_>]) -> Result<(), StoreError> {
    let sql = insert_sql(Places::of(tx), table, cells.len());
    on!(*tx, t => {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for ((_, time, cell), (calls, talk_ms)) in cells {
            query = query.bind(*time).bind(*calls);
            for (column, part) in table.key().iter().zip(cell) {
                query = match column {
                    Column::Text(_) => query.bind(part.as_str()),
                    Column::Number(_) => query.bind(part.parse::<i64>().unwrap_or(WAIT_UNKNOWN)),
                };
            }
            if table.has_talk() {
                query = query.bind(*talk_ms);
            }
        }
        query.execute(&mut **t).await.map(|_| ())
    })?;
    Ok(())
}

fn insert_sql(places: Places, table: Table, rows: usize) -> String {
    let (name, time) = (table.name(), table.time());
    let key: Vec<&str> = table.key().iter().map(|column| column.name()).collect();
    let key = key.join(", ");
    let (talk, more) = match table.has_talk() {
        true => (", talk_ms", format!(", talk_ms = {name}.talk_ms + excluded.talk_ms")),
        false => ("", String::new()),
    };
    let values = 2 + table.key().len() + usize::from(table.has_talk());
    let rows: Vec<String> = (0..rows).map(|row| format!("({})", places.row(row, values))).collect();
    let rest = format!(
        " INTO {name} ({time}, calls, {key}{talk}) VALUES {} ON CONFLICT ({time}, {key}) \
         DO UPDATE SET calls = {name}.calls + excluded.calls{more}",
        rows.join(", ")
    );
    ["INSERT", &rest].concat()
}

/// A row as a cell with its sums.
fn read<'r, R>(row: &'r R, table: Table) -> Result<((Table, i64, Vec<String>), (i64, i64)), sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    let mut cell = Vec::with_capacity(table.key().len());
    for (at, column) in table.key().iter().enumerate() {
        cell.push(match column {
            Column::Text(_) => row.try_get::<String, _>(at + 2)?,
            Column::Number(_) => row.try_get::<i64, _>(at + 2)?.to_string(),
        });
    }
    let talk_ms = if table.has_talk() { row.try_get(cell.len() + 2)? } else { 0 };
    Ok(((table, row.try_get(0)?, cell), (row.try_get(1)?, talk_ms)))
}
