//! What stands per day in `day_sum` and `day_hour`, added up by month: a report of years reads 36 rows, not a thousand of
//! them and 26,000 hours. A month has its row once all its days have theirs, and loses it with the first of them or when
//! one of its calls moves; the days are read instead until it is filled again.

use super::{
    agencies,
    day_sum::{DaySums, day_sums, missing},
};
use crate::{
    Store, StoreError, Tx,
    tx::{execute, fetch_all, fetch_one},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use siaga_core::{
    report::{HourDays, ReportPeriod},
    time::LocalDay,
};
use std::collections::BTreeSet;

/// $1 and $2: `yyyymm`.
pub(crate) const MONTH_SUMS: &str = "SELECT month, days_with_calls, real_waited, waited_ms, staffed_ms, hours \
    FROM month_sum WHERE month >= $1 AND month <= $2";
pub(crate) const DAYS_WITH_CALLS: &str = "SELECT COUNT(DISTINCT local_day) FROM day_hour \
    WHERE local_day >= $1 AND local_day <= $2 AND calls > 0";
pub(crate) const BUSY: &str = "SELECT hour, calls, COUNT(*) FROM day_hour \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY hour, calls";

/// What the days of a period sum up to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Sums {
    pub days_with_calls: u64,
    pub hours: HourDays,
    pub waits: DaySums,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.days_with_calls += other.days_with_calls;
        self.waits.add(other.waits);
        for (hour, days) in other.hours {
            let hour = self.hours.entry(hour).or_default();
            for (calls, days) in days {
                *hour.entry(calls).or_default() += days;
            }
        }
    }
}

