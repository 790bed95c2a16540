//! What happened in a period beside its sums: read row by row, because there are few.

use super::count;
use crate::{
    StoreError, Tx, rollup,
    tx::{fetch_all, fetch_one, row},
};
use siaga_core::{
    city::City,
    report::{self, Counted, CountedDetail, HANDLED_MAX, HandledRow, HourLoad, Redials, ReportPeriod},
    sanction::Sanction,
    time::Timestamp,
    view::report::{
        Figures,
        proceedings::{Proceedings, Published},
        staffing::Staffing,
    },
};
use std::collections::BTreeMap;

/// The outcome of calls that count for the load of a seat.
const ANSWERED: &str = "answered";

pub(super) const HANDLED: &str = "SELECT c.offered_at, c.incident_type, c.village_code, c.agency, i.year, i.number, \
    i.closed_at, i.outcome FROM call c LEFT JOIN incident i ON i.incident_id = c.incident_id \
    WHERE c.class = 'emergency' AND c.outcome = 'answered' AND c.direction = 'incoming' \
    AND c.offered_at >= $1 AND c.offered_at < $2 ORDER BY c.offered_at, c.call_id LIMIT $3";
pub(super) const SANCTIONS: &str =
    "SELECT body FROM sanction WHERE proposed_at >= $1 AND proposed_at < $2 ORDER BY proposed_at, sanction_id";
/// CROSS JOIN: SQLite reads the corrections first, which are few, and not the calls of the period.
pub(super) const CORRECTIONS: &str = "SELECT e.at, e.body FROM event e CROSS JOIN call c \
    WHERE c.call_id = e.call_id AND e.kind = 'CallReclassed' AND e.at >= $3 AND c.local_day >= $1 AND c.local_day <= $2 \
    AND c.direction = 'incoming' ORDER BY e.at, e.seq";
pub(super) const PUBLISHED: &str = "SELECT from_day, to_day, measure, value, approximate, source FROM published_figure \
    WHERE (from_day <= $2 AND to_day >= $1) OR (from_day <= $4 AND to_day >= $3) \
    ORDER BY from_day, to_day, measure, source";
pub(super) const REDIALS: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM call o \
    WHERE o.number = c.number AND o.direction = 'incoming' AND o.offered_at > c.offered_at \
    AND o.offered_at <= c.offered_at + 600000000) THEN 1 ELSE 0 END), 0) AS BIGINT) \
    FROM (SELECT number, offered_at FROM call WHERE class = 'abandoned' AND outcome = 'abandoned' \
    AND direction = 'incoming' AND number IS NOT NULL AND offered_at >= $1 AND offered_at < $2 \
    ORDER BY offered_at DESC LIMIT 2000) AS c";

row! {
    struct ListRow {
        offered_at: i64,
        incident_type: Option<String>,
        village_code: Option<String>,
        agency: Option<String>,
        year: Option<i64>,
        number: Option<i64>,
        closed_at: Option<i64>,
        outcome: Option<String>,
    }
}

pub(super) async fn proceedings(
    tx: &mut Tx,
    period: &ReportPeriod,
    (counted, figures): (&Counted, &Figures),
    city: &City,
) -> Result<Proceedings, StoreError> {
    let edges = period.edges(city.time_zone());
    let agencies = rollup::agency_sums(tx, period, city.time_zone()).await?;
    let handled = handled(tx, edges).await?;
    let (sanctions, appeals) = report::sanctions(&sanctioned(tx, edges).await?);
    let changed = corrected(tx, period, edges.1).await?;
    Ok(Proceedings {
        agency_times: agencies.times(),
        handled: report::handled(handled, city),
        sanctions,
        appeals,
        corrections: report::corrections(&changed, city.time_zone()),
        published: published(tx, period, figures).await?,
        staffing: staffing(tx, period, counted.detail.as_ref(), city).await?,
    })
}

type Edges = (Timestamp, Timestamp);

pub(super) async fn handled(tx: &mut Tx, (first, last): Edges) -> Result<Vec<HandledRow>, StoreError> {
    let rows = fetch_all!(*tx, ListRow, HANDLED, first.0, last.0, i64::from(HANDLED_MAX))?;
    let line = |row: ListRow| HandledRow {
        at: Timestamp(row.offered_at),
        incident_type: row.incident_type,
        village_code: row.village_code,
        agency: row.agency,
        incident: row.year.zip(row.number),
        closed_at: row.closed_at.map(Timestamp),
        outcome: row.outcome,
    };
    Ok(rows.into_iter().map(line).collect())
}

pub(super) async fn sanctioned(tx: &mut Tx, (first, last): Edges) -> Result<Vec<Sanction>, StoreError> {
    let bodies = fetch_all!(*tx, (String,), SANCTIONS, first.0, last.0)?;
    bodies
        .into_iter()
        .map(|(body,)| serde_json::from_str(&body).map_err(|_| StoreError::row("sanction", "body")))
        .collect()
}

pub(super) async fn corrected(
    tx: &mut Tx,
    period: &ReportPeriod,
    end: Timestamp,
) -> Result<Vec<(Timestamp, Option<String>)>, StoreError> {
    let (from, to) = period.local_days();
    let rows = fetch_all!(*tx, (i64, Option<String>), CORRECTIONS, i64::from(from.0), i64::from(to.0), end.0)?;
    Ok(rows.into_iter().map(|(at, body)| (Timestamp(at), body)).collect())
}

/// Of those who left last: how many there are, and how many of them rang again.
pub(super) async fn redials(tx: &mut Tx, (first, last): Edges) -> Result<(i64, i64), StoreError> {
    fetch_one!(*tx, (i64, i64), REDIALS, first.0, last.0)
}

async fn published(tx: &mut Tx, period: &ReportPeriod, figures: &Figures) -> Result<Vec<Published>, StoreError> {
    let before = period.year_before();
    let rows = fetch_all!(
        *tx,
        (String, String, String, i64, bool, String),
        PUBLISHED,
        period.from().to_string(),
        period.to().to_string(),
        before.from().to_string(),
        before.to().to_string()
    )?;
    let rows = rows
        .into_iter()
        .map(|(from, to, measure, value, approximate, source)| Published {
            from,
            to,
            measure,
            value: count(value),
            approximate,
            source,
            ours: None,
            change_pct: None,
        })
        .collect();
    Ok(report::beside_published(rows, period, figures))
}

async fn staffing(
    tx: &mut Tx,
    period: &ReportPeriod,
    counted: Option<&CountedDetail>,
    city: &City,
) -> Result<Option<Staffing>, StoreError> {
    let Some(counted) = counted else { return Ok(None) };
    let mut hours: BTreeMap<u8, HourLoad> = BTreeMap::new();
    for cell in &counted.by_hour {
        let load = hours.entry(cell.hour).or_default();
        load.calls += cell.calls;
        if cell.outcome == ANSWERED {
            load.answered += cell.calls;
            load.talk_ms += cell.talk_ms;
        }
    }
    for (hour, days) in &counted.busy {
        hours.entry(*hour).or_default().days.clone_from(days);
    }
    let (left, again) = redials(tx, period.edges(city.time_zone())).await?;
    let redials = Redials { left: count(left), again: count(again) };
    let mut waits: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for cell in &counted.by_wait {
        let (answered, left) = waits.entry(cell.bin).or_default();
        *(if cell.outcome == ANSWERED { answered } else { left }) += cell.calls;
    }
    let waits: Vec<_> = waits.into_iter().map(|(bin, (answered, left))| (bin, answered, left)).collect();
    Ok(report::advise(&hours, counted.days_with_calls, &waits, redials))
}
