//! How long agencies took, added up per day in `day_sum` and per month in `month_sum`: read from three tables, it would be most of a report of years.
//! An incident belongs to the day on which it was opened; whatever changes it later takes that day's row away.

use super::{
    day_sum::{let_go, missing},
    month_sum::{rest, whole_months},
};
use crate::{
    StoreError, Tx,
    tx::{fetch_all, row},
};
use jiff::tz::TimeZone;
use siaga_core::{
    ids::IncidentId,
    report::{AgencySums, AssignmentTimes, ReportPeriod},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// $1 and $2: edges in microseconds.
pub(crate) const AGENCIES: &str = "SELECT a.agency, a.agency_label, c.offered_at, c.answered_at, i.opened_at, a.sent_at, \
    a.acknowledged_at, a.on_scene_at, r.closed_at FROM incident i \
    JOIN incident r ON r.incident_id = COALESCE(i.root, i.incident_id) \
    JOIN assignment a ON a.incident_id = i.incident_id LEFT JOIN call c ON c.call_id = i.opened_call \
    WHERE i.opened_at >= $1 AND i.opened_at < $2 AND a.state <> 'cancelled' AND NOT i.drill";
pub(crate) const AGENCY_DAYS: &str = "SELECT agencies FROM day_sum WHERE local_day >= $1 AND local_day <= $2";
pub(crate) const AGENCY_MONTHS: &str = "SELECT month, agencies FROM month_sum WHERE month >= $1 AND month <= $2";

row! {
    struct AgencyRow {
        agency: String,
        agency_label: String,
        offered_at: Option<i64>,
        answered_at: Option<i64>,
        opened_at: i64,
        sent_at: i64,
        acknowledged_at: Option<i64>,
        on_scene_at: Option<i64>,
        closed_at: Option<i64>,
    }
}

/// A period's: whole months from their rows, everything else from its days.
pub(crate) async fn agency_sums(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<AgencySums, StoreError> {
    let mut sums = AgencySums::default();
    let mut there = BTreeSet::new();
    if let Some((first, last)) = whole_months(period) {
        for (month, agencies) in fetch_all!(*tx, (i64, String), AGENCY_MONTHS, first, last)? {
            sums.add(serde_json::from_str(&agencies).map_err(|_| StoreError::row("month_sum", "agencies"))?);
            there.insert(month);
        }
    }
    for run in rest(period, &there) {
        sums.add(of_days(tx, &run, zone).await?);
    }
    Ok(sums)
}

/// Of the days that have a row from these, of the others from the assignments.
pub(super) async fn of_days(tx: &mut Tx, period: &ReportPeriod, zone: &TimeZone) -> Result<AgencySums, StoreError> {
    let (from, to) = period.local_days();
    let mut sums = AgencySums::default();
    let days = fetch_all!(*tx, (String,), AGENCY_DAYS, i64::from(from.0), i64::from(to.0))?;
    for (day,) in &days {
        sums.add(read(day)?);
    }
    if days.len() < usize::try_from(period.days()).unwrap_or(usize::MAX) {
        for run in missing(tx, period).await? {
            sums.add(agencies_counted(tx, run.edges(zone)).await?);
        }
    }
    Ok(sums)
}

/// The same counted from the assignments alone.
pub(crate) async fn agencies_counted(
    tx: &mut Tx,
    (first, last): (Timestamp, Timestamp),
) -> Result<AgencySums, StoreError> {
    let at = |value: Option<i64>| value.map(Timestamp);
    let rows = fetch_all!(*tx, AgencyRow, AGENCIES, first.0, last.0)?;
    let times = |row: AgencyRow| AssignmentTimes {
        agency: row.agency,
        agency_label: row.agency_label,
        offered_at: at(row.offered_at),
        answered_at: at(row.answered_at),
        opened_at: Timestamp(row.opened_at),
        sent_at: Timestamp(row.sent_at),
        acknowledged_at: at(row.acknowledged_at),
        on_scene_at: at(row.on_scene_at),
        closed_at: at(row.closed_at),
    };
    let rows: Vec<_> = rows.into_iter().map(times).collect();
    Ok(AgencySums::of(&rows))
}

/// A day as it is kept.
pub(super) fn read(day: &str) -> Result<AgencySums, StoreError> {
    serde_json::from_str(day).map_err(|_| StoreError::row("day_sum", "agencies"))
}

/// Takes the days away on which an incident, and what gave way to it, were opened: one of its times changed.
pub(crate) async fn let_go_incident(tx: &mut Tx, incident: IncidentId, zone: &TimeZone) -> Result<(), StoreError> {
    let sql = "SELECT opened_at FROM incident WHERE incident_id = $1 OR root = $1";
    let opened = fetch_all!(*tx, (i64,), sql, incident.0)?;
    let days: BTreeSet<_> = opened.into_iter().map(|(at,)| Timestamp(at).local_day(zone)).collect();
    for day in days {
        let_go(tx, day).await?;
    }
    Ok(())
}
