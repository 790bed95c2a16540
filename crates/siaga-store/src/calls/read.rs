//! Calls as the screens see them.

use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_one, row},
    words::Word,
};
use siaga_core::{
    call::live::Fact,
    class::Class,
    ids::{CallId, CallbackId, IncidentId, SeatId, UserId},
    time::{LocalDay, Timestamp},
    view::{
        call::{CallOutcome, CallRow, EndedBy},
        desk::{Direction, Lane},
    },
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows one list gives at most: a day of a busy city, a screen long to scroll.
const LIST_MAX: i64 = 500;

/// Which calls a list shows; all conditions hold together.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct CallFilter {
    pub day: Option<LocalDay>,
    pub class: Option<ClassFilter>,
    /// E.164.
    pub number: Option<String>,
    /// Simulated calls are shown only to who asks for them.
    pub drills: Drills,
    /// Only calls before this point: the next page, and a number's earlier calls.
    pub before: Option<Timestamp>,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassFilter {
    Is(Class),
    /// Ended, and nobody said yet what it was.
    Missing,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Drills {
    #[default]
    LeftOut,
    Beside,
    Only,
}

/// A call without an end: what a restart must clear up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenCall {
    pub call: CallId,
    pub direction: Direction,
    pub number: Option<String>,
    pub offered_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub seat: Option<SeatId>,
    pub call_taker: Option<UserId>,
    pub callback: Option<CallbackId>,
}

row! {
    struct ListRow {
        call_id: Uuid,
        direction: String,
        number: Option<String>,
        display_name: Option<String>,
        offered_at: i64,
        answered_at: Option<i64>,
        ended_at: Option<i64>,
        ended_by: Option<String>,
        outcome: Option<String>,
        lane: String,
        suspicion: i64,
        class: Option<String>,
        sub: Option<String>,
        incident_type: Option<String>,
        agency: Option<String>,
        village_code: Option<String>,
        call_taker: Option<String>,
        incident_id: Option<Uuid>,
        recorded: bool,
        imported: bool,
        note: Option<String>,
        telephone: Option<String>,
    }
}

row! {
    struct OpenRow {
        call_id: Uuid,
        direction: String,
        number: Option<String>,
        offered_at: i64,
        answered_at: Option<i64>,
        seat: Option<i64>,
        call_taker: Option<Uuid>,
        callback_id: Option<Uuid>,
    }
}

/// The columns of a list row, for any condition.
macro_rules! select_calls {
    ($condition:literal) => {
        concat!(
            "SELECT call.call_id, direction, number, call.display_name, offered_at, answered_at, ended_at, ended_by,
                    outcome, lane, suspicion, class, sub, incident_type, agency, village_code,
                    COALESCE(call_taker_name, account.display_name) AS call_taker, incident_id,
                    EXISTS (SELECT 1 FROM recording WHERE recording.call_id = call.call_id) AS recorded,
                    import_id IS NOT NULL AS imported, note, telephone
             FROM call LEFT JOIN account ON account.user_id = call.call_taker ",
            $condition
        )
    };
}

impl Store {
    /// Calls, newest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn calls_list(&self, filter: &CallFilter) -> Result<Vec<CallRow>, StoreError> {
        let before = filter.before.map_or(i64::MAX, |at| at.0);
        let limit = i64::from(filter.limit).clamp(1, LIST_MAX);
        let (class, missing) = match filter.class {
            Some(ClassFilter::Is(class)) => (Some(class.word()), false),
            Some(ClassFilter::Missing) => (None, true),
            None => (None, false),
        };
        let day = filter.day.map(|day| i64::from(day.0));
        let drill = Direction::Drill.word();
        // the one direction that is shown, the one that is not
        let (only, without) = match filter.drills {
            Drills::LeftOut => ("", drill),
            Drills::Beside => ("", ""),
            Drills::Only => (drill, ""),
        };
        let mut tx = self.read().await?;
        // One statement per index: what is asked for most narrowly leads.
        let rows = match (&filter.number, day) {
            (Some(number), _) => fetch_all!(
                tx,
                ListRow,
                select_calls!(
                    "WHERE number = $5 AND offered_at < $1 AND ($3 IS NULL OR class = $3)
                     AND (NOT $4 OR (class IS NULL AND outcome IS NOT NULL)) AND ($6 IS NULL OR local_day = $6)
                     AND ($7 = '' OR direction = $7) AND direction <> $8
                     ORDER BY offered_at DESC, call.call_id DESC LIMIT $2"
                ),
                before,
                limit,
                class,
                missing,
                number,
                day,
                only,
                without
            ),
            (None, Some(day)) => fetch_all!(
                tx,
                ListRow,
                select_calls!(
                    "WHERE local_day = $5 AND offered_at < $1 AND ($3 IS NULL OR class = $3)
                     AND (NOT $4 OR (class IS NULL AND outcome IS NOT NULL))
                     AND ($6 = '' OR direction = $6) AND direction <> $7
                     ORDER BY offered_at DESC, call.call_id DESC LIMIT $2"
                ),
                before,
                limit,
                class,
                missing,
                day,
                only,
                without
            ),
            (None, None) if class.is_some() => fetch_all!(
                tx,
                ListRow,
                select_calls!(
                    "WHERE class = $3 AND offered_at < $1 AND ($4 = '' OR direction = $4) AND direction <> $5
                     ORDER BY offered_at DESC, call.call_id DESC LIMIT $2"
                ),
                before,
                limit,
                class,
                only,
                without
            ),
            (None, None) if missing => fetch_all!(
                tx,
                ListRow,
                select_calls!(
                    "WHERE class IS NULL AND outcome IS NOT NULL AND offered_at < $1
                     AND ($3 = '' OR direction = $3) AND direction <> $4
                     ORDER BY offered_at DESC, call.call_id DESC LIMIT $2"
                ),
                before,
                limit,
                only,
                without
            ),
            (None, None) => fetch_all!(
                tx,
                ListRow,
                select_calls!(
                    "WHERE offered_at < $1 AND ($3 = '' OR direction = $3) AND direction <> $4
                     ORDER BY offered_at DESC, call.call_id DESC LIMIT $2"
                ),
                before,
                limit,
                only,
                without
            ),
        }?;
        rows.into_iter().map(view).collect()
    }

    /// One call.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn call_row(&self, call: CallId) -> Result<CallRow, StoreError> {
        let mut tx = self.read().await?;
        view(fetch_one!(tx, ListRow, select_calls!("WHERE call.call_id = $1"), call.0)?)
    }

    /// Earlier calls of a number (E.164), newest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_history(&self, number: &str, before: Timestamp, limit: u32) -> Result<Vec<CallRow>, StoreError> {
        let number = Some(number.to_owned());
        self.calls_list(&CallFilter { number, before: Some(before), limit, ..CallFilter::default() }).await
    }

    /// Calls without an end, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn open_calls(&self) -> Result<Vec<OpenCall>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            OpenRow,
            "SELECT call_id, direction, number, offered_at, answered_at, seat, call_taker, callback_id
             FROM call WHERE outcome IS NULL ORDER BY offered_at, call_id"
        )?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenCall {
                    call: CallId(row.call_id),
                    direction: Direction::read(&row.direction)?,
                    number: row.number,
                    offered_at: Timestamp(row.offered_at),
                    answered_at: row.answered_at.map(Timestamp),
                    seat: row.seat.and_then(|seat| u16::try_from(seat).ok()).map(SeatId),
                    call_taker: row.call_taker.map(UserId),
                    callback: row.callback_id.map(CallbackId),
                })
            })
            .collect()
    }
}

