//! The figures made anew from calls and events: once after an update that brought tables, or when somebody damaged them.
//!
//! A month is counted in a snapshot beside the calls that go on; what is missing is then *added* in a short transaction.
//! A call that changed meanwhile moved the same cells by its own difference, so both are in. How far it is stands in the
//! database: killed, it goes on with the next month; two at once do each month once.

use super::{
    Table,
    check::months,
    month_sum::{days_of_month, let_go_months},
};
use crate::{
    Store, StoreError, Tx,
    calls::seat_change,
    tx::{execute, fetch_all, fetch_one, fetch_optional},
};
use siaga_core::{
    call::live::Fact,
    time::{LocalDay, Timestamp},
};

/// The shape of the tables that this program keeps; grows when a table or a cell's meaning changes.
const SHAPE: i64 = 3;
/// The shape of tables that hold nothing yet.
const EMPTY: i64 = 0;
/// Events read at once.
const EVENTS_PAGE: i64 = 1_000;
/// After the last month.
const NO_MONTH: i64 = 999_999;

/// How far a rebuild is: months done of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    pub done: usize,
    pub all: usize,
}

/// How a rebuild begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Begin {
    /// What is there is mended; reports stay readable. One that was broken off is gone on with.
    Beside,
    /// All tables are emptied first, as after an update that brings every one of them.
    Cold,
}

/// Whether the tables have the shape that this program reads.
pub async fn are_current(tx: &mut Tx) -> Result<bool, StoreError> {
    let (shape,) = fetch_one!(*tx, (i64,), "SELECT shape FROM rollup_shape WHERE id = 1")?;
    Ok(shape >= SHAPE)
}

/// How far the rebuild is that goes on or was broken off.
pub async fn progress(tx: &mut Tx) -> Result<Option<Rebuilt>, StoreError> {
    let sql = "SELECT done, months FROM rollup_rebuild WHERE id = 1";
    let number = |n: i64| usize::try_from(n).unwrap_or(0);
    Ok(fetch_optional!(*tx, (i64, i64), sql)?.map(|(done, all)| Rebuilt { done: number(done), all: number(all) }))
}

impl Store {
    /// Makes the figures anew where an older program wrote them, or where that was broken off. Gives whether it did.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: the months that are done stay done; the next start goes on.
    pub async fn rollups_up_to_date(&self, told: impl FnMut(Rebuilt)) -> Result<bool, StoreError> {
        let mut tx = self.read().await?;
        if are_current(&mut tx).await? && progress(&mut tx).await?.is_none() {
            return Ok(false);
        }
        drop(tx);
        self.rollups_rebuild(Begin::Beside, told).await?;
        Ok(true)
    }

    /// Counts all calls anew, month by month.
    ///
    /// # Errors
    /// As [`Store::rollups_up_to_date`].
    pub async fn rollups_rebuild(&self, begin: Begin, mut told: impl FnMut(Rebuilt)) -> Result<(), StoreError> {
        self.rebuild_begin(begin).await?;
        loop {
            let mut tx = self.read().await?;
            let sql = "SELECT next_month, done, months FROM rollup_rebuild WHERE id = 1";
            // Another one, begun beside this, came to the end.
            let Some((month, done, all)) = fetch_optional!(tx, (i64, i64, i64), sql)? else { return Ok(()) };
            let number = |n: i64| usize::try_from(n).unwrap_or(0);
            told(Rebuilt { done: number(done), all: number(all) });
            if month == NO_MONTH {
                break;
            }
            if done == 0 {
                // Days are summed up from these.
                self.seats_rebuild().await?;
            }
            let missing = self.missing(&mut tx, month).await?;
            drop(tx);
            let mut tx = self.begin().await?;
            if step(&mut tx, month).await? {
                missing.write_as_is(&mut tx).await?;
                let days = (month * 100, month * 100 + 99);
                execute!(tx, "DELETE FROM day_sum WHERE local_day >= $1 AND local_day <= $2", days.0, days.1)?;
                let_go_months(&mut tx, month, month).await?;
                tx.commit().await?;
            }
            if let Some(period) = days_of_month(month) {
                self.day_sums_fill(&period, usize::MAX).await?;
            }
        }
        let mut tx = self.begin().await?;
        execute!(tx, "UPDATE rollup_shape SET shape = $1 WHERE id = 1", SHAPE)?;
        execute!(tx, "DELETE FROM rollup_rebuild WHERE id = 1")?;
        tx.commit().await
    }

