//! Counts of a period: one query per figure, over the days that are counted already, never over calls.
//!
//! The statements stand in `docs/definitions.md` word by word; a test compares them. That each figure has its own
//! statement is what makes the identities worth checking.

mod detail;
mod part;
mod proceedings;
mod published;
mod scan;
mod span;

pub use part::Part;
pub use scan::Scanned;

use crate::{Store, StoreError, Tx, rollup};
use siaga_core::{
    city::City,
    report::{self, BrokenIdentity, Counted, ReportPeriod},
    view::report::Report,
};
use span::Span;
use std::collections::BTreeMap;

const OFFERED: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2";
const ANSWERED: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered'";
const ABANDONED: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'abandoned'";
const DEFERRED: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'deferred'";
const FAILED: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'failed'";
const BY_CLASS: &str = "SELECT class, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' GROUP BY class";
const BY_TYPE: &str = "SELECT incident_type, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' AND class = 'emergency' \
    GROUP BY incident_type";
const BY_AGENCY: &str = "SELECT agency, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' AND class = 'emergency' \
    GROUP BY agency";
const BY_VILLAGE: &str = "SELECT village_code, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' AND class = 'emergency' \
    GROUP BY village_code";
const BY_MONTH: &str = "SELECT local_day / 100, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY local_day / 100";

/// With what a period is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Compare {
    #[default]
    Nothing,
    /// The same calendar days one year before.
    PreviousYear,
}

/// Why there is no report.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Our own error: no figures are given.
    #[error(transparent)]
    Broken(#[from] BrokenIdentity),
}

/// A count as it is read; a negative one is an error of ours and breaks an identity as 0.
fn count(calls: i64) -> u64 {
    u64::try_from(calls).unwrap_or(0)
}

async fn one(tx: &mut Tx, sql: &'static str, span: &Span) -> Result<u64, StoreError> {
    Ok(span.rows::<(i64,)>(tx, sql).await?.into_iter().map(|(calls,)| count(calls)).sum())
}

async fn by_word(tx: &mut Tx, sql: &'static str, span: &Span) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut sums = BTreeMap::new();
    for (key, calls) in span.rows::<(String, i64)>(tx, sql).await? {
        *sums.entry(key).or_default() += count(calls);
    }
    Ok(sums)
}

async fn counted(tx: &mut Tx, period: &ReportPeriod, city: &City) -> Result<Counted, StoreError> {
    // Right after an update the newer tables are still being filled: then only the oldest one is read.
    let current = rollup::are_current(tx).await?;
    let span = if current { Span::of(period) } else { Span::days(period) };
    let mut by_month = BTreeMap::new();
    for (month, calls) in span.rows::<(i64, i64)>(tx, BY_MONTH).await? {
        *by_month.entry(i32::try_from(month).unwrap_or(0)).or_default() += count(calls);
    }
    Ok(Counted {
        offered: one(tx, OFFERED, &span).await?,
        answered: one(tx, ANSWERED, &span).await?,
        abandoned: one(tx, ABANDONED, &span).await?,
        deferred: one(tx, DEFERRED, &span).await?,
        failed: one(tx, FAILED, &span).await?,
        answered_by_class: by_word(tx, BY_CLASS, &span).await?,
        by_type: by_word(tx, BY_TYPE, &span).await?,
        by_agency: by_word(tx, BY_AGENCY, &span).await?,
        by_village: by_word(tx, BY_VILLAGE, &span).await?,
        by_month,
        detail: if current { Some(detail::counted(tx, period, &span, city).await?) } else { None },
    })
}

impl Store {
    /// The report of a period, in one snapshot.
    ///
    /// # Errors
    /// [`ReportError::Broken`] when an identity fails: no figures then.
    pub async fn report(&self, period: &ReportPeriod, with: Compare, city: &City) -> Result<Report, ReportError> {
        report_in(&mut self.read().await?, period, with, city).await
    }
}

/// The same in a snapshot that is read for more.
pub(crate) async fn report_in(
    tx: &mut Tx,
    period: &ReportPeriod,
    with: Compare,
    city: &City,
) -> Result<Report, ReportError> {
    let counts = counted(tx, period, city).await?;
    let now = report::figures(period, &counts, city)?;
    let before = match with {
        Compare::Nothing => None,
        Compare::PreviousYear => {
            let before = period.year_before();
            Some(report::figures(&before, &counted(tx, &before, city).await?, city)?)
        }
    };
    let proceedings = proceedings::proceedings(tx, period, (&counts, &now), city).await?;
    Ok(Report { proceedings: Some(proceedings), ..report::compare(now, before) })
}

#[cfg(test)]
mod tests;
