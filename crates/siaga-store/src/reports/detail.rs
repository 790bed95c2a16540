//! The counts behind a report's sums: one statement per list, each in `docs/definitions.md`.

use super::{count, span::Span};
use crate::{StoreError, Tx, rollup, tx::fetch_all};
use siaga_core::{
    city::City,
    report::{CountedDetail, HourCell, ReportPeriod, TakerCell, WaitCell},
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) const FROM_LEDGER: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM taker_day \
    WHERE local_day >= $1 AND local_day <= $2 AND source = 'ledger'";
pub(super) const MONTHS: &str = "SELECT local_day / 100, outcome, class, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY local_day / 100, outcome, class";
pub(super) const HOURS: &str = "SELECT weekday, hour, outcome, class, CAST(SUM(calls) AS BIGINT), \
    CAST(SUM(talk_ms) AS BIGINT) FROM call_hour WHERE local_day >= $1 AND local_day <= $2 \
    GROUP BY weekday, hour, outcome, class";
pub(super) const WAITS: &str = "SELECT lane, outcome, class, bin, CAST(SUM(calls) AS BIGINT) FROM call_wait \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY lane, outcome, class, bin";
pub(super) const TAKERS: &str = "SELECT source, taker, class, CAST(SUM(calls) AS BIGINT) FROM taker_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' GROUP BY source, taker, class";

/// Everything behind the sums of a period.
pub(super) async fn counted(
    tx: &mut Tx,
    period: &ReportPeriod,
    span: &Span,
    city: &City,
) -> Result<CountedDetail, StoreError> {
    let sums = rollup::sums(tx, period, city.time_zone()).await?;
    let small = |number: i64| u8::try_from(number).unwrap_or(0);
    let ledger = super::one(tx, FROM_LEDGER, span).await?;
    let months = span.rows::<(i64, String, String, i64)>(tx, MONTHS).await?;
    let hours = span.rows::<(i64, i64, String, String, i64, i64)>(tx, HOURS).await?;
    let waits = span.rows::<(String, String, String, i64, i64)>(tx, WAITS).await?;
    let takers = span.rows::<(String, String, String, i64)>(tx, TAKERS).await?;
    let names: BTreeMap<String, String> = fetch_all!(*tx, (Uuid, String), "SELECT user_id, display_name FROM account")?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    Ok(CountedDetail {
        days_with_calls: sums.days_with_calls,
        from_ledger: ledger,
        staffed_ms: sums.waits.staffed_ms,
        by_month: months
            .into_iter()
            .map(|(month, outcome, class, calls)| (i32::try_from(month).unwrap_or(0), outcome, class, count(calls)))
            .collect(),
        by_hour: hours
            .into_iter()
            .map(|(weekday, hour, outcome, class, calls, talk_ms)| HourCell {
                weekday: small(weekday),
                hour: small(hour),
                outcome,
                class,
                calls: count(calls),
                talk_ms: count(talk_ms),
            })
            .collect(),
        busy: sums.hours,
        by_wait: waits
            .into_iter()
            .map(|(lane, outcome, class, bin, calls)| WaitCell { lane, outcome, class, bin, calls: count(calls) })
            .collect(),
        by_taker: takers
            .into_iter()
            .map(|(source, taker, class, calls)| {
                let label = names.get(&taker).cloned();
                TakerCell { source, taker, label, class, calls: count(calls) }
            })
            .collect(),
        real_waited: sums.waits.real_waited,
        waited_ms: sums.waits.waited_ms,
    })
}