impl Store {
    /// Numbers (E.164) of calls offered since `from` whose caller a person marked as not free to speak, and when; without
    /// those whose mark was taken back.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn threatened_since(&self, from: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let mut tx = self.read().await?;
        Ok(threatened(&mut tx, from).await?.into_iter().collect())
    }
}

/// As [`Store::threatened_since`].
pub(crate) async fn threatened(tx: &mut Tx, from: Timestamp) -> Result<BTreeMap<String, Timestamp>, StoreError> {
    let marks = fetch_all!(
        *tx,
        (String, i64, String),
        "SELECT call.number, event.at, event.body FROM call JOIN event ON event.call_id = call.call_id
         WHERE call.offered_at >= $1 AND call.number IS NOT NULL AND call.direction <> 'drill'
           AND event.kind = 'DuressMarked' AND event.body IS NOT NULL ORDER BY event.seq",
        from.0
    )?;
    let mut threatened = BTreeMap::new();
    for (number, at, body) in marks {
        match serde_json::from_str(&body) {
            Ok(Fact::Duress { on: false, .. }) => drop(threatened.remove(&number)),
            // A body that cannot be read is a mark all the same.
            _ => drop(threatened.insert(number, Timestamp(at))),
        }
    }
    Ok(threatened)
}

fn view(row: ListRow) -> Result<CallRow, StoreError> {
    Ok(CallRow {
        call_id: CallId(row.call_id),
        direction: Direction::read(&row.direction)?,
        number: row.number,
        display_name: row.display_name,
        offered_at: Timestamp(row.offered_at),
        answered_at: row.answered_at.map(Timestamp),
        ended_at: row.ended_at.map(Timestamp),
        ended_by: EndedBy::read_some(row.ended_by.as_deref())?,
        outcome: CallOutcome::read_some(row.outcome.as_deref())?,
        lane: Lane::read(&row.lane)?,
        suspicion: u8::try_from(row.suspicion).unwrap_or(100),
        class: Class::read_some(row.class.as_deref())?,
        sub: row.sub,
        incident_type: row.incident_type,
        agency: row.agency,
        village_code: row.village_code,
        call_taker: row.call_taker,
        incident_id: row.incident_id.map(IncidentId),
        recorded: row.recorded,
        imported: row.imported,
        note: row.note,
        telephone: row.telephone,
    })
}
