//! What a measurement needs beside imported calls: incidents, assignments and corrections that nobody made. Only for a
//! database without people (`siaga sim ledger` looks); what is written stands on the chain under a name of its own.

use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    rollup::let_go,
    tx::{execute, fetch_all, fetch_one, row},
};
use serde_json::json;
use siaga_core::{
    city::City,
    class::Class,
    ids::{CallId, UserId},
    time::Timestamp,
    view::desk::ClassChoice,
};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use uuid::Uuid;

row! {
    struct RealCall {
        call_id: Uuid,
        offered_at: i64,
        answered_at: i64,
        incident_type: Option<String>,
        agency: Option<String>,
    }
}

const MINUTE_MS: i64 = 60_000;

impl Store {
    /// Gives every imported emergency between two moments an incident with one to three assignments; gives how many.
    /// `throw` gives a number below its argument.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn made_up_incidents(
        &self,
        (first, last): (Timestamp, Timestamp),
        city: &City,
        mut throw: impl FnMut(i64) -> i64 + Send,
    ) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let calls = fetch_all!(
            tx,
            RealCall,
            "SELECT call_id, offered_at, answered_at, incident_type, agency FROM call WHERE class = 'emergency'
             AND offered_at >= $1 AND offered_at < $2 AND import_id IS NOT NULL AND incident_id IS NULL
             AND answered_at IS NOT NULL ORDER BY offered_at, call_id",
            first.0,
            last.0
        )?;
        let mut numbers: BTreeMap<i64, i64> = BTreeMap::new();
        let mut made = 0_u64;
        let mut days = BTreeSet::new();
        for call in &calls {
            let year = i64::from(Timestamp(call.offered_at).in_zone(self.zone()).year());
            let number = match numbers.entry(year) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(first) => {
                    let sql = "SELECT COALESCE(MAX(number), 0) FROM incident WHERE year = $1";
                    first.insert(fetch_one!(tx, (i64,), sql, year)?.0)
                }
            };
            *number += 1;
            let incident = Uuid::now_v7();
            let opened = Timestamp(call.answered_at).plus_ms(MINUTE_MS + throw(3 * MINUTE_MS));
            days.insert(opened.local_day(self.zone()));
            let closed = opened.plus_ms(40 * MINUTE_MS + throw(200 * MINUTE_MS));
            execute!(
                tx,
                "INSERT INTO incident (incident_id, year, number, incident_type, fields, opened_at, opened_by,
                     opened_by_name, opened_call, first_agency, closed_at, outcome, revision)
                 VALUES ($1, $2, $3, $4, '{}', $5, $6, 'Petugas', $7, $8, $9, 'resolved', 1)",
                incident,
                year,
                *number,
                call.incident_type.as_deref().unwrap_or_default(),
                opened.0,
                Uuid::nil(),
                call.call_id,
                call.agency.as_deref(),
                closed.0
            )?;
            execute!(
                tx,
                "INSERT INTO incident_call (call_id, incident_id, at) VALUES ($1, $2, $3)",
                call.call_id,
                incident,
                opened.0
            )?;
            execute!(tx, "UPDATE call SET incident_id = $1 WHERE call_id = $2", incident, call.call_id)?;
            for _ in 0..=throw(3) {
                let place = usize::try_from(throw(i64::try_from(city.agencies.len()).unwrap_or(1))).unwrap_or(0);
                let Some(agency) = city.agencies.get(place) else { continue };
                let sent = opened.plus_ms(throw(MINUTE_MS));
                // Some never say that they have it, and some never say that they are there.
                let acknowledged = (throw(10) > 0).then(|| sent.plus_ms(10_000 + throw(4 * MINUTE_MS)));
                let there =
                    acknowledged.filter(|_| throw(5) > 0).map(|at| at.plus_ms(4 * MINUTE_MS + throw(20 * MINUTE_MS)));
                execute!(
                    tx,
                    "INSERT INTO assignment (assignment_id, incident_id, agency, agency_label, reason, state, sent_at,
                         acknowledge_by, acknowledged_at, on_scene_at, done_at, reminded_level)
                     VALUES ($1, $2, $3, $4, '', 'done', $5, $6, $7, $8, $9, 0)",
                    Uuid::now_v7(),
                    incident,
                    &agency.key,
                    &agency.label,
                    sent.0,
                    sent.plus_ms(MINUTE_MS).0,
                    acknowledged.map(|at| at.0),
                    there.map(|at| at.0),
                    closed.0
                )?;
            }
            made += 1;
        }
        for day in days {
            let_go(&mut tx, day).await?;
        }
        if made > 0 {
            let body = json!({ "incidents": made, "from": first, "to": last });
            events::append(&mut tx, NewEvent { body, ..NewEvent::new(Uuid::now_v7(), last, "IncidentsMadeUp") })
                .await?;
        }
        tx.commit().await?;
        Ok(made)
    }

    /// Corrects the class of the first so many imported ghost calls between two moments, as a person would later.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn made_up_corrections(
        &self,
        (first, last): (Timestamp, Timestamp),
        most: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let calls = fetch_all!(
            tx,
            (Uuid,),
            "SELECT call_id FROM call WHERE class = 'ghost' AND offered_at >= $1 AND offered_at < $2
             AND import_id IS NOT NULL ORDER BY offered_at, call_id LIMIT $3",
            first.0,
            last.0,
            most
        )?;
        let choice = ClassChoice { class: Class::Prank, sub: Some("child".to_owned()) };
        for (call,) in calls {
            self.call_reclass(&mut tx, CallId(call), &choice, UserId(Uuid::nil()), Uuid::now_v7(), at).await?;
        }
        tx.commit().await
    }

    /// Lets PostgreSQL look at what is in its tables, as it does by itself in time; SQLite is measured as it is run.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn analyze(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if let Tx::Pg(tx) = &mut tx {
            sqlx::query("ANALYZE").execute(&mut **tx).await?;
        }
        tx.commit().await
    }
}
