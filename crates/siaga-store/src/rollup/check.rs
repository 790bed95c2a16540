//! The tables counted again from the calls: day by day, so that ten million calls need no memory.

use super::{DaySums, Details, Sign, Table, Taker, Tallies, Tally, agencies, month_sum};
use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_one, fetch_optional, row},
    words::Word,
};
use siaga_core::{
    class::Class,
    ids::UserId,
    report::{AgencySums, HourDays},
    time::{LocalDay, Timestamp},
    view::{call::CallOutcome, desk::Lane},
};
use uuid::Uuid;

/// Counted from calls, and what follows from these per day.
const BY_DAY: [Table; 5] = [Table::Day, Table::Hour, Table::Wait, Table::Taker, Table::DayHour];
const BY_MONTH: [Table; 7] = [
    Table::ClassMonth,
    Table::TypeMonth,
    Table::AgencyMonth,
    Table::VillageMonth,
    Table::HourMonth,
    Table::WaitMonth,
    Table::TakerMonth,
];

row! {
    struct CallLine {
        local_day: i64,
        offered_at: i64,
        answered_at: Option<i64>,
        ended_at: Option<i64>,
        lane: String,
        outcome: String,
        class: Option<String>,
        sub: Option<String>,
        incident_type: Option<String>,
        agency: Option<String>,
        village_code: Option<String>,
        call_taker: Option<Uuid>,
        import_id: Option<Uuid>,
        call_taker_name: Option<String>,
    }
}

/// A cell where the figures and the calls do not agree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RollupDifference {
    pub table: Table,
    /// `yyyymmdd`, or `yyyymm` in a table of months.
    pub day: i64,
    /// The words of the cell in the order of the table's key.
    pub cell: Vec<String>,
    /// What the table says: calls and milliseconds.
    pub written: (i64, i64),
    /// What counting the calls gives.
    pub counted: (i64, i64),
}

impl RollupDifference {
    /// The cell in words, without who took a call.
    #[must_use]
    pub fn cell_without_names(&self) -> String {
        let person = self.table.person();
        let part = |(at, part): (usize, &String)| match part.as_str() {
            _ if Some(at) == person => "...".to_owned(),
            "" => "-".to_owned(),
            known => known.to_owned(),
        };
        self.cell.iter().enumerate().map(part).collect::<Vec<_>>().join("/")
    }
}

