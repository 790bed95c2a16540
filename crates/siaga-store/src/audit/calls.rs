//! Every call's row against the row that its events make; imported rows against the hash that their import's event
//! holds. Both tables are read in the order of the call's id, a page at a time.

use super::{AuditReport, Faults, Gathered};
use crate::{
    Store, StoreError, Tx,
    calls::{CallRecord, call_of, clean},
    ledger::{ImportedRow, RowsHash},
    tx::{fetch_all, fetch_optional, row},
    words::Word,
};
use serde_json::Value;
use siaga_core::{
    call::live::Fact,
    class::Class,
    ids::UserId,
    time::Timestamp,
    view::{
        call::CallOutcome,
        callback::CallbackResult,
        desk::{ClassChoice, Direction},
    },
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Calls compared at once: about 1 MB with their events.
const CALLS_AT_ONCE: i64 = 500;
/// Events read at once, where rows were taken away and a page of calls spans many of them.
const EVENTS_AT_ONCE: i64 = 20_000;
/// Kinds whose body makes a call's row.
const FACTS: [&str; 6] = ["CallStart", "CallStateChange", "CallJudged", "CallClassed", "AbandonedCall", "CallEnd"];

row! {
    struct CallEvent {
        at: i64,
        kind: String,
        actor: Option<Uuid>,
        call_id: Uuid,
        body: Option<String>,
    }
}

row! {
    struct Tie {
        call_id: Uuid,
        incident_id: Uuid,
        incident_type: String,
        first_agency: Option<String>,
        fields: String,
    }
}

row! {
    struct Due {
        callback_id: Uuid,
        call_id: Uuid,
        number: String,
        reason: String,
        since: i64,
        attempts: i64,
        closed_at: Option<i64>,
    }
}

/// Whether a try to call back, as its event tells it, was the last one.
pub(super) fn closes(tried: &Value) -> bool {
    // Older programs wrote only whether somebody was reached.
    let result: Option<CallbackResult> = serde_json::from_value(tried["result"].clone()).ok();
    result.map_or_else(|| tried["reached"].as_bool().unwrap_or_default(), CallbackResult::closes)
}

/// What the events of one call make.
#[derive(Default)]
struct Replayed {
    record: Option<CallRecord>,
    /// The class an imported call came with, if a person corrected it.
    first_class: Option<(Option<String>, Option<String>)>,
    unread: bool,
}

impl Replayed {
    fn take(&mut self, event: &CallEvent, entries: &mut Vec<Due>) {
        let at = Timestamp(event.at);
        let Some(body) = &event.body else {
            self.unread |= FACTS.contains(&event.kind.as_str()) || event.kind == "CallReclassed";
            return;
        };
        if event.kind == "CallReclassed" {
            let body: Value = serde_json::from_str(body).unwrap_or_default();
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let from = || (text(&body["from"]["class"]), text(&body["from"]["sub"]));
            self.first_class.get_or_insert_with(from);
            let choice: Option<ClassChoice> = serde_json::from_value(body["to"].clone()).ok();
            match (&mut self.record, choice, event.actor) {
                (Some(record), Some(choice), Some(by)) => record.choose(at, UserId(by), Some(&choice)),
                // An imported call: its row is not made by events.
                (None, Some(_), Some(_)) => {}
                _ => self.unread = true,
            }
            return;
        }
        match serde_json::from_str::<Fact>(body) {
            Ok(Fact::CallbackDue { callback, call, number, reason }) => entries.push(Due {
                callback_id: callback.0,
                call_id: call.0,
                number: clean(&number),
                reason: reason.word().to_owned(),
                since: event.at,
                attempts: 0,
                closed_at: None,
            }),
            Ok(fact) => {
                if let Some(call) = call_of(&fact) {
                    self.record.get_or_insert_with(|| CallRecord::unknown(call, at)).apply(at, &fact);
                }
            }
            Err(_) => self.unread |= FACTS.contains(&event.kind.as_str()),
        }
    }
}

pub(super) async fn replay(
    store: &Store,
    tx: &mut Tx,
    gathered: &Gathered,
    report: &mut AuditReport,
) -> Result<(), StoreError> {
    let mut imports: BTreeMap<Uuid, RowsHash> = BTreeMap::new();
    let mut after = Uuid::nil();
    loop {
        let mut rows = fetch_all!(
            *tx,
            CallRecord,
            "SELECT * FROM call WHERE call_id > $1 ORDER BY call_id LIMIT $2",
            after,
            CALLS_AT_ONCE
        )?;
        let is_last = i64::try_from(rows.len()).is_ok_and(|count| count < CALLS_AT_ONCE);
        let mut until = rows.last().filter(|_| !is_last).map_or(Uuid::max(), |row| row.call_id);
        let far = fetch_optional!(
            *tx,
            (Uuid,),
            "SELECT call_id FROM event WHERE call_id > $1 ORDER BY call_id, seq LIMIT 1 OFFSET $2",
            after,
            EVENTS_AT_ONCE
        )?;
        if let Some((far,)) = far {
            until = until.min(far);
        }
        rows.retain(|row| row.call_id <= until);
        let page = Page { store, after, until };
        page.compare(tx, rows, gathered, report, &mut imports).await?;
        if until == Uuid::max() {
            break;
        }
        after = until;
    }
    compare_imports(gathered, imports, &mut report.faults);
    Ok(())
}

/// The calls after one id and up to another.
struct Page<'s> {
    store: &'s Store,
    after: Uuid,
    until: Uuid,
}

