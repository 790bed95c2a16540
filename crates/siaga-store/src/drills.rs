//! Drills: ordered, ended, and what the team did with their calls.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_all, fetch_optional, row},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    call::live::Fact,
    class::Class,
    drill::{self, CALLS_MAX, DrillCall, DrillCaller, MINUTES_MAX, Scenario},
    ids::DrillId,
    time::Timestamp,
    view::drill::{DrillEnd, DrillPage, DrillResult, DrillView, NewDrill},
};
use uuid::Uuid;

/// Drills of the past that are shown: a year of one a week.
const LIST_MAX: i64 = 52;

impl Word for DrillEnd {
    const ALL: &'static [Self] = &[DrillEnd::Done, DrillEnd::RealCall, DrillEnd::Person, DrillEnd::Broken];

    fn word(self) -> &'static str {
        match self {
            DrillEnd::Done => "done",
            DrillEnd::RealCall => "real_call",
            DrillEnd::Person => "person",
            DrillEnd::Broken => "broken",
        }
    }
}

row! {
    struct DrillRow {
        drill_id: Uuid,
        at: i64,
        by_name: String,
        scenario: String,
        minutes: i64,
        callers: String,
        ended_at: Option<i64>,
        ended: Option<String>,
    }
}

row! {
    struct CallRow {
        nth: i64,
        offered_at: i64,
        answered_at: Option<i64>,
        class: Option<String>,
        class_by: Option<Uuid>,
        sent_at: Option<i64>,
    }
}

impl DrillRow {
    async fn view(self, tx: &mut Tx) -> Result<DrillView, StoreError> {
        let callers: Vec<DrillCaller> =
            serde_json::from_str(&self.callers).map_err(|_| StoreError::row("drill", "callers"))?;
        Ok(DrillView {
            drill_id: DrillId(self.drill_id),
            scenario: Scenario::from_key(&self.scenario).ok_or_else(|| StoreError::row("drill", "scenario"))?,
            calls: u32::try_from(callers.len()).unwrap_or(u32::MAX),
            minutes: u32::try_from(self.minutes).unwrap_or(0),
            by: self.by_name,
            at: Timestamp(self.at),
            ended_at: self.ended_at.map(Timestamp),
            ended: DrillEnd::read_some(self.ended.as_deref())?,
            result: result_of(tx, self.drill_id, &callers).await?,
        })
    }
}

async fn result_of(tx: &mut Tx, drill: Uuid, callers: &[DrillCaller]) -> Result<DrillResult, StoreError> {
    let rows = fetch_all!(
        *tx,
        CallRow,
        "SELECT d.nth, c.offered_at, c.answered_at, c.class, c.class_by, t.at AS sent_at
         FROM drill_call d JOIN call c ON c.call_id = d.call_id LEFT JOIN incident_call t ON t.call_id = d.call_id
         WHERE d.drill_id = $1 ORDER BY d.nth",
        drill
    )?;
    let call = |row: CallRow| {
        // The program's own word is no judgement of the team.
        let class = row.class.filter(|_| row.class_by.is_some());
        Ok(DrillCall {
            nth: u32::try_from(row.nth).unwrap_or(u32::MAX),
            offered_at: Timestamp(row.offered_at),
            answered_at: row.answered_at.map(Timestamp),
            class: Class::read_some(class.as_deref())?,
            sent_at: row.sent_at.map(Timestamp),
        })
    };
    let calls = rows.into_iter().map(call).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(drill::result(callers, &calls))
}

/// A call of a drill is tied to it.
pub(crate) async fn apply(tx: &mut Tx, fact: &Fact) -> Result<(), StoreError> {
    if let Fact::Drilled { call, mark } = fact {
        execute!(
            *tx,
            "INSERT INTO drill_call (call_id, drill_id, nth) VALUES ($1, $2, $3) ON CONFLICT (call_id) DO NOTHING",
            call.0,
            mark.drill.0,
            i64::from(mark.nth)
        )?;
    }
    Ok(())
}

impl Store {
    /// A drill begins.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while another one runs.
    pub async fn drill_order(
        &self,
        drill: DrillId,
        new: &NewDrill,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let callers = new.scenario.callers(new.calls);
        let document = serde_json::to_string(&callers).map_err(|error| StoreError::Bug(error.to_string()))?;
        let mut tx = self.begin().await?;
        execute!(
            tx,
            "INSERT INTO drill (drill_id, at, by_user, by_name, scenario, minutes, callers)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            drill.0,
            now.0,
            by.user.0,
            by.name,
            new.scenario.key(),
            i64::from(new.minutes),
            &document
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "drill_id": drill, "by": by.name, "scenario": new.scenario, "callers": callers, "minutes": new.minutes }),
            ..NewEvent::new(Uuid::now_v7(), now, "DrillOrdered")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await
    }

    /// It is over. A second word changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn drill_end(
        &self,
        drill: DrillId,
        why: DrillEnd,
        by: Option<Actor<'_>>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        end(&mut tx, drill, why, by, now).await?;
        tx.commit().await
    }

    /// At the start of the program: what ran with the one before is over.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn drill_broken_off(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let open = fetch_optional!(tx, (Uuid,), "SELECT drill_id FROM drill WHERE ended_at IS NULL")?;
        if let Some((drill,)) = open {
            end(&mut tx, DrillId(drill), DrillEnd::Broken, None, now).await?;
        }
        tx.commit().await
    }

    /// What the page shows.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn drills(&self) -> Result<DrillPage, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            DrillRow,
            "SELECT drill_id, at, by_name, scenario, minutes, callers, ended_at, ended FROM drill
             ORDER BY at DESC, drill_id LIMIT $1",
            LIST_MAX
        )?;
        let mut page = DrillPage { running: None, past: Vec::new(), calls_max: CALLS_MAX, minutes_max: MINUTES_MAX };
        for row in rows {
            let view = row.view(&mut tx).await?;
            if view.ended.is_none() {
                page.running = Some(view);
            } else {
                page.past.push(view);
            }
        }
        Ok(page)
    }
}

async fn end(
    tx: &mut Tx,
    drill: DrillId,
    why: DrillEnd,
    by: Option<Actor<'_>>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE drill SET ended_at = $2, ended = $3 WHERE drill_id = $1 AND ended_at IS NULL";
    if execute!(*tx, sql, drill.0, now.0, why.word())? == 0 {
        return Ok(());
    }
    let event = NewEvent {
        actor: by.map(|by| by.user),
        body: json!({ "drill_id": drill, "why": why }),
        ..NewEvent::new(Uuid::now_v7(), now, "DrillEnded")
    };
    events::append(tx, event).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
