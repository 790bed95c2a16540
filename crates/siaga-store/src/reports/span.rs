//! The days of a period as the tables are read: whole months from the tables by month, the days before and after them
//! from the tables by day. Nine months are nine rows of each cell instead of 274.

use crate::{StoreError, Tx, tx::on};
use siaga_core::{report::ReportPeriod, time::LocalDay};
use sqlx::{AssertSqlSafe, FromRow, postgres::PgRow, sqlite::SqliteRow};

/// Parts that together are the period, each once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Span(Vec<Part>);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    /// `yyyymmdd`
    Days(i64, i64),
    /// `yyyymm`
    Months(i64, i64),
}

impl Span {
    /// Read day by day, whatever the period is.
    pub fn days(period: &ReportPeriod) -> Self {
        let (from, to) = edges(period);
        Self(vec![Part::Days(from, to)])
    }

    pub fn of(period: &ReportPeriod) -> Self {
        let (from, to) = edges(period);
        let is_last = period.to().day() == period.to().days_in_month();
        let first_month = if from % 100 == 1 { from / 100 } else { after(from / 100) };
        let last_month = if is_last { to / 100 } else { before(to / 100) };
        if first_month > last_month {
            return Self::days(period);
        }
        let mut parts = vec![Part::Months(first_month, last_month)];
        if from < first_month * 100 {
            // To the end of its month, however many days that has.
            parts.push(Part::Days(from, from / 100 * 100 + 31));
        }
        if to / 100 > last_month {
            parts.push(Part::Days(to / 100 * 100 + 1, to));
        }
        Self(parts)
    }

    /// The rows of all parts: a key may come once from each, and its counts add up.
    pub async fn rows<T>(&self, tx: &mut Tx, sql: &'static str) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let mut rows = Vec::new();
        for part in &self.0 {
            let (sql, from, to) = match *part {
                Part::Days(from, to) => (sql.to_owned(), from, to),
                Part::Months(from, to) => (of_months(sql), from, to),
            };
            let query = AssertSqlSafe(sql);
            let part = on!(*tx, t => sqlx::query_as::<_, T>(query).bind(from).bind(to).fetch_all(&mut **t).await)?;
            rows.extend(part);
        }
        Ok(rows)
    }
}

fn edges(period: &ReportPeriod) -> (i64, i64) {
    let (LocalDay(from), LocalDay(to)) = period.local_days();
    (i64::from(from), i64::from(to))
}

fn after(month: i64) -> i64 {
    if month % 100 == 12 { month + 89 } else { month + 1 }
}

fn before(month: i64) -> i64 {
    if month % 100 == 1 { month - 89 } else { month - 1 }
}

/// The same statement over the same columns, added up by month. What `call_day` has in one table stands in four by month.
pub(super) fn of_months(sql: &str) -> String {
    let calls = [("incident_type", "type_month"), ("agency", "agency_month"), ("village_code", "village_month")];
    let calls = calls.iter().find(|(column, _)| sql.contains(column)).map_or("class_month", |(_, table)| table);
    sql.replace("local_day / 100", "month")
        .replace("local_day", "month")
        .replace("call_day", calls)
        .replace("call_hour", "call_hour_month")
        .replace("call_wait", "call_wait_month")
        .replace("taker_day", "taker_month")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_in_parts_that_do_not_overlap() {
        let parts = |from: &str, to: &str| Span::of(&ReportPeriod::parse(from, to).unwrap()).0;
        use Part::{Days, Months};
        for (from, to, expected) in [
            ("2020-01-01", "2020-09-30", vec![Months(202_001, 202_009)]),
            ("2020-02-01", "2020-02-29", vec![Months(202_002, 202_002)]),
            ("2021-02-01", "2021-02-27", vec![Days(20_210_201, 20_210_227)]),
            ("2020-01-15", "2020-02-10", vec![Days(20_200_115, 20_200_210)]),
            (
                "2019-12-31",
                "2020-02-10",
                vec![Months(202_001, 202_001), Days(20_191_231, 20_191_231), Days(20_200_201, 20_200_210)],
            ),
            ("2019-12-02", "2020-01-31", vec![Months(202_001, 202_001), Days(20_191_202, 20_191_231)]),
            ("2019-12-01", "2020-01-30", vec![Months(201_912, 201_912), Days(20_200_101, 20_200_130)]),
            ("2020-12-31", "2020-12-31", vec![Days(20_201_231, 20_201_231)]),
        ] {
            assert_eq!(parts(from, to), expected, "{from} to {to}");
        }
    }

    #[test]
    fn a_statement_of_days_becomes_one_of_months() {
        assert_eq!(
            of_months(
                "SELECT local_day / 100, SUM(calls) FROM call_day WHERE local_day >= $1 GROUP BY local_day / 100"
            ),
            "SELECT month, SUM(calls) FROM class_month WHERE month >= $1 GROUP BY month"
        );
        assert_eq!(
            of_months("SELECT agency, SUM(calls) FROM call_day WHERE local_day >= $1 GROUP BY agency"),
            "SELECT agency, SUM(calls) FROM agency_month WHERE month >= $1 GROUP BY agency"
        );
    }
}
