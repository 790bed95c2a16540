//! The figures per day and cell, moved in the transaction that changes a call, and the check that recounts them.
//!
//! Reports read only `call_day`; they never scan calls. A call counts from the moment it has an outcome; calls that
//! we make ourselves (call-backs) are no calls to 112 and never count.

use crate::{
    Store, StoreError, Tx,
    tx::{execute, fetch_all, row},
    words::Word,
};
use siaga_core::{class::Class, time::LocalDay, view::call::CallOutcome};
use std::collections::BTreeMap;

/// What calls of one day are counted together by. `""` stands for "not given".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    outcome: CallOutcome,
    class: Option<Class>,
    sub: String,
    incident_type: String,
    agency: String,
    village_code: String,
}

/// What an emergency was and where: counted for emergencies only.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Details<'a> {
    pub incident_type: Option<&'a str>,
    pub agency: Option<&'a str>,
    pub village_code: Option<&'a str>,
}

impl Cell {
    /// The cell of a call.
    #[must_use]
    pub fn new(outcome: CallOutcome, class: Option<Class>, sub: Option<&str>, details: Details<'_>) -> Self {
        let counted = if class == Some(Class::Emergency) { details } else { Details::default() };
        let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
        Self {
            outcome,
            class,
            sub: text(sub),
            incident_type: text(counted.incident_type),
            agency: text(counted.agency),
            village_code: text(counted.village_code),
        }
    }
}

row! {
    /// A row of `call_day`.
    struct DayRow {
        local_day: i64,
        outcome: String,
        class: String,
        sub: String,
        incident_type: String,
        agency: String,
        village_code: String,
        calls: i64,
    }
}

/// A cell where the figures and the calls do not agree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RollupDifference {
    pub day: i64,
    /// Outcome, class, sub-reason, type, agency, village.
    pub cell: [String; 6],
    /// What `call_day` says.
    pub written: i64,
    /// What counting the calls gives.
    pub counted: i64,
}

/// Moves a call from the cell it was counted in to the one it belongs to now.
///
/// # Errors
/// [`StoreError::Gone`].
pub async fn move_cell(tx: &mut Tx, day: LocalDay, old: Option<Cell>, new: Option<Cell>) -> Result<(), StoreError> {
    if old == new {
        return Ok(());
    }
    if let Some(old) = old {
        add_to_cell(tx, day, &old, -1).await?;
    }
    if let Some(new) = new {
        add_to_cell(tx, day, &new, 1).await?;
    }
    Ok(())
}

/// Adds calls to a cell (many at once for an import).
///
/// # Errors
/// [`StoreError::Gone`].
pub async fn add_to_cell(tx: &mut Tx, day: LocalDay, cell: &Cell, calls: i64) -> Result<(), StoreError> {
    execute!(
        *tx,
        "INSERT INTO call_day (local_day, outcome, class, sub, incident_type, agency, village_code, calls)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (local_day, outcome, class, sub, incident_type, agency, village_code)
         DO UPDATE SET calls = call_day.calls + excluded.calls",
        i64::from(day.0),
        cell.outcome.word(),
        cell.class.map(Word::word).unwrap_or_default(),
        &cell.sub,
        &cell.incident_type,
        &cell.agency,
        &cell.village_code,
        calls,
    )?;
    Ok(())
}

impl Store {
    /// Recounts the calls of some days and names every cell that differs. One snapshot.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn rollup_check(&self, from: LocalDay, to: LocalDay) -> Result<Vec<RollupDifference>, StoreError> {
        let (from, to) = (i64::from(from.0), i64::from(to.0));
        let mut tx = self.read().await?;
        let written = fetch_all!(
            tx,
            DayRow,
            "SELECT local_day, outcome, class, sub, incident_type, agency, village_code, calls
             FROM call_day WHERE local_day >= $1 AND local_day <= $2",
            from,
            to
        )?;
        let counted = fetch_all!(
            tx,
            DayRow,
            "SELECT local_day, outcome, COALESCE(class, '') AS class, COALESCE(sub, '') AS sub,
                    CASE WHEN class = 'emergency' THEN COALESCE(incident_type, '') ELSE '' END AS incident_type,
                    CASE WHEN class = 'emergency' THEN COALESCE(agency, '') ELSE '' END AS agency,
                    CASE WHEN class = 'emergency' THEN COALESCE(village_code, '') ELSE '' END AS village_code,
                    COUNT(*) AS calls
             FROM call
             WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome IS NOT NULL
             GROUP BY 1, 2, 3, 4, 5, 6, 7",
            from,
            to
        )?;
        let mut cells: BTreeMap<(i64, [String; 6]), (i64, i64)> = BTreeMap::new();
        for row in written {
            let calls = row.calls;
            cells.entry(row.key()).or_default().0 += calls;
        }
        for row in counted {
            let calls = row.calls;
            cells.entry(row.key()).or_default().1 += calls;
        }
        let differs = cells.into_iter().filter(|(_, (written, counted))| written != counted);
        Ok(differs.map(|((day, cell), (written, counted))| RollupDifference { day, cell, written, counted }).collect())
    }
}

impl DayRow {
    fn key(self) -> (i64, [String; 6]) {
        let cell = [self.outcome, self.class, self.sub, self.incident_type, self.agency, self.village_code];
        (self.local_day, cell)
    }
}