impl Page<'_> {
    async fn compare(
        &self,
        tx: &mut Tx,
        rows: Vec<CallRecord>,
        gathered: &Gathered,
        report: &mut AuditReport,
        imports: &mut BTreeMap<Uuid, RowsHash>,
    ) -> Result<(), StoreError> {
        let mut entries = Vec::new();
        let mut replayed: BTreeMap<Uuid, Replayed> = BTreeMap::new();
        for event in self.events(tx).await? {
            replayed.entry(event.call_id).or_default().take(&event, &mut entries);
        }
        let ties = self.ties(tx).await?;
        let mut imported = self.imported(tx).await?;
        for row in rows {
            let made = replayed.remove(&row.call_id).unwrap_or_default();
            if let Some(import) = imported.remove(&row.call_id) {
                let class = made.first_class.unwrap_or_else(|| (row.class.clone(), row.sub.clone()));
                if !imported_holds(self.store, &row, class.0.as_deref()) {
                    report.faults.add(format!("call {}: start or outcome not as imported", row.call_id));
                }
                imports.entry(import.import_id).or_default().add(&row, &import, class);
                report.calls += 1;
                continue;
            }
            match made.record {
                _ if made.unread => report.calls_unread += 1,
                Some(record) => match difference(self.store, &row, record, ties.get(&row.call_id)) {
                    None => report.calls += 1,
                    Some(columns) => {
                        report.faults.add(format!("call {}: {columns} not as its events say", row.call_id))
                    }
                },
                // An incident was sent before the call's own facts came in.
                None if !row.offered && ties.contains_key(&row.call_id) => report.calls += 1,
                None => report.faults.add(format!("call {}: no event knows it", row.call_id)),
            }
        }
        for (call, made) in replayed {
            if made.record.is_some() || made.unread {
                report.faults.add(format!("call {call}: is on record and has no row"));
            }
        }
        self.callbacks(tx, entries, gathered, &mut report.faults).await
    }

    async fn events(&self, tx: &mut Tx) -> Result<Vec<CallEvent>, StoreError> {
        fetch_all!(
            *tx,
            CallEvent,
            "SELECT at, kind, actor, call_id, body FROM event
             WHERE call_id > $1 AND call_id <= $2 ORDER BY call_id, seq",
            self.after,
            self.until
        )
    }

    async fn ties(&self, tx: &mut Tx) -> Result<HashMap<Uuid, Tie>, StoreError> {
        let ties = fetch_all!(
            *tx,
            Tie,
            "SELECT t.call_id, i.incident_id, i.incident_type, i.first_agency, i.fields
             FROM incident_call t JOIN incident own ON own.incident_id = t.incident_id
                  JOIN incident i ON i.incident_id = COALESCE(own.root, own.incident_id)
             WHERE t.call_id > $1 AND t.call_id <= $2",
            self.after,
            self.until
        )?;
        Ok(ties.into_iter().map(|tie| (tie.call_id, tie)).collect())
    }

    async fn imported(&self, tx: &mut Tx) -> Result<HashMap<Uuid, ImportedRow>, StoreError> {
        let rows = fetch_all!(
            *tx,
            ImportedRow,
            "SELECT call_id, import_id, call_taker_name, note FROM call
             WHERE call_id > $1 AND call_id <= $2 AND import_id IS NOT NULL",
            self.after,
            self.until
        )?;
        Ok(rows.into_iter().map(|row| (row.call_id, row)).collect())
    }

    async fn callbacks(
        &self,
        tx: &mut Tx,
        entries: Vec<Due>,
        gathered: &Gathered,
        faults: &mut Faults,
    ) -> Result<(), StoreError> {
        let rows = fetch_all!(
            *tx,
            Due,
            "SELECT callback_id, call_id, number, reason, since, attempts, closed_at FROM callback
             WHERE call_id > $1 AND call_id <= $2 AND since IS NOT NULL",
            self.after,
            self.until
        )?;
        let mut rows: HashMap<Uuid, Due> = rows.into_iter().map(|row| (row.callback_id, row)).collect();
        for due in entries {
            let id = due.callback_id;
            let Some(row) = rows.remove(&id) else {
                faults.add(format!("call-back {id}: is on record and not on the list"));
                continue;
            };
            let tries = gathered.tries.get(&id).copied().unwrap_or_default();
            if (&row.number, &row.reason, row.since, row.call_id) != (&due.number, &due.reason, due.since, due.call_id)
                || (row.attempts, row.closed_at.is_some()) != (tries.attempts, tries.closed)
            {
                faults.add(format!("call-back {id}: not as its events say"));
            }
        }
        for id in rows.keys() {
            faults.add(format!("call-back {id}: no event knows it"));
        }
        Ok(())
    }
}

