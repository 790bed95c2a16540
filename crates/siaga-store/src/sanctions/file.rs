//! Collects the evidence of one sanction in one snapshot.

use super::{Ground, load};
use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    evidence::{CallPart, Content, EventPart, EvidenceKey, FORMAT, Head, NoticePart, RecordingPart},
    tx::{execute, fetch_all, fetch_one, fetch_optional, row},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    class::Class,
    ids::{CallId, SanctionId, UserId},
    sanction::notice::masked,
    time::Timestamp,
};
use std::collections::BTreeMap;
use uuid::Uuid;

row! {
    struct CallRow {
        offered_at: i64,
        ended_at: Option<i64>,
        class: Option<String>,
        sub: Option<String>,
    }
}

row! {
    /// An event and the hash of the one before it.
    struct LinkedRow {
        seq: i64,
        id: Uuid,
        at: i64,
        kind: String,
        actor: Option<Uuid>,
        call_id: Option<Uuid>,
        incident_id: Option<Uuid>,
        body: Option<String>,
        body_hash: Vec<u8>,
        hash: Vec<u8>,
        previous: Option<Vec<u8>>,
    }
}

/// Events with the one before each, for a condition.
macro_rules! select_linked {
    ($condition:literal) => {
        concat!(
            "SELECT event.seq, event.id, event.at, event.kind, event.actor, event.call_id, event.incident_id,
                    event.body, event.body_hash, event.hash, before.hash AS previous
             FROM event LEFT JOIN event before ON before.seq = event.seq - 1 ",
            $condition
        )
    };
}

impl Store {
    /// The signed evidence file of a sanction.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn sanction_evidence(
        &self,
        id: SanctionId,
        key: &EvidenceKey,
        ground: &Ground<'_>,
    ) -> Result<Vec<u8>, StoreError> {
        let mut tx = self.read().await?;
        let sanction = load(&mut tx, id).await?;
        let mut calls = Vec::new();
        let mut events = BTreeMap::new();
        for call in &sanction.case().proposal.pranks {
            let sql = "SELECT offered_at, ended_at, class, sub FROM call WHERE call_id = $1";
            // Retention may have taken the row; what is left of it are its events.
            if let Some(row) = fetch_optional!(tx, CallRow, sql, call.0)? {
                let recordings = fetch_all!(
                    tx,
                    (String, i64, i64, Vec<u8>),
                    "SELECT file, duration_ms, segments, hash FROM recording WHERE call_id = $1 ORDER BY at, file",
                    call.0
                )?;
                calls.push(call_part(*call, row, recordings)?);
            }
            let rows = fetch_all!(tx, LinkedRow, select_linked!("WHERE event.call_id = $1"), call.0)?;
            events.extend(rows.into_iter().map(|row| (row.seq, row.part())));
        }
        let rows = fetch_all!(
            tx,
            LinkedRow,
            select_linked!("WHERE event.seq IN (SELECT seq FROM sanction_event WHERE sanction_id = $1)"),
            id.0
        )?;
        events.extend(rows.into_iter().map(|row| (row.seq, row.part())));
        let notices = fetch_all!(
            tx,
            (i64, Option<i64>, String, String),
            "SELECT created_at, delivered_at, target, text FROM outbox WHERE sanction_id = $1
             ORDER BY created_at, outbox_id",
            id.0
        )?;
        let (chain_seq, chain_hash) =
            fetch_one!(tx, (i64, Option<Vec<u8>>), "SELECT seq, hash FROM chain WHERE id = 1")?;
        let head = Head {
            format: FORMAT.to_owned(),
            city: ground.city.name.clone(),
            sanction_id: id,
            made_at: ground.now,
            chain_seq,
            chain_hash: hex::encode(chain_hash.unwrap_or_default()),
        };
        let notices = notices
            .into_iter()
            .map(|(at, delivered_at, target, text)| NoticePart {
                at: Timestamp(at),
                delivered_at: delivered_at.map(Timestamp),
                target,
                text: masked(&text),
            })
            .collect();
        Ok(Content { head, sanction, calls, notices, events: events.into_values().collect() }.sign(key))
    }
}

impl Store {
    /// Puts on the record who took the evidence file.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn sanction_exported(&self, id: SanctionId, by: UserId, now: Timestamp) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let event = NewEvent {
            actor: Some(by),
            body: json!({ "sanction_id": id }),
            ..NewEvent::new(Uuid::now_v7(), now, "EvidenceExported")
        };
        let seq = events::append(&mut tx, event).await?;
        execute!(tx, "INSERT INTO sanction_event (sanction_id, seq) VALUES ($1, $2)", id.0, seq)?;
        tx.commit().await
    }
}

fn call_part(call: CallId, row: CallRow, recordings: Vec<(String, i64, i64, Vec<u8>)>) -> Result<CallPart, StoreError> {
    let recording = |(file, duration_ms, segments, hash)| RecordingPart {
        file,
        duration_ms,
        segments,
        hash: hex::encode::<Vec<u8>>(hash),
    };
    Ok(CallPart {
        call_id: call,
        at: Timestamp(row.offered_at),
        ended_at: row.ended_at.map(Timestamp),
        class: Class::read_some(row.class.as_deref())?,
        sub: row.sub,
        recordings: recordings.into_iter().map(recording).collect(),
    })
}

impl LinkedRow {
    fn part(self) -> EventPart {
        EventPart {
            seq: self.seq,
            id: self.id,
            at: self.at,
            kind: self.kind,
            actor: self.actor,
            call_id: self.call_id,
            incident_id: self.incident_id,
            body: self.body,
            body_hash: hex::encode(self.body_hash),
            previous_hash: hex::encode(self.previous.unwrap_or_default()),
            hash: hex::encode(self.hash),
        }
    }
}
