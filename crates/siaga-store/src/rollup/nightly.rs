//! What the nightly check found, kept: days counted again by chance. Nothing is repaired by itself; a person must know.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_one, fetch_optional},
};
use serde_json::json;
use siaga_core::{
    time::{LocalDay, Timestamp},
    view::figures::{DayCheck, FigureDifference, FiguresState, RebuildState},
};
use uuid::Uuid;

/// Differences of a day that are told one by one; the rest are counted.
const TOLD_MAX: usize = 10;
/// Days of checks that are shown.
const SHOWN_MAX: i64 = 60;

/// A day that was counted again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayChecked {
    pub day: LocalDay,
    pub calls: i64,
    pub differences: Vec<FigureDifference>,
}

impl Store {
    /// Counts one day again and compares every figure of it.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn day_check(&self, day: LocalDay) -> Result<DayChecked, StoreError> {
        let found = self.rollup_check(day, day).await?;
        let sql = "SELECT COUNT(*) FROM call WHERE local_day = $1 AND direction = 'incoming' AND outcome IS NOT NULL";
        let (calls,) = fetch_one!(self.read().await?, (i64,), sql, i64::from(day.0))?;
        let differences = found.into_iter().map(|one| FigureDifference {
            table: one.table.name().to_owned(),
            cell: one.cell_without_names(),
            day: one.day,
            // A cell of talk alone differs in its milliseconds.
            written: if one.written.0 == one.counted.0 { one.written.1 } else { one.written.0 },
            counted: if one.written.0 == one.counted.0 { one.counted.1 } else { one.counted.0 },
        });
        Ok(DayChecked { day, calls, differences: differences.collect() })
    }

    /// When days were checked last, by the night.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn last_night_checked(&self) -> Result<Option<LocalDay>, StoreError> {
        let mut tx = self.read().await?;
        Ok(last_night(&mut tx).await?.and_then(|night| i32::try_from(night).ok()).map(LocalDay))
    }

    /// Keeps what a night's check found, with an event. Another node may have been first: then nothing is written.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn night_keep(&self, night: LocalDay, days: &[DayChecked], at: Timestamp) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "SELECT local_day FROM figure_check WHERE night = $1 LIMIT 1";
        if fetch_optional!(tx, (i64,), sql, i64::from(night.0))?.is_some() {
            return Ok(false);
        }
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        for one in days {
            let told: Vec<&FigureDifference> = one.differences.iter().take(TOLD_MAX).collect();
            let told = serde_json::to_string(&told).map_err(|error| StoreError::Refused(error.to_string()))?;
            execute!(
                tx,
                "INSERT INTO figure_check (night, local_day, at, calls, differences, told)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (night, local_day) DO NOTHING",
                i64::from(night.0),
                i64::from(one.day.0),
                at.0,
                one.calls,
                count(one.differences.len()),
                told
            )?;
        }
        let differences: usize = days.iter().map(|one| one.differences.len()).sum();
        let days: Vec<i32> = days.iter().map(|one| one.day.0).collect();
        let body = json!({ "night": night, "days": days, "differences": differences });
        events::append(&mut tx, NewEvent { body, ..NewEvent::new(Uuid::now_v7(), at, "FiguresChecked") }).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// How far the figures are made anew, and what the last check found.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn figures_state(&self) -> Result<FiguresState, StoreError> {
        let mut tx = self.read().await?;
        let rebuild = super::progress(&mut tx).await?;
        let is_current = super::are_current(&mut tx).await?;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let rebuild =
            rebuild.map(|state| RebuildState { done: number(state.done), months: number(state.all), is_current });
        let night = last_night(&mut tx).await?.unwrap_or(0);
        let rows = fetch_all!(
            tx,
            (i64, i64, i64, i64, String),
            "SELECT local_day, at, calls, differences, told FROM figure_check WHERE night = $1 ORDER BY local_day LIMIT $2",
            night,
            SHOWN_MAX
        )?;
        let checked_at = rows.first().map(|(_, at, ..)| Timestamp(*at));
        let days = rows.into_iter().map(|(day, _, calls, differences, told)| {
            let told = serde_json::from_str(&told).map_err(|_| StoreError::row("figure_check", "told"))?;
            Ok(DayCheck { day, calls, differences, told })
        });
        Ok(FiguresState { rebuild, checked_at, days: days.collect::<Result<_, StoreError>>()? })
    }
}

async fn last_night(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    fetch_one!(*tx, (Option<i64>,), "SELECT MAX(night) FROM figure_check").map(|(night,)| night)
}