impl Store {
    /// Recounts the calls of some days and names every cell that differs; the tables of their months are compared with
    /// the sums of their days. One snapshot.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn rollup_check(&self, from: LocalDay, to: LocalDay) -> Result<Vec<RollupDifference>, StoreError> {
        let mut tx = self.read().await?;
        let mut found = Vec::new();
        for (first, last) in months(&mut tx, from, to).await? {
            for day in first..=last {
                let written = Tallies::written(&mut tx, &BY_DAY, day..=day).await?;
                let mut counted = self.recount(&mut tx, day).await?.with_derived();
                counted.0.retain(|(table, ..), _| BY_DAY.contains(table));
                found.extend(differences(&written, &counted));
                found.extend(self.sums_difference(&mut tx, day).await?);
            }
            let month = first / 100;
            let days = Tallies::written(&mut tx, &BY_DAY, month * 100..=month * 100 + 99).await?;
            let mut counted = days.with_derived();
            counted.0.retain(|(table, ..), _| BY_MONTH.contains(table));
            found.extend(differences(&Tallies::written(&mut tx, &BY_MONTH, month..=month).await?, &counted));
            found.extend(self.month_sums_difference(&mut tx, month).await?);
        }
        Ok(found)
    }

    /// What the calls make of a month, against what is written: what must be added, in all tables.
    pub(super) async fn missing(&self, tx: &mut Tx, month: i64) -> Result<Tallies, StoreError> {
        let mut counted = Tallies::default();
        for day in month * 100 + 1..=month * 100 + 31 {
            counted.0.extend(self.recount(tx, day).await?.0);
        }
        let mut written = Tallies::written(tx, &BY_DAY, month * 100..=month * 100 + 99).await?;
        written.0.extend(Tallies::written(tx, &BY_MONTH, month..=month).await?.0);
        Ok(counted.with_derived().minus(&written))
    }

    /// The figures of a day as its calls make them, without what follows from them.
    async fn recount(&self, tx: &mut Tx, day: i64) -> Result<Tallies, StoreError> {
        let lines = fetch_all!(
            *tx,
            CallLine,
            "SELECT local_day, offered_at, answered_at, ended_at, lane, outcome, class, sub, incident_type, agency,
                    village_code, call_taker, import_id, call_taker_name
             FROM call WHERE local_day = $1 AND direction = 'incoming' AND outcome IS NOT NULL",
            day
        )?;
        let mut tallies = Tallies::default();
        for line in &lines {
            tallies.count(self.zone(), &line.tally()?, Sign::In);
        }
        Ok(tallies)
    }

    async fn sums_difference(&self, tx: &mut Tx, day: i64) -> Result<Vec<RollupDifference>, StoreError> {
        let sql = "SELECT real_waited, waited_ms, staffed_ms, agencies FROM day_sum WHERE local_day = $1";
        // A day without a row is counted when it is asked for.
        let row = fetch_optional!(*tx, (i64, i64, Option<i64>, String), sql, day)?;
        let Some((waited_by, ms, staffed_ms, agencies)) = row else { return Ok(Vec::new()) };
        let (counted, agencies_counted) = self.day_counted(tx, day).await?;
        // What cannot be read any more is nothing.
        let agencies = agencies::read(&agencies).unwrap_or_default();
        let differ =
            [waited((waited_by, ms), &counted), staffed(staffed_ms, &counted), took(&agencies, &agencies_counted)];
        Ok(told(Table::Sums, day, differ))
    }

    async fn month_sums_difference(&self, tx: &mut Tx, month: i64) -> Result<Vec<RollupDifference>, StoreError> {
        let sql = "SELECT days_with_calls, real_waited, waited_ms, staffed_ms, hours, agencies FROM month_sum
             WHERE month = $1";
        // A month without a row is read from its days.
        let row = fetch_optional!(*tx, (i64, i64, i64, Option<i64>, String, String), sql, month)?;
        let (Some((days, waited_by, ms, staffed_ms, hours, agencies)), Some(period)) =
            (row, month_sum::days_of_month(month))
        else {
            return Ok(Vec::new());
        };
        let counted = month_sum::of_days(tx, &period, self.zone()).await?;
        let agencies_counted = agencies::of_days(tx, &period, self.zone()).await?.in_order();
        let (hours, agencies) =
            (month_sum::read_hours(&hours).unwrap_or_default(), agencies::read(&agencies).unwrap_or_default());
        let differ = [
            differ("days_with_calls", (days, 0), (number(counted.days_with_calls), 0)),
            (hours != counted.hours).then(|| ("hours", in_hours(&hours), in_hours(&counted.hours))),
            waited((waited_by, ms), &counted.waits),
            staffed(staffed_ms, &counted.waits),
            took(&agencies, &agencies_counted),
        ];
        Ok(told(Table::MonthSums, month, differ))
    }

    /// The first and the last day of which there is a call, counted or not.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_days(&self) -> Result<Option<(LocalDay, LocalDay)>, StoreError> {
        let mut tx = self.read().await?;
        let (first, last) = fetch_one!(tx, (Option<i64>, Option<i64>), CALLS)?;
        let day = |day: Option<i64>| day.and_then(|day| i32::try_from(day).ok()).map(LocalDay);
        Ok(day(first).zip(day(last)))
    }
}

