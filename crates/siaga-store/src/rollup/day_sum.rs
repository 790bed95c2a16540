//! What is read from several rows together, day by day, because it is too much for a report of months: real callers who
//! waited while nuisance held a seat (two calls at a time), and staffed hours (who sat down until when). Both are sums of
//! their days: a wait belongs to the day of its call, and a stay is cut at midnight. Beside them in their row stands how long
//! agencies took (`agencies.rs`).

use super::{agencies::agencies_counted, month_sum::let_go_months};
use crate::{
    Store, StoreError, Tx,
    tx::{execute, fetch_all, fetch_one},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use siaga_core::{
    report::{AgencySums, ReportPeriod, STAY_H_MAX, SeatChange, Waited, held, staffed_ms},
    time::{LocalDay, Timestamp},
};
use std::collections::BTreeSet;

/// $1 and $2: the period's edges in microseconds. Beyond 3 s because an offer to a free seat may ring that long; a
/// nuisance call of more than two hours is not looked for. The last two bounds of the join follow from the first two:
/// without them PostgreSQL takes the join for one of millions of rows, and before them SQLite, which uses the first bounds
/// that it finds, reads every nuisance call of the period for every emergency.
pub(crate) const HELD: &str = "SELECT r.offered_at, COALESCE(r.answered_at, r.ended_at), n.answered_at, n.ended_at \
    FROM call r JOIN call n ON n.offered_at >= r.offered_at - 7200000000 \
    AND n.offered_at < COALESCE(r.answered_at, r.ended_at) \
    AND n.offered_at >= $1 - 7200000000 AND n.offered_at < (SELECT MAX(COALESCE(answered_at, ended_at)) FROM call \
    WHERE class = 'emergency' AND offered_at >= $1 AND offered_at < $2) \
    WHERE r.class = 'emergency' AND r.offered_at >= $1 AND r.offered_at < $2 AND r.direction = 'incoming' \
    AND r.outcome IS NOT NULL AND COALESCE(r.answered_at, r.ended_at) - r.offered_at > 3000000 \
    AND n.class IN ('prank', 'ghost') AND n.outcome = 'answered' AND n.direction = 'incoming' \
    AND n.answered_at < COALESCE(r.answered_at, r.ended_at) AND n.ended_at > r.offered_at";
pub(crate) const STAFFED: &str =
    "SELECT seat, at, change FROM seat_change WHERE at >= $1 AND at < $2 ORDER BY at, seat";
pub(crate) const DAY_SUMS: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(real_waited), 0) AS BIGINT), \
    CAST(COALESCE(SUM(waited_ms), 0) AS BIGINT), CAST(SUM(staffed_ms) AS BIGINT) FROM day_sum \
    WHERE local_day >= $1 AND local_day <= $2";

/// What the days of a period sum up to.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct DaySums {
    pub real_waited: u64,
    pub waited_ms: u64,
    /// None: nothing is known of seats.
    pub staffed_ms: Option<u64>,
}

impl DaySums {
    pub(super) fn read(real_waited: i64, waited_ms: i64, staffed_ms: Option<i64>) -> Self {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        Self { real_waited: number(real_waited), waited_ms: number(waited_ms), staffed_ms: staffed_ms.map(number) }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.real_waited += other.real_waited;
        self.waited_ms += other.waited_ms;
        if let Some(ms) = other.staffed_ms {
            *self.staffed_ms.get_or_insert(0) += ms;
        }
    }
}