/// What follows from the cells of an imported row, and is not among them.
fn imported_holds(store: &Store, row: &CallRecord, class: Option<&str>) -> bool {
    let gone = class == Some(Class::Abandoned.word());
    let outcome = if gone { CallOutcome::Abandoned } else { CallOutcome::Answered };
    let day = i64::from(store.local_day(Timestamp(row.offered_at)).0);
    (row.outcome.as_deref(), row.local_day, row.direction.as_str())
        == (Some(outcome.word()), day, Direction::Incoming.word())
}

/// The columns in which a row differs from what its events and its incident make it.
fn difference(store: &Store, row: &CallRecord, mut made: CallRecord, tie: Option<&Tie>) -> Option<String> {
    if let Some(tie) = tie {
        let fields: Value = serde_json::from_str(&tie.fields).unwrap_or_default();
        made.incident_id = Some(tie.incident_id);
        made.incident_type = Some(tie.incident_type.clone());
        made.agency.clone_from(&tie.first_agency);
        made.village_code = fields["village_code"].as_str().map(str::to_owned);
    }
    if !made.offered {
        // Another program's clock may have begun it.
        made.offered_at = row.offered_at;
    }
    made.local_day = i64::from(store.local_day(Timestamp(made.offered_at)).0);
    if *row == made {
        return None;
    }
    let columns = [
        ("class", row.class != made.class || row.sub != made.sub),
        ("who gave the class", row.class_by != made.class_by || row.class_at != made.class_at),
        ("outcome", row.outcome != made.outcome || row.ended_by != made.ended_by),
        ("number", row.number != made.number || row.number_raw != made.number_raw),
        ("direction", row.direction != made.direction),
        ("start", row.offered_at != made.offered_at || row.local_day != made.local_day),
        ("answer", row.answered_at != made.answered_at),
        ("end", row.ended_at != made.ended_at),
        ("who answered", row.seat != made.seat || row.call_taker != made.call_taker),
        ("incident", row.incident_id != made.incident_id || row.incident_type != made.incident_type),
        ("agency", row.agency != made.agency),
        ("village", row.village_code != made.village_code),
    ];
    let names: Vec<&str> = columns.iter().filter(|(_, differs)| *differs).map(|(name, _)| *name).collect();
    Some(if names.is_empty() { "something".to_owned() } else { names.join(", ") })
}

fn compare_imports(gathered: &Gathered, mut found: BTreeMap<Uuid, RowsHash>, faults: &mut Faults) {
    for (import, told) in &gathered.imports {
        let (count, hash) = found.remove(import).unwrap_or_default().finish();
        if count != told.added {
            faults.add(format!("import {import}: {count} calls are there, {} were taken in", told.added));
        } else if told.rows.as_ref().is_some_and(|rows| *rows != hash) {
            faults.add(format!("import {import}: its calls are not those of the file"));
        }
    }
    for import in found.keys() {
        faults.add(format!("import {import}: no event knows it"));
    }
}