/// A period's: whole months from their rows, everything else from its days.
pub(crate) async fn sums(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<Sums, StoreError> {
    let mut sums = Sums::default();
    let mut there = BTreeSet::new();
    if let Some((first, last)) = whole_months(period) {
        let rows = fetch_all!(*tx, (i64, i64, i64, i64, Option<i64>, String), MONTH_SUMS, first, last)?;
        for (month, days, real_waited, waited_ms, staffed_ms, hours) in rows {
            let waits = DaySums::read(real_waited, waited_ms, staffed_ms);
            sums.add(Sums { days_with_calls: number(days), hours: read_hours(&hours)?, waits });
            there.insert(month);
        }
    }
    for run in rest(period, &there) {
        sums.add(of_days(tx, &run, zone).await?);
    }
    Ok(sums)
}

/// The same from days alone.
pub(super) async fn of_days(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<Sums, StoreError> {
    let (LocalDay(from), LocalDay(to)) = period.local_days();
    let (from, to) = (i64::from(from), i64::from(to));
    let (days,) = fetch_one!(*tx, (i64,), DAYS_WITH_CALLS, from, to)?;
    let mut hours = HourDays::new();
    for (hour, calls, days) in fetch_all!(*tx, (i64, i64, i64), BUSY, from, to)? {
        if calls > 0 {
            hours.entry(u8::try_from(hour).unwrap_or(0)).or_default().insert(number(calls), number(days));
        }
    }
    Ok(Sums { days_with_calls: number(days), hours, waits: day_sums(tx, period, zone).await? })
}

/// First and last month of which the period has every day.
pub(super) fn whole_months(period: &ReportPeriod) -> Option<(i64, i64)> {
    let (from, to) = (period.from(), period.to());
    let first = if from.day() == 1 { from } else { from.last_of_month().saturating_add(1.day()) };
    let last = if to.day() == to.days_in_month() { to } else { to.first_of_month().saturating_sub(1.day()) };
    (first <= last).then(|| (month_of(first), month_of(last)))
}

/// The days of a period beside these whole months of it, as runs.
pub(super) fn rest(period: &ReportPeriod, there: &BTreeSet<i64>) -> Vec<ReportPeriod> {
    let mut runs: Vec<(Date, Date)> = Vec::new();
    let mut day = period.from();
    loop {
        let end = day.last_of_month().min(period.to());
        if !there.contains(&month_of(day)) {
            match runs.last_mut() {
                Some(run) if run.1.saturating_add(1.day()) == day => run.1 = end,
                _ => runs.push((day, end)),
            }
        }
        if end >= period.to() {
            break;
        }
        day = end.saturating_add(1.day());
    }
    runs.into_iter().filter_map(|(from, to)| ReportPeriod::new(from, to).ok()).collect()
}

fn month_of(day: Date) -> i64 {
    i64::from(LocalDay::from_date(day).0) / 100
}

/// The days of a month.
pub(super) fn days_of_month(month: i64) -> Option<ReportPeriod> {
    let first = i32::try_from(month * 100 + 1).ok().and_then(|day| LocalDay(day).date())?;
    ReportPeriod::new(first, first.last_of_month()).ok()
}

fn number(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// As they are kept: hour, calls, days.
fn write_hours(hours: &HourDays) -> Result<String, StoreError> {
    let of_hour = |(hour, days): (&u8, &std::collections::BTreeMap<u64, u64>)| {
        let hour = *hour;
        days.iter().map(move |(calls, days)| (hour, *calls, *days)).collect::<Vec<_>>()
    };
    let rows: Vec<(u8, u64, u64)> = hours.iter().flat_map(of_hour).collect();
    serde_json::to_string(&rows).map_err(|error| StoreError::Refused(error.to_string()))
}

pub(super) fn read_hours(text: &str) -> Result<HourDays, StoreError> {
    let rows: Vec<(u8, u64, u64)> = serde_json::from_str(text).map_err(|_| StoreError::row("month_sum", "hours"))?;
    let mut hours = HourDays::new();
    for (hour, calls, days) in rows {
        hours.entry(hour).or_default().insert(calls, days);
    }
    Ok(hours)
}

/// Takes the rows of some months away, because something of their days changed.
pub(super) async fn let_go_months(tx: &mut Tx, first: i64, last: i64) -> Result<(), StoreError> {
    execute!(*tx, "DELETE FROM month_sum WHERE month >= $1 AND month <= $2", first, last)?;
    Ok(())
}

impl Store {
    /// Fills every month whose days all have their row and that has none itself. A transaction per month.
    pub(super) async fn month_sums_fill(&self) -> Result<(), StoreError> {
        let sql = "SELECT local_day / 100, COUNT(*) FROM day_sum
             WHERE local_day / 100 NOT IN (SELECT month FROM month_sum) GROUP BY local_day / 100";
        let mut tx = self.read().await?;
        let months = fetch_all!(tx, (i64, i64), sql)?;
        drop(tx);
        for (month, rows) in months {
            let Some(period) = days_of_month(month).filter(|period| i64::from(period.days()) == rows) else { continue };
            // With the writer in hand: what changes after this takes the row away again.
            let mut tx = self.begin().await?;
            if !missing(&mut tx, &period).await?.is_empty() {
                continue;
            }
            let sums = of_days(&mut tx, &period, self.zone()).await?;
            let agencies = agencies::of_days(&mut tx, &period, self.zone()).await?.in_order();
            let agencies = serde_json::to_string(&agencies).map_err(|error| StoreError::Refused(error.to_string()))?;
            let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
            execute!(
                tx,
                "INSERT INTO month_sum (month, days_with_calls, real_waited, waited_ms, staffed_ms, hours, agencies)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (month) DO NOTHING",
                month,
                number(sums.days_with_calls),
                number(sums.waits.real_waited),
                number(sums.waits.waited_ms),
                sums.waits.staffed_ms.map(number),
                write_hours(&sums.hours)?,
                agencies
            )?;
            tx.commit().await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_and_the_rest_are_the_period() {
        let runs = |from: &str, to: &str, there: &[i64]| {
            let period = ReportPeriod::parse(from, to).unwrap();
            let rest = rest(&period, &there.iter().copied().collect());
            let runs = rest.iter().map(|run| (run.local_days().0.0, run.local_days().1.0)).collect::<Vec<_>>();
            (whole_months(&period), runs)
        };
        assert_eq!(runs("2020-01-01", "2020-02-29", &[202_001, 202_002]), (Some((202_001, 202_002)), vec![]));
        assert_eq!(
            runs("2019-12-31", "2020-03-10", &[202_001]),
            (Some((202_001, 202_002)), vec![(20_191_231, 20_191_231), (20_200_201, 20_200_310)])
        );
        assert_eq!(runs("2020-02-02", "2020-02-29", &[]), (None, vec![(20_200_202, 20_200_229)]));
        assert_eq!(runs("2019-12-02", "2020-01-30", &[]), (None, vec![(20_191_202, 20_200_130)]));
    }
}
