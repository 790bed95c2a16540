//! The tables counted again from the calls: month by month, so that ten million calls need no memory.

use super::{Details, Sign, Table, Taker, Tallies, Tally};
use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_one, row},
    words::Word,
};
use siaga_core::{
    class::Class,
    ids::UserId,
    time::{LocalDay, Timestamp},
    view::{call::CallOutcome, desk::Lane},
};
use uuid::Uuid;

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
    pub day: i64,
    /// The words of the cell in the order of the table's key.
    pub cell: Vec<String>,
    /// What the table says: calls and milliseconds of talk.
    pub written: (i64, i64),
    /// What counting the calls gives.
    pub counted: (i64, i64),
}

impl Store {
    /// Recounts the calls of some days and names every cell that differs. One snapshot.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn rollup_check(&self, from: LocalDay, to: LocalDay) -> Result<Vec<RollupDifference>, StoreError> {
        let mut tx = self.read().await?;
        let mut found = Vec::new();
        for days in months(&mut tx, from, to).await? {
            let written = Tallies::written(&mut tx, days).await?;
            let counted = self.recount(&mut tx, days).await?;
            found.extend(differences(&written, &counted));
        }
        Ok(found)
    }

    /// The figures of some days as their calls make them.
    pub(super) async fn recount(&self, tx: &mut Tx, (from, to): (i64, i64)) -> Result<Tallies, StoreError> {
        let lines = fetch_all!(
            *tx,
            CallLine,
            "SELECT local_day, offered_at, answered_at, ended_at, lane, outcome, class, sub, incident_type, agency,
                    village_code, call_taker, import_id, call_taker_name
             FROM call
             WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome IS NOT NULL",
            from,
            to
        )?;
        let mut tallies = Tallies::default();
        for line in &lines {
            tallies.count(self.zone(), &line.tally()?, Sign::In);
        }
        Ok(tallies)
    }
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

/// First and last day of each month that has calls or figures.
pub(super) async fn months(tx: &mut Tx, from: LocalDay, to: LocalDay) -> Result<Vec<(i64, i64)>, StoreError> {
    const CALLS: &str = "SELECT MIN(local_day), MAX(local_day) FROM call";
    const FIGURES: &str = "SELECT MIN(local_day), MAX(local_day) FROM call_day";
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
        months.push(((month * 100).max(first), (month * 100 + 99).min(last)));
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
