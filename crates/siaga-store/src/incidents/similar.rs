//! Which incidents a call may report too: rows for the rule of `siaga-core`, and its answer with the screen's words.
//! Reads only.

use super::{Showing, drafts, read};
use crate::{
    Store, StoreError,
    tx::{fetch_all, fetch_optional, row},
    words::Word,
};
use siaga_core::{
    ids::{CallId, IncidentId},
    incident::similar::{Asked, CLOSED_FOR_MS, Candidate, similar},
    intake::place_line,
    time::Timestamp,
    view::{desk::Direction, incident::IncidentStatus, similar::SimilarView},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Incidents weighed for one call: as many as the list of open ones shows.
const CANDIDATES_MAX: i64 = 200;

row! {
    struct ReportRow {
        incident_id: Uuid,
        at: i64,
        number: Option<String>,
        fields: Option<String>,
    }
}

impl Store {
    /// Likely the same, best first. A call that belongs to an incident is not shown that one.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn incidents_similar(&self, call: CallId, showing: &Showing<'_>) -> Result<Vec<SimilarView>, StoreError> {
        let mut tx = self.read().await?;
        let own = drafts::incident_of(&mut tx, call).await?;
        let (sheet, _) = drafts::load(&mut tx, call).await?;
        let sql = "SELECT number, direction FROM call WHERE call_id = $1";
        let known = fetch_optional!(tx, (Option<String>, String), sql, call.0)?;
        let drill = known.as_ref().is_some_and(|(_, direction)| direction == Direction::Drill.word());
        let number = known.and_then(|(number, _)| number);
        let since = showing.now.plus_ms(-CLOSED_FOR_MS).0;
        let rows = read::recent(&mut tx, since, CANDIDATES_MAX).await?;
        let reports = fetch_all!(
            tx,
            ReportRow,
            "SELECT COALESCE(i.root, i.incident_id) AS incident_id, t.at, c.number, d.fields
             FROM incident_call t JOIN incident i ON i.incident_id = t.incident_id
                  LEFT JOIN call c ON c.call_id = t.call_id LEFT JOIN draft d ON d.call_id = t.call_id
             WHERE i.closed_at IS NULL OR i.closed_at >= $1 ORDER BY t.at, t.call_id",
            since
        )?;
        let mut reported: BTreeMap<Uuid, Vec<ReportRow>> = BTreeMap::new();
        for report in reports {
            reported.entry(report.incident_id).or_default().push(report);
        }
        let mut candidates = Vec::with_capacity(rows.len());
        let mut calls = BTreeMap::new();
        // What is simulated is never the same as what is not.
        for row in rows.iter().filter(|row| row.drill == drill && own != Some(IncidentId(row.incident_id))) {
            let reports = reported.remove(&row.incident_id).unwrap_or_default();
            calls.insert(row.incident_id, u32::try_from(reports.len()).unwrap_or(u32::MAX));
            candidates.push(candidate(row, reports)?);
        }
        let found = similar(
            showing.city,
            &Asked { fields: &sheet.fields, number: number.as_deref() },
            &candidates,
            showing.now,
        );
        let mut shown = Vec::with_capacity(found.len());
        for one in found {
            let Some(row) = rows.iter().find(|row| row.incident_id == one.incident.0) else { continue };
            shown.push(SimilarView {
                incident_id: one.incident,
                number: u32::try_from(row.number).map_err(|_| StoreError::row("incident", "number"))?,
                status: if row.closed_at.is_some() { IncidentStatus::Closed } else { IncidentStatus::Open },
                type_label: showing.type_label(&row.incident_type),
                place: place_line(showing.city, &row.fields()?),
                opened_at: Timestamp(row.opened_at),
                calls: calls.get(&row.incident_id).copied().unwrap_or_default(),
                likely: one.likely,
                reasons: one.reasons,
            });
        }
        Ok(shown)
    }
}

fn candidate(row: &read::IncidentRow, reports: Vec<ReportRow>) -> Result<Candidate, StoreError> {
    let mut sheets = vec![row.fields()?];
    let (mut numbers, mut reported_at) = (Vec::new(), row.opened_at);
    for report in reports {
        reported_at = reported_at.max(report.at);
        numbers.extend(report.number);
        if let Some(fields) = report.fields {
            sheets.push(serde_json::from_str(&fields).map_err(|_| StoreError::row("draft", "fields"))?);
        }
    }
    Ok(Candidate {
        incident: IncidentId(row.incident_id),
        sheets,
        numbers,
        reported_at: Timestamp(reported_at),
        closed_at: row.closed_at.map(Timestamp),
    })
}
