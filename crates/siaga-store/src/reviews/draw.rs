//! Draws answered calls for a score form and says who fills it in. Looking twice changes nothing.

use super::written;
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    tx::{execute, fetch_all, row},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, ReviewId, UserId},
    review::{
        Draw, SETTLED_MS, Seed,
        draw::rank,
        form::ReviewForm,
        sample::{Answered, Chosen, Why, sample},
    },
    time::{LocalDay, Timestamp},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Until this day of a month a look reads the month before, too: whoever had no drawn call in it still gets one.
const MONTH_BEFORE_UNTIL: i32 = 3;

row! {
    struct AnsweredRow {
        call_id: Uuid,
        call_taker: Uuid,
        offered_at: i64,
        ended_at: i64,
        local_day: i64,
        known: bool,
    }
}

impl Store {
    /// Draws what is missing; gives how many calls were drawn.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn reviews_draw(&self, seed: &Seed, form: &ReviewForm, now: Timestamp) -> Result<usize, StoreError> {
        let today = self.local_day(now);
        let from = if today.0 % 100 <= MONTH_BEFORE_UNTIL { month_before(today) } else { today.month() };
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            AnsweredRow,
            "SELECT call_id, call_taker, offered_at, ended_at, local_day,
                    EXISTS (SELECT 1 FROM review WHERE review.call_id = call.call_id) AS known
             FROM call
             WHERE local_day >= $1 AND direction = 'incoming' AND outcome = 'answered' AND call_taker IS NOT NULL
               AND ended_at IS NOT NULL AND ended_at < $2 AND import_id IS NULL AND COALESCE(class, '') <> 'test'
               AND EXISTS (SELECT 1 FROM recording WHERE recording.call_id = call.call_id)",
            i64::from(from) * 100,
            now.plus_ms(-SETTLED_MS).0
        )?;
        drop(tx);
        let known: BTreeSet<CallId> = rows.iter().filter(|row| row.known).map(|row| CallId(row.call_id)).collect();
        let answered = |row: &AnsweredRow| Answered {
            call: CallId(row.call_id),
            taker: UserId(row.call_taker),
            ended_at: Timestamp(row.ended_at),
            day: LocalDay(i32::try_from(row.local_day).unwrap_or(0)),
            rank: rank(seed, Draw::Sample, CallId(row.call_id)),
        };
        let calls: Vec<Answered> = rows.iter().map(answered).collect();
        let chosen = sample(&calls, &known, today, now);
        if chosen.is_empty() {
            return Ok(0);
        }
        let mut tx = self.begin().await?;
        let mut added = 0;
        for one in &chosen {
            let offered = rows.iter().find(|row| row.call_id == one.of.call.0).map_or(0, |row| row.offered_at);
            added += add(&mut tx, one, offered, form, now).await?;
        }
        tx.commit().await?;
        Ok(added)
    }
}

fn month_before(day: LocalDay) -> i32 {
    if day.month() % 100 == 1 { day.month() - 89 } else { day.month() - 1 }
}

/// Another node may have been first: then nothing is written and nothing told.
async fn add(
    tx: &mut Tx,
    one: &Chosen,
    offered_at: i64,
    form: &ReviewForm,
    now: Timestamp,
) -> Result<usize, StoreError> {
    let review = ReviewId(Uuid::now_v7());
    let reviewer = reviewer(tx, one.of.taker).await?;
    let why = match one.why {
        Why::TwoPercent => "two_percent",
        Why::AtLeastOne => "at_least_one",
    };
    let rows = execute!(
        *tx,
        "INSERT INTO review (review_id, call_id, call_taker, month, offered_at, why, drawn_at, due_at, reviewer, form,
                marks, remark, revision)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '{}', '', 0) ON CONFLICT (call_id) DO NOTHING",
        review.0,
        one.of.call.0,
        one.of.taker.0,
        i64::from(one.of.day.month()),
        offered_at,
        why,
        now.0,
        one.due_at.0,
        reviewer,
        written(form)?
    )?;
    if rows == 0 {
        return Ok(0);
    }
    let body =
        json!({ "review": review, "why": why, "due_at": one.due_at, "reviewer": reviewer, "form": form.version });
    let event = NewEvent::new(Uuid::now_v7(), now, "CallDrawnForReview");
    events::append(tx, NewEvent { call: Some(one.of.call), body, ..event }).await?;
    Ok(1)
}

/// The shift lead with the fewest open forms who did not take the call.
async fn reviewer(tx: &mut Tx, taker: UserId) -> Result<Option<Uuid>, StoreError> {
    let rows = fetch_all!(
        *tx,
        (Uuid, i64),
        "SELECT account.user_id,
                (SELECT COUNT(*) FROM review WHERE review.reviewer = account.user_id AND review.finished_at IS NULL)
         FROM account WHERE account.role = 'shift_lead' AND NOT account.disabled AND account.user_id <> $1",
        taker.0
    )?;
    Ok(rows.into_iter().min_by_key(|(user, open)| (*open, *user)).map(|(user, _)| user))
}
