//! Calls whose caller could not speak freely. What such a caller said or did not say is held against nobody: these calls
//! are no ground of a sanction and raise no suspicion, whatever class somebody gave them.

use crate::{
    StoreError, Tx,
    tx::{fetch_all, row},
};
use siaga_core::{call::live::Fact, ids::CallId, time::Timestamp};
use std::collections::BTreeMap;
use uuid::Uuid;

row! {
    struct MarkRow {
        call_id: Uuid,
        at: i64,
        body: Option<String>,
        offered_at: i64,
        ended_at: Option<i64>,
        direction: String,
        class: Option<String>,
    }
}

/// One of them.
pub(crate) struct Marked {
    pub offered_at: Timestamp,
    pub direction: String,
    pub class: Option<String>,
}

/// Of a number (E.164).
pub(crate) async fn of_number(tx: &mut Tx, number: &str) -> Result<BTreeMap<CallId, Marked>, StoreError> {
    read(tx, Some(number), Timestamp(0)).await
}

/// Of all numbers, offered since a point in time.
pub(crate) async fn since(tx: &mut Tx, from: Timestamp) -> Result<BTreeMap<CallId, Marked>, StoreError> {
    read(tx, None, from).await
}

/// The few marks first, then their calls: in this order on both databases.
async fn read(tx: &mut Tx, number: Option<&str>, from: Timestamp) -> Result<BTreeMap<CallId, Marked>, StoreError> {
    let rows = fetch_all!(
        *tx,
        MarkRow,
        "SELECT event.call_id, event.at, event.body, call.offered_at, call.ended_at, call.direction, call.class
         FROM event CROSS JOIN call
         WHERE event.kind = 'DuressMarked' AND call.call_id = event.call_id
           AND (call.number = $1 OR $1 IS NULL) AND call.offered_at >= $2
         ORDER BY event.seq",
        number,
        from.0
    )?;
    Ok(marked(rows))
}

/// Those that carried the mark when they ended, or carry it now: it is not taken off afterwards to make a case.
fn marked(rows: Vec<MarkRow>) -> BTreeMap<CallId, Marked> {
    let mut calls: BTreeMap<CallId, (Marked, bool, bool)> = BTreeMap::new();
    for row in rows {
        // A mark that cannot be read, or that retention took away, is a mark all the same.
        let read = row.body.as_deref().map(serde_json::from_str::<Fact>);
        let on = !matches!(read, Some(Ok(Fact::Duress { on: false, .. })));
        let call = Marked { offered_at: Timestamp(row.offered_at), direction: row.direction, class: row.class };
        let (_, at_end, now) = calls.entry(CallId(row.call_id)).or_insert((call, false, false));
        *now = on;
        if row.ended_at.is_none_or(|ended| row.at <= ended) {
            *at_end = on;
        }
    }
    let carried = |(id, (call, at_end, now))| (at_end || now).then_some((id, call));
    calls.into_iter().filter_map(carried).collect()
}
