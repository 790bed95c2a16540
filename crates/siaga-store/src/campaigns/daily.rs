//! What each day had, from the figures per day; no call is scanned. The statements stand in `docs/definitions.md`.

use crate::{StoreError, Tx, tx::fetch_all, words::Word};
use siaga_core::{
    campaign::{Days, Span},
    class::Class,
    time::LocalDay,
    view::call::CallOutcome,
};

pub(super) const DAILY: &str = "SELECT local_day, outcome, class, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY local_day, outcome, class";
pub(super) const LEDGER: &str = "SELECT local_day, CAST(SUM(calls) AS BIGINT) FROM taker_day \
    WHERE local_day >= $1 AND local_day <= $2 AND source = 'ledger' GROUP BY local_day";
/// A day on which somebody sat at a seat and nobody called is a day of no calls, not one without a record.
pub(super) const OPEN: &str = "SELECT local_day FROM day_sum \
    WHERE local_day >= $1 AND local_day <= $2 AND staffed_ms > 0";

/// The days with a call or a staffed seat.
pub(super) async fn days(tx: &mut Tx, span: Span) -> Result<Days, StoreError> {
    let edge = |date| i64::from(LocalDay::from_date(date).0);
    let (from, to) = (edge(span.first), edge(span.last));
    let day = |day: i64| i32::try_from(day).map(LocalDay).map_err(|_| StoreError::row("call_day", "local_day"));
    let mut days = Days::new();
    for (local_day, outcome, class, calls) in fetch_all!(*tx, (i64, String, String, i64), DAILY, from, to)? {
        let calls = u64::try_from(calls).unwrap_or(0);
        // What was counted and taken out again leaves a row of 0.
        if calls == 0 {
            continue;
        }
        let count = days.entry(day(local_day)?).or_default();
        count.offered += calls;
        if outcome != CallOutcome::Answered.word() {
            continue;
        }
        match Class::from_key(&class) {
            Some(Class::Prank) => count.prank += calls,
            Some(Class::Ghost) => count.ghost += calls,
            Some(Class::Emergency) => count.real += calls,
            _ => {}
        }
    }
    for (local_day,) in fetch_all!(*tx, (i64,), OPEN, from, to)? {
        days.entry(day(local_day)?).or_default();
    }
    for (local_day, calls) in fetch_all!(*tx, (i64, i64), LEDGER, from, to)? {
        if let Some(count) = days.get_mut(&day(local_day)?) {
            count.ledger = u64::try_from(calls).unwrap_or(0);
        }
    }
    Ok(days)
}