/// A period's sums: of the days that have a row from these, of the others from calls and seats.
pub(super) async fn day_sums(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<DaySums, StoreError> {
    let (from, to) = days_of(period);
    let (rows, real_waited, waited_ms, staffed_ms) = fetch_one!(*tx, (i64, i64, i64, Option<i64>), DAY_SUMS, from, to)?;
    let mut sums = DaySums::read(real_waited, waited_ms, staffed_ms);
    if rows < i64::from(period.days()) {
        for run in missing(tx, period).await? {
            sums.add(counted(tx, &run, zone).await?);
        }
    }
    Ok(sums)
}

/// The same counted from calls and seats alone.
pub(crate) async fn counted(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<DaySums, StoreError> {
    let edges = period.edges(zone);
    let (real_waited, waited_ms) = held(&held_between(tx, edges).await?);
    Ok(DaySums { real_waited, waited_ms, staffed_ms: staffed(tx, edges).await? })
}

/// Every wait with every nuisance call in it, of the real callers offered between two moments.
pub(crate) async fn held_between(
    tx: &mut Tx,
    (first, last): (Timestamp, Timestamp),
) -> Result<Vec<Waited>, StoreError> {
    let rows = fetch_all!(*tx, (i64, i64, i64, i64), HELD, first.0, last.0)?;
    let waited = |(from, to, held_from, held_to)| Waited {
        from: Timestamp(from),
        to: Timestamp(to),
        held_from: Timestamp(held_from),
        held_to: Timestamp(held_to),
    };
    Ok(rows.into_iter().map(waited).collect())
}

/// Up to the last thing that happened: what is still to come is not staffed yet.
async fn staffed(tx: &mut Tx, (first, last): (Timestamp, Timestamp)) -> Result<Option<u64>, StoreError> {
    let until = newest_event(tx).await?.map_or(last, |at| last.min(at));
    let from = first.plus_ms(-STAY_H_MAX * 3_600_000);
    let rows = fetch_all!(*tx, (i64, i64, String), STAFFED, from.0, last.0)?;
    let changes: Vec<_> = rows
        .into_iter()
        .filter_map(|(seat, at, change)| Some((seat, Timestamp(at), SeatChange::from_key(&change)?)))
        .collect();
    Ok(staffed_ms(&changes, first, until.max(first)))
}

async fn newest_event(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let newest = fetch_all!(*tx, (i64,), "SELECT at FROM event ORDER BY seq DESC LIMIT 1")?;
    Ok(newest.first().map(|(at,)| Timestamp(*at)))
}

/// Days of a period without a row, as runs of days.
pub(super) async fn missing(tx: &mut Tx, period: &ReportPeriod) -> Result<Vec<ReportPeriod>, StoreError> {
    let (from, to) = days_of(period);
    let sql = "SELECT local_day FROM day_sum WHERE local_day >= $1 AND local_day <= $2";
    let there: BTreeSet<i64> = fetch_all!(*tx, (i64,), sql, from, to)?.into_iter().map(|(day,)| day).collect();
    let mut runs = Vec::new();
    let mut run: Option<(Date, Date)> = None;
    let mut end = |run: Option<(Date, Date)>| runs.extend(run.and_then(|(a, b)| ReportPeriod::new(a, b).ok()));
    let mut day = period.from();
    loop {
        if there.contains(&i64::from(LocalDay::from_date(day).0)) {
            end(run.take());
        } else {
            run = Some((run.map_or(day, |(first, _)| first), day));
        }
        if day >= period.to() {
            break;
        }
        day = day.saturating_add(1.day());
    }
    end(run);
    Ok(runs)
}

fn days_of(period: &ReportPeriod) -> (i64, i64) {
    let (from, to) = period.local_days();
    (i64::from(from.0), i64::from(to.0))
}

/// Takes the rows of a day and of the days beside it away, and of their months, because something of that day changed.
pub(crate) async fn let_go(tx: &mut Tx, day: LocalDay) -> Result<(), StoreError> {
    let Some(date) = day.date() else { return Ok(()) };
    let number = |date| i64::from(LocalDay::from_date(date).0);
    let (from, to) = (number(date.saturating_sub(1.day())), number(date.saturating_add(1.day())));
    execute!(*tx, "DELETE FROM day_sum WHERE local_day >= $1 AND local_day <= $2", from, to)?;
    let_go_months(tx, from / 100, to / 100).await
}

impl Store {
    /// One day as its calls and seats make it.
    pub(super) async fn day_counted(&self, tx: &mut Tx, day: i64) -> Result<(DaySums, AgencySums), StoreError> {
        let date = i32::try_from(day).ok().and_then(|day| LocalDay(day).date());
        let Some(period) = date.and_then(|date| ReportPeriod::new(date, date).ok()) else {
            return Ok(Default::default());
        };
        let agencies = agencies_counted(tx, period.edges(self.zone())).await?;
        Ok((counted(tx, &period, self.zone()).await?, agencies))
    }

    /// Fills the days of a period that have no row, at most `most` of them, and the months that are whole then; gives how
    /// many days it filled. A transaction each, so that nobody who writes waits for more than one. A day is filled when something happened after it.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: what was filled stays filled.
    pub async fn day_sums_fill(&self, period: &ReportPeriod, most: usize) -> Result<usize, StoreError> {
        let mut tx = self.read().await?;
        let newest = newest_event(&mut tx).await?.map(|at| at.in_zone(self.zone()).date());
        let runs = missing(&mut tx, period).await?;
        drop(tx);
        let days = runs.iter().flat_map(|run| {
            let to = run.to();
            run.from().series(1.day()).take_while(move |day| *day <= to)
        });
        let mut filled = 0;
        for date in days.filter(|day| newest.is_some_and(|newest| *day < newest)).take(most) {
            // With the writer in hand: what changes after this takes the row away again.
            let mut tx = self.begin().await?;
            let day = i64::from(LocalDay::from_date(date).0);
            let (sums, agencies) = self.day_counted(&mut tx, day).await?;
            let agencies = serde_json::to_string(&agencies).map_err(|error| StoreError::Refused(error.to_string()))?;
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            execute!(
                tx,
                "INSERT INTO day_sum (local_day, real_waited, waited_ms, staffed_ms, agencies) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (local_day) DO UPDATE SET real_waited = excluded.real_waited,
                     waited_ms = excluded.waited_ms, staffed_ms = excluded.staffed_ms, agencies = excluded.agencies",
                day,
                number(sums.real_waited),
                number(sums.waited_ms),
                sums.staffed_ms.map(number),
                agencies
            )?;
            tx.commit().await?;
            filled += 1;
        }
        self.month_sums_fill().await?;
        Ok(filled)
    }

    /// Fills what is over: all days of months with calls before the one that `now` lies in.
    ///
    /// # Errors
    /// As [`Store::day_sums_fill`].
    pub async fn day_sums_fill_past(&self, now: Timestamp, most: usize) -> Result<usize, StoreError> {
        let Some((first, last)) = self.call_days().await? else { return Ok(0) };
        let yesterday = now.in_zone(self.zone()).date().saturating_sub(1.day());
        let last = last.date().map_or(yesterday, |last| last.last_of_month().min(yesterday));
        let period = first.date().and_then(|first| ReportPeriod::new(first.first_of_month(), last).ok());
        match period {
            Some(period) => self.day_sums_fill(&period, most).await,
            None => Ok(0),
        }
    }
}