/// What a row of sums says and what it should say, in two numbers each; none where it is the same.
type Differs = Option<(&'static str, (i64, i64), (i64, i64))>;

fn differ(what: &'static str, written: (i64, i64), counted: (i64, i64)) -> Differs {
    (written != counted).then_some((what, written, counted))
}

fn waited(written: (i64, i64), counted: &DaySums) -> Differs {
    differ("waited", written, (number(counted.real_waited), number(counted.waited_ms)))
}

/// Nothing known is not the same as nobody there.
fn staffed(written: Option<i64>, counted: &DaySums) -> Differs {
    differ("staffed", (0, written.unwrap_or(-1)), (0, counted.staffed_ms.map_or(-1, number)))
}

fn took(written: &AgencySums, counted: &AgencySums) -> Differs {
    let seconds = |sums: &AgencySums| {
        let (assignments, seconds) = sums.totals();
        (number(assignments), number(seconds) * 1_000)
    };
    (written != counted).then(|| ("agencies", seconds(written), seconds(counted)))
}

/// Hours with a call, and their calls.
fn in_hours(hours: &HourDays) -> (i64, i64) {
    let days = hours.values().flatten();
    days.fold((0, 0), |(hours, sum), (calls, days)| (hours + number(*days), sum + number(calls * days)))
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn told(table: Table, day: i64, differ: impl IntoIterator<Item = Differs>) -> Vec<RollupDifference> {
    let one = |(what, written, counted): (&str, _, _)| RollupDifference {
        table,
        day,
        cell: vec![what.to_owned()],
        written,
        counted,
    };
    differ.into_iter().flatten().map(one).collect()
}

impl CallLine {
    fn tally(&self) -> Result<Tally<'_>, StoreError> {
        Ok(Tally {
            day: LocalDay(i32::try_from(self.local_day).unwrap_or(0)),
            offered_at: Timestamp(self.offered_at),
            answered_at: self.answered_at.map(Timestamp),
            ended_at: self.ended_at.map(Timestamp),
            lane: Lane::read(&self.lane)?,
            outcome: CallOutcome::read(&self.outcome)?,
            class: Class::read_some(self.class.as_deref())?,
            sub: self.sub.as_deref(),
            details: Details {
                incident_type: self.incident_type.as_deref(),
                agency: self.agency.as_deref(),
                village_code: self.village_code.as_deref(),
            },
            taker: match self.import_id {
                Some(_) => Taker::Ledger(self.call_taker_name.as_deref()),
                None => Taker::Live(self.call_taker.map(UserId)),
            },
        })
    }
}

/// Each end by itself: asked for both at once, SQLite reads every call.
const CALLS: &str = "SELECT (SELECT MIN(local_day) FROM call), (SELECT MAX(local_day) FROM call)";

/// First and last day of each month that has calls or figures.
pub(super) async fn months(tx: &mut Tx, from: LocalDay, to: LocalDay) -> Result<Vec<(i64, i64)>, StoreError> {
    const FIGURES: &str = "SELECT (SELECT MIN(local_day) FROM call_day), (SELECT MAX(local_day) FROM call_day)";
    let mut span: Option<(i64, i64)> = None;
    for sql in [CALLS, FIGURES] {
        if let (Some(first), Some(last)) = fetch_one!(*tx, (Option<i64>, Option<i64>), sql)? {
            span = Some(span.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
        }
    }
    let Some((first, last)) = span else { return Ok(Vec::new()) };
    let (first, last) = (first.max(i64::from(from.0)), last.min(i64::from(to.0)));
    let mut months = Vec::new();
    let mut month = first / 100;
    while month <= last / 100 {
        months.push(((month * 100 + 1).max(first), (month * 100 + 31).min(last)));
        month += if month % 100 >= 12 { 89 } else { 1 };
    }
    Ok(months)
}

fn differences(written: &Tallies, counted: &Tallies) -> Vec<RollupDifference> {
    let sums = |tallies: &Tallies, key: &_| tallies.0.get(key).copied().unwrap_or_default();
    let keys: std::collections::BTreeSet<_> = written.0.keys().chain(counted.0.keys()).collect();
    keys.into_iter()
        .map(|key| (key, sums(written, key), sums(counted, key)))
        .filter(|(_, written, counted)| written != counted)
        .map(|((table, day, cell), written, counted)| RollupDifference {
            table: *table,
            day: *day,
            cell: cell.clone(),
            written,
            counted,
        })
        .collect()
}