    async fn rebuild_begin(&self, begin: Begin) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        match begin {
            Begin::Beside if progress(&mut tx).await?.is_some() => return Ok(()),
            Begin::Beside => {}
            Begin::Cold => {
                for table in Table::CELLS {
                    let sql = match table {
                        Table::Day => "DELETE FROM call_day",
                        Table::Hour => "DELETE FROM call_hour",
                        Table::Wait => "DELETE FROM call_wait",
                        Table::Taker => "DELETE FROM taker_day",
                        Table::DayHour => "DELETE FROM day_hour",
                        Table::ClassMonth => "DELETE FROM class_month",
                        Table::TypeMonth => "DELETE FROM type_month",
                        Table::AgencyMonth => "DELETE FROM agency_month",
                        Table::VillageMonth => "DELETE FROM village_month",
                        Table::HourMonth => "DELETE FROM call_hour_month",
                        Table::WaitMonth => "DELETE FROM call_wait_month",
                        Table::TakerMonth => "DELETE FROM taker_month",
                        Table::Sums => "DELETE FROM day_sum",
                        Table::MonthSums => "DELETE FROM month_sum",
                    };
                    execute!(tx, sql)?;
                }
                execute!(tx, "DELETE FROM day_sum")?;
                execute!(tx, "DELETE FROM month_sum")?;
                execute!(tx, "DELETE FROM seat_change")?;
                execute!(tx, "UPDATE rollup_shape SET shape = $1 WHERE id = 1", EMPTY)?;
            }
        }
        let months = months(&mut tx, LocalDay(0), LocalDay(99_991_231)).await?;
        let first = months.first().map_or(NO_MONTH, |(day, _)| day / 100);
        execute!(tx, "DELETE FROM rollup_rebuild WHERE id = 1")?;
        execute!(
            tx,
            "INSERT INTO rollup_rebuild (id, next_month, done, months) VALUES (1, $1, 0, $2)",
            first,
            i64::try_from(months.len()).unwrap_or(i64::MAX)
        )?;
        tx.commit().await
    }

    async fn seats_rebuild(&self) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let mut tx = self.begin().await?;
            let events = fetch_all!(
                tx,
                (i64, i64, Option<String>),
                "SELECT seq, at, body FROM event WHERE kind = 'AgentStateChange' AND seq > $1 ORDER BY seq LIMIT $2",
                after,
                EVENTS_PAGE
            )?;
            let Some((last, ..)) = events.last() else { return Ok(()) };
            after = *last;
            for (_, at, body) in &events {
                // A body that retention took away says nothing about seats any more.
                let fact = body.as_deref().and_then(|body| serde_json::from_str::<Fact>(body).ok());
                if let Some(fact) = fact {
                    seat_change::apply(&mut tx, Timestamp(*at), &fact, self.zone()).await?;
                }
            }
            tx.commit().await?;
        }
    }
}

/// Takes this month as done, unless another one has: its difference may be added once only.
async fn step(tx: &mut Tx, month: i64) -> Result<bool, StoreError> {
    const LAST: &str = "SELECT MAX(local_day) FROM call";
    let (last,) = fetch_one!(*tx, (Option<i64>,), LAST)?;
    let (kept,) = fetch_one!(*tx, (Option<i64>,), "SELECT MAX(local_day) FROM call_day")?;
    let after = if month % 100 >= 12 { month + 89 } else { month + 1 };
    let is_over = after > last.max(kept).unwrap_or(0) / 100;
    let next = if is_over { NO_MONTH } else { after };
    let rows = execute!(
        *tx,
        "UPDATE rollup_rebuild SET next_month = $1, done = done + 1 WHERE id = 1 AND next_month = $2",
        next,
        month
    )?;
    Ok(rows == 1)
}
