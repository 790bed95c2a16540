//! Draws the week's nuisance calls. Looks at the world and adds what is missing; looking twice changes nothing.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, CodingId},
    review::{
        CODINGS_OF_WEEK, Draw, SETTLED_MS, Seed, Week,
        draw::{drawn, rank},
    },
    time::Timestamp,
};
use std::collections::BTreeMap;
use uuid::Uuid;

const SECRET_NAME: &str = "review_seed";
/// Weeks back that a look still draws: a server that stood still over the holidays.
const WEEKS_BACK: u8 = 2;
const DAY_MS: i64 = 86_400_000;

row! {
    struct NuisanceRow {
        call_id: Uuid,
        class: String,
        class_by: Option<Uuid>,
        call_taker: Option<Uuid>,
        recorded: bool,
    }
}

impl Store {
    /// The key of all draws of this house. `fresh` (32 random bytes of the caller) becomes it the first time only.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn review_seed(&self, fresh: [u8; 32]) -> Result<Seed, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        execute!(tx, sql, SECRET_NAME, fresh.to_vec())?;
        let (value,) = fetch_one!(tx, (Vec<u8>,), "SELECT value FROM secret WHERE name = $1", SECRET_NAME)?;
        tx.commit().await?;
        value.try_into().map(Seed).map_err(|_| StoreError::row("secret", "value"))
    }

    /// Draws what this week and the weeks before lack; gives how many calls were drawn.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn codings_draw(&self, seed: &Seed, now: Timestamp) -> Result<usize, StoreError> {
        let Some(current) = Week::of(self.local_day(now)) else { return Ok(0) };
        let mut added = 0;
        for back in (0..=WEEKS_BACK).rev() {
            added += self.week_draw(seed, current.back(back), back, now).await?;
        }
        Ok(added)
    }

    async fn week_draw(&self, seed: &Seed, week: Week, back: u8, now: Timestamp) -> Result<usize, StoreError> {
        let monday = i64::from(week.monday().0);
        let mut tx = self.read().await?;
        if back > 0 && closed_calls(&mut tx, monday).await?.is_some() {
            return Ok(0);
        }
        let calls = nuisance(&mut tx, week, now).await?;
        let before = i64::from(week.back(1).monday().0);
        let expected = closed_calls(&mut tx, before).await?.unwrap_or(0);
        drop(tx);
        let ranked: Vec<(CallId, i64)> = calls
            .iter()
            .filter(|call| call.recorded)
            .map(|call| (CallId(call.call_id), rank(seed, Draw::Coding, CallId(call.call_id))))
            .collect();
        // a day for late classes and calls over midnight, then the week is over
        let over = self.local_day(now.plus_ms(-DAY_MS)) > week.sunday();
        let expected = (!over).then_some(usize::try_from(expected).unwrap_or(0));
        let chosen = drawn(&ranked, CODINGS_OF_WEEK, expected);
        if chosen.is_empty() && (!over || calls.is_empty()) {
            return Ok(0);
        }
        let of_call: BTreeMap<Uuid, &NuisanceRow> = calls.iter().map(|call| (call.call_id, call)).collect();
        let mut missing = Vec::new();
        let mut tx = self.read().await?;
        let known = fetch_all!(tx, (Uuid,), "SELECT call_id FROM coding WHERE week = $1", monday)?;
        drop(tx);
        for (call, rank) in chosen {
            if let Some(row) = of_call.get(&call.0).filter(|_| !known.contains(&(call.0,))) {
                missing.push((*row, rank));
            }
        }
        if missing.is_empty() && !over {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let mut added = 0;
        for (row, rank) in missing {
            added += add(&mut tx, row, monday, rank, now).await?;
        }
        if over {
            let unrecorded = calls.len() - ranked.len();
            close(&mut tx, monday, ranked.len(), unrecorded, now).await?;
        }
        tx.commit().await?;
        Ok(added)
    }
}

/// The nuisance calls of a week whose class a person gave and that have settled.
async fn nuisance(tx: &mut Tx, week: Week, now: Timestamp) -> Result<Vec<NuisanceRow>, StoreError> {
    fetch_all!(
        *tx,
        NuisanceRow,
        "SELECT call_id, class, class_by, call_taker,
                EXISTS (SELECT 1 FROM recording WHERE recording.call_id = call.call_id) AS recorded
         FROM call
         WHERE local_day >= $1 AND local_day <= $2 AND direction = 'incoming' AND outcome = 'answered'
           AND class IN ('prank', 'ghost') AND class_by IS NOT NULL AND import_id IS NULL
           AND ended_at < $3 AND class_at < $3",
        i64::from(week.monday().0),
        i64::from(week.sunday().0),
        now.plus_ms(-SETTLED_MS).0
    )
}

async fn closed_calls(tx: &mut Tx, monday: i64) -> Result<Option<i64>, StoreError> {
    let row = fetch_optional!(*tx, (i64,), "SELECT calls FROM coding_week WHERE week = $1", monday)?;
    Ok(row.map(|(calls,)| calls))
}

/// Another node may have been first: then nothing is written and nothing told.
async fn add(tx: &mut Tx, row: &NuisanceRow, monday: i64, rank: i64, now: Timestamp) -> Result<usize, StoreError> {
    let coding = CodingId(Uuid::now_v7());
    let rows = execute!(
        *tx,
        "INSERT INTO coding (coding_id, call_id, week, rank, first_class, first_by, call_taker, drawn_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (call_id) DO NOTHING",
        coding.0,
        row.call_id,
        monday,
        rank,
        &row.class,
        row.class_by,
        row.call_taker,
        now.0
    )?;
    if rows == 0 {
        return Ok(0);
    }
    let body = json!({ "coding": coding, "week": monday, "first": row.class });
    let event = NewEvent::new(Uuid::now_v7(), now, "CallDrawnForCoding");
    events::append(tx, NewEvent { call: Some(CallId(row.call_id)), body, ..event }).await?;
    Ok(1)
}

async fn close(tx: &mut Tx, monday: i64, calls: usize, unrecorded: usize, now: Timestamp) -> Result<(), StoreError> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = execute!(
        *tx,
        "INSERT INTO coding_week (week, calls, unrecorded, closed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (week) DO NOTHING",
        monday,
        count(calls),
        count(unrecorded),
        now.0
    )?;
    if rows > 0 {
        let body = json!({ "week": monday, "calls": calls, "unrecorded": unrecorded });
        events::append(tx, NewEvent { body, ..NewEvent::new(Uuid::now_v7(), now, "CodingWeekClosed") }).await?;
    }
    Ok(())
}
