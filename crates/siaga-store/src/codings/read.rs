//! What is due, what was found, and how the two codings agree.

use crate::{
    Store, StoreError,
    tx::{fetch_all, row},
    words::Word,
};
use siaga_core::{
    class::Class,
    ids::{CallId, CodingId, UserId},
    review::{Coded, WeekCoded, coding_figures},
    time::{LocalDay, Timestamp},
    view::coding::{CodingDue, CodingFigures, CodingQueue, FoundReal},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of a queue: a month of weeks.
const DUE_MAX: i64 = 200;

row! {
    struct DueRow {
        coding_id: Uuid,
        week: i64,
        own: bool,
    }
}

row! {
    struct FoundRow {
        coding_id: Uuid,
        call_id: Uuid,
        number: Option<String>,
        offered_at: i64,
        first_class: String,
        coded_at: i64,
        coded_by: Option<String>,
    }
}

row! {
    struct CodedRow {
        week: i64,
        first_class: String,
        class: Option<String>,
        settled_real: Option<bool>,
    }
}

fn day(number: i64) -> LocalDay {
    LocalDay(i32::try_from(number).unwrap_or(0))
}

impl Store {
    /// What a person may code, in the order of the draw.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn codings_due(&self, person: UserId) -> Result<CodingQueue, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            DueRow,
            "SELECT coding_id, week, (COALESCE(first_by = $1, FALSE) OR COALESCE(call_taker = $1, FALSE)) AS own
             FROM coding WHERE coded_at IS NULL ORDER BY rank LIMIT $2",
            person.0,
            DUE_MAX
        )?;
        let for_others = rows.iter().filter(|row| row.own).count() as u64;
        let due = |row: &DueRow| CodingDue { coding_id: CodingId(row.coding_id), week: day(row.week) };
        Ok(CodingQueue { due: rows.iter().filter(|row| !row.own).map(due).collect(), for_others })
    }

    /// Nuisance calls that turned out to be real and that nobody settled yet, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn codings_found(&self) -> Result<Vec<FoundReal>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            FoundRow,
            "SELECT coding.coding_id, coding.call_id, call.number, call.offered_at, coding.first_class,
                    coding.coded_at, account.display_name AS coded_by
             FROM coding JOIN call ON call.call_id = coding.call_id
                  LEFT JOIN account ON account.user_id = coding.coded_by
             WHERE coding.class = 'emergency' AND coding.settled_at IS NULL AND coding.coded_at IS NOT NULL
             ORDER BY coding.coded_at DESC LIMIT $1",
            DUE_MAX
        )?;
        let found = |row: FoundRow| {
            Ok(FoundReal {
                coding_id: CodingId(row.coding_id),
                call_id: CallId(row.call_id),
                number: row.number,
                offered_at: Timestamp(row.offered_at),
                first_class: Class::read(&row.first_class)?,
                coded_at: Timestamp(row.coded_at),
                coded_by: row.coded_by,
            })
        };
        rows.into_iter().map(found).collect()
    }

    /// How the two codings agree, for weeks whose Monday lies in the period. The statements stand in
    /// `docs/definitions.md`.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn codings_figures(&self, from: LocalDay, to: LocalDay) -> Result<CodingFigures, StoreError> {
        let (from, to) = (i64::from(from.0), i64::from(to.0));
        let mut tx = self.read().await?;
        let closed = fetch_all!(tx, (i64, i64, i64), CODING_WEEKS, from, to)?;
        let rows = fetch_all!(tx, CodedRow, CODINGS, from, to)?;
        let mut weeks: BTreeMap<i64, WeekCoded> = BTreeMap::new();
        let empty = |week: i64| WeekCoded { week: day(week), closed: None, by_rank: Vec::new() };
        for (week, calls, unrecorded) in closed {
            let count = |n: i64| u64::try_from(n).unwrap_or(0);
            weeks.entry(week).or_insert_with(|| empty(week)).closed = Some((count(calls), count(unrecorded)));
        }
        for row in rows {
            let coded = Coded {
                first: Class::read(&row.first_class)?,
                second: Class::read_some(row.class.as_deref())?,
                settled_unreal: row.settled_real == Some(false),
            };
            weeks.entry(row.week).or_insert_with(|| empty(row.week)).by_rank.push(coded);
        }
        Ok(coding_figures(weeks.into_values().collect()))
    }
}

/// Weeks that are over: their nuisance calls with and without a recording.
const CODING_WEEKS: &str = "SELECT week, calls, unrecorded FROM coding_week
WHERE week >= $1 AND week <= $2 ORDER BY week";
/// Drawn calls by week and rank; the first 50 of each week count.
const CODINGS: &str = "SELECT week, first_class, class, settled_real FROM coding
WHERE week >= $1 AND week <= $2 ORDER BY week, rank";

#[cfg(test)]
mod tests {
    use super::{CODING_WEEKS, CODINGS};

    #[test]
    fn the_statements_are_those_of_the_definitions() {
        let document = include_str!("../../../../docs/definitions.md");
        for sql in [CODING_WEEKS, CODINGS] {
            assert!(document.contains(&format!("{sql};")), "docs/definitions.md has not:\n{sql};");
        }
    }
}
