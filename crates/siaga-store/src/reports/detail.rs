//! The counts behind a report's sums: one statement per list, each in `docs/definitions.md`.

use super::count;
use crate::{
    StoreError, Tx,
    tx::{fetch_all, fetch_one},
};
use siaga_core::{
    city::City,
    report::{CountedDetail, HourCell, ReportPeriod, STAY_H_MAX, SeatChange, TakerCell, WaitCell, Waited, staffed_ms},
    time::Timestamp,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub(super) const DAYS_WITH_CALLS: &str = "SELECT COUNT(DISTINCT local_day) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 AND calls > 0";
pub(super) const FROM_LEDGER: &str = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM taker_day \
    WHERE local_day >= $1 AND local_day <= $2 AND source = 'ledger'";
pub(super) const STAFFED: &str =
    "SELECT seat, at, change FROM seat_change WHERE at >= $1 AND at < $2 ORDER BY at, seat";
pub(super) const MONTHS: &str = "SELECT local_day / 100, outcome, class, CAST(SUM(calls) AS BIGINT) FROM call_day \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY local_day / 100, outcome, class";
pub(super) const HOURS: &str = "SELECT weekday, hour, outcome, class, CAST(SUM(calls) AS BIGINT), \
    CAST(SUM(talk_ms) AS BIGINT) FROM call_hour WHERE local_day >= $1 AND local_day <= $2 \
    GROUP BY weekday, hour, outcome, class";
pub(super) const WAITS: &str = "SELECT lane, outcome, class, bin, CAST(SUM(calls) AS BIGINT) FROM call_wait \
    WHERE local_day >= $1 AND local_day <= $2 GROUP BY lane, outcome, class, bin";
pub(super) const TAKERS: &str = "SELECT source, taker, class, CAST(SUM(calls) AS BIGINT) FROM taker_day \
    WHERE local_day >= $1 AND local_day <= $2 AND outcome = 'answered' GROUP BY source, taker, class";
/// $1 and $2: the period's edges in microseconds. Beyond 3 s because an offer to a free seat may ring that long; a
/// nuisance call of more than two hours is not looked for.
pub(super) const HELD: &str = "SELECT r.offered_at, COALESCE(r.answered_at, r.ended_at), n.answered_at, n.ended_at \
    FROM call r JOIN call n ON n.offered_at >= r.offered_at - 7200000000 \
    AND n.offered_at < COALESCE(r.answered_at, r.ended_at) \
    WHERE r.class = 'emergency' AND r.offered_at >= $1 AND r.offered_at < $2 AND r.direction = 'incoming' \
    AND COALESCE(r.answered_at, r.ended_at) - r.offered_at > 3000000 \
    AND n.class IN ('prank', 'ghost') AND n.outcome = 'answered' AND n.direction = 'incoming' \
    AND n.answered_at < COALESCE(r.answered_at, r.ended_at) AND n.ended_at > r.offered_at";

/// Everything behind the sums of a period.
pub(super) async fn counted(tx: &mut Tx, period: &ReportPeriod, city: &City) -> Result<CountedDetail, StoreError> {
    let (from, to) = period.local_days();
    let (from, to) = (i64::from(from.0), i64::from(to.0));
    let (first, last) = period.edges(city.time_zone());
    let small = |number: i64| u8::try_from(number).unwrap_or(0);
    let (days,) = fetch_one!(*tx, (i64,), DAYS_WITH_CALLS, from, to)?;
    let (ledger,) = fetch_one!(*tx, (i64,), FROM_LEDGER, from, to)?;
    let months = fetch_all!(*tx, (i64, String, String, i64), MONTHS, from, to)?;
    let hours = fetch_all!(*tx, (i64, i64, String, String, i64, i64), HOURS, from, to)?;
    let waits = fetch_all!(*tx, (String, String, String, i64, i64), WAITS, from, to)?;
    let takers = fetch_all!(*tx, (String, String, String, i64), TAKERS, from, to)?;
    let names: BTreeMap<String, String> = fetch_all!(*tx, (Uuid, String), "SELECT user_id, display_name FROM account")?
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let held = fetch_all!(*tx, (i64, i64, i64, i64), HELD, first.0, last.0)?;
    Ok(CountedDetail {
        days_with_calls: count(days),
        from_ledger: count(ledger),
        staffed_ms: staffed(tx, (first, last)).await?,
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
        waited: held
            .into_iter()
            .map(|(from, to, held_from, held_to)| Waited {
                from: Timestamp(from),
                to: Timestamp(to),
                held_from: Timestamp(held_from),
                held_to: Timestamp(held_to),
            })
            .collect(),
    })
}

/// Up to the last thing that happened: what is still to come is not staffed yet.
async fn staffed(tx: &mut Tx, (first, last): (Timestamp, Timestamp)) -> Result<Option<u64>, StoreError> {
    let newest = fetch_all!(*tx, (i64,), "SELECT at FROM event ORDER BY seq DESC LIMIT 1")?;
    let until = newest.first().map_or(last, |(at,)| last.min(Timestamp(*at)));
    let from = first.plus_ms(-STAY_H_MAX * 3_600_000);
    let rows = fetch_all!(*tx, (i64, i64, String), STAFFED, from.0, last.0)?;
    let changes: Vec<_> = rows
        .into_iter()
        .filter_map(|(seat, at, change)| Some((seat, Timestamp(at), SeatChange::from_key(&change)?)))
        .collect();
    Ok(staffed_ms(&changes, first, until.max(first)))
}
