//! Forms as the screens see them, and the team's figures.

use super::{ReviewError, form, held, marks};
use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_optional, row},
};
use siaga_core::{
    ids::{CallId, ReviewId, UserId},
    review::form::ReviewMark,
    time::{LocalDay, Timestamp},
    view::review::{ReviewBoard, ReviewItemCount, ReviewMonth, ReviewRow, ReviewView},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one list: a month of a large city's forms.
const LIST_MAX: i64 = 200;
/// Finished forms that a page shows.
const DONE_MAX: i64 = 30;
/// Months of the team's figures, with the running one.
const MONTHS: i32 = 6;
/// With fewer finished forms in a month, what was marked points at people.
const FORMS_MIN: u32 = 5;

row! {
    struct ViewRow {
        review_id: Uuid,
        call_id: Uuid,
        offered_at: i64,
        due_at: i64,
        taker: Option<String>,
        reviewer_name: Option<String>,
        form: String,
        marks: String,
        remark: String,
        revision: i64,
        saved_at: Option<i64>,
        finished_at: Option<i64>,
        comment: Option<String>,
        commented_at: Option<i64>,
    }
}

row! {
    struct BoardRow {
        review_id: Uuid,
        offered_at: i64,
        due_at: i64,
        reviewer: Option<Uuid>,
        reviewer_name: Option<String>,
        call_taker: Uuid,
        revision: i64,
        finished_at: Option<i64>,
        commented_at: Option<i64>,
    }
}

row! {
    struct MonthRow {
        month: i64,
        due_at: i64,
        finished_at: Option<i64>,
        form: String,
        marks: String,
    }
}

macro_rules! select_views {
    ($condition:literal) => {
        concat!(
            "SELECT review.review_id, review.call_id, review.offered_at, review.due_at,
                    taker.display_name AS taker, who.display_name AS reviewer_name, review.form, review.marks,
                    review.remark, review.revision, review.saved_at, review.finished_at, review.comment,
                    review.commented_at
             FROM review LEFT JOIN account AS taker ON taker.user_id = review.call_taker
                  LEFT JOIN account AS who ON who.user_id = review.reviewer ",
            $condition
        )
    };
}

macro_rules! select_board {
    ($condition:literal) => {
        concat!(
            "SELECT review.review_id, review.offered_at, review.due_at, review.reviewer,
                    account.display_name AS reviewer_name, review.call_taker, review.revision, review.finished_at,
                    review.commented_at
             FROM review LEFT JOIN account ON account.user_id = review.reviewer ",
            $condition
        )
    };
}

impl ViewRow {
    fn view(self) -> Result<ReviewView, StoreError> {
        Ok(ReviewView {
            review_id: ReviewId(self.review_id),
            call_id: CallId(self.call_id),
            offered_at: Timestamp(self.offered_at),
            due_at: Timestamp(self.due_at),
            call_taker: self.taker,
            reviewer: self.reviewer_name,
            form: form(&self.form)?,
            marks: marks(&self.marks)?,
            remark: self.remark,
            revision: u32::try_from(self.revision).map_err(|_| StoreError::row("review", "revision"))?,
            saved_at: self.saved_at.map(Timestamp),
            finished_at: self.finished_at.map(Timestamp),
            comment: self.comment,
            commented_at: self.commented_at.map(Timestamp),
        })
    }
}

pub(super) async fn one(tx: &mut Tx, review: ReviewId) -> Result<ReviewView, StoreError> {
    let row = fetch_optional!(*tx, ViewRow, select_views!("WHERE review.review_id = $1"), review.0)?;
    row.ok_or(StoreError::NotFound)?.view()
}

impl Store {
    /// A form, for everybody but who took the call.
    ///
    /// # Errors
    /// [`ReviewError::OwnCall`]; [`StoreError::NotFound`].
    pub async fn review(&self, review: ReviewId, person: UserId) -> Result<ReviewView, ReviewError> {
        let mut tx = self.read().await?;
        if held(&mut tx, review).await?.call_taker == person.0 {
            return Err(ReviewError::OwnCall);
        }
        Ok(one(&mut tx, review).await?)
    }

    /// Finished forms of a person's own calls, newest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn reviews_of(&self, taker: UserId) -> Result<Vec<ReviewView>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            ViewRow,
            select_views!(
                "WHERE review.call_taker = $1 AND review.finished_at IS NOT NULL
                 ORDER BY review.finished_at DESC LIMIT $2"
            ),
            taker.0,
            DONE_MAX
        )?;
        rows.into_iter().map(ViewRow::view).collect()
    }

    /// What is due and was done lately, for a reviewer, and the team's figures.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn review_board(&self, person: UserId, now: Timestamp) -> Result<ReviewBoard, StoreError> {
        let mut tx = self.read().await?;
        let due = fetch_all!(
            tx,
            BoardRow,
            select_board!("WHERE review.finished_at IS NULL ORDER BY review.due_at LIMIT $1"),
            LIST_MAX
        )?;
        let done = fetch_all!(
            tx,
            BoardRow,
            select_board!("WHERE review.finished_at IS NOT NULL ORDER BY review.finished_at DESC LIMIT $1"),
            DONE_MAX
        )?;
        let from = months_back(self.local_day(now), MONTHS - 1);
        let rows = fetch_all!(tx, MonthRow, REVIEWS, i64::from(from))?;
        let shown = |row: BoardRow| ReviewRow {
            review_id: ReviewId(row.review_id),
            offered_at: Timestamp(row.offered_at),
            due_at: Timestamp(row.due_at),
            overdue: row.finished_at.is_none() && row.due_at < now.0,
            reviewer: row.reviewer_name,
            mine: row.reviewer == Some(person.0),
            own_call: row.call_taker == person.0,
            begun: row.revision > 0,
            finished_at: row.finished_at.map(Timestamp),
            commented: row.commented_at.is_some(),
        };
        Ok(ReviewBoard {
            due: due.into_iter().map(shown).collect(),
            // what was said of the own calls is read under one's own results
            done: done.into_iter().filter(|row| row.call_taker != person.0).map(shown).collect(),
            months: months(rows, now)?,
        })
    }

    /// Forms that nobody finished in time.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn reviews_overdue(&self, now: Timestamp) -> Result<u32, StoreError> {
        let mut tx = self.read().await?;
        let sql = "SELECT COUNT(*) FROM review WHERE finished_at IS NULL AND due_at < $1";
        let row = fetch_optional!(tx, (i64,), sql, now.0)?;
        Ok(row.map_or(0, |(count,)| u32::try_from(count).unwrap_or(u32::MAX)))
    }
}

/// Drawn forms by the month of their call.
const REVIEWS: &str = "SELECT month, due_at, finished_at, form, marks FROM review
WHERE month >= $1 ORDER BY month, drawn_at, review_id";

fn months_back(day: LocalDay, months: i32) -> i32 {
    let since_0 = day.0 / 10_000 * 12 + day.month() % 100 - 1 - months;
    since_0 / 12 * 100 + since_0 % 12 + 1
}

fn months(rows: Vec<MonthRow>, now: Timestamp) -> Result<Vec<ReviewMonth>, StoreError> {
    let mut months: BTreeMap<i64, ReviewMonth> = BTreeMap::new();
    for row in rows {
        let month = months.entry(row.month).or_insert_with(|| ReviewMonth {
            month: i32::try_from(row.month).unwrap_or(0),
            drawn: 0,
            finished: 0,
            overdue: 0,
            late: 0,
            items: Vec::new(),
        });
        month.drawn += 1;
        match row.finished_at {
            None => month.overdue += u32::from(row.due_at < now.0),
            Some(finished_at) => {
                month.finished += 1;
                month.late += u32::from(finished_at > row.due_at);
                let marks = marks(&row.marks)?;
                for item in form(&row.form)?.items {
                    let mark = marks.get(&item.key).copied();
                    let place = month.items.iter().position(|one| one.label == item.label).unwrap_or_else(|| {
                        month.items.push(ReviewItemCount { label: item.label.clone(), yes: 0, needed: 0 });
                        month.items.len() - 1
                    });
                    if let Some(count) = month.items.get_mut(place) {
                        count.yes += u32::from(mark == Some(ReviewMark::Yes));
                        count.needed += u32::from(matches!(mark, Some(ReviewMark::Yes | ReviewMark::No)));
                    }
                }
            }
        }
    }
    for month in months.values_mut().filter(|month| month.finished < FORMS_MIN) {
        month.items.clear();
    }
    Ok(months.into_values().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::{REVIEWS, months_back};
    use siaga_core::time::LocalDay;

    #[test]
    fn the_statement_is_that_of_the_definitions() {
        assert!(include_str!("../../../../docs/definitions.md").contains(&format!("{REVIEWS};")));
    }

    #[test]
    fn months_run_over_the_new_year() {
        assert_eq!(months_back(LocalDay(20_260_215), 5), 202_509);
        assert_eq!(months_back(LocalDay(20_261_231), 0), 202_612);
        assert_eq!(months_back(LocalDay(20_260_110), 1), 202_512);
    }
}
