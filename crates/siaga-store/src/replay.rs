//! Stored calls in their order, for a dry run of rules.

use crate::{
    Store, StoreError,
    calls::marked,
    tx::{fetch_all, fetch_one, row},
    words::Word,
};
use siaga_core::{class::Class, ids::CallId, policy::replay::ReplayCall, role::Role, time::Timestamp};
use uuid::Uuid;

row! {
    struct ReplayRow {
        call_id: Uuid,
        number: Option<String>,
        offered_at: i64,
        ended_at: Option<i64>,
        answered_at: Option<i64>,
        class: Option<String>,
        sub: Option<String>,
        class_at: Option<i64>,
        incident_type: Option<String>,
        role: Option<String>,
        nothing_found: bool,
    }
}

impl Store {
    /// How many calls came from a point in time on.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn replay_count(&self, from: Timestamp) -> Result<u32, StoreError> {
        let mut tx = self.read().await?;
        let sql = "SELECT COUNT(*) FROM call WHERE offered_at >= $1 AND direction = 'incoming' AND outcome IS NOT NULL";
        let (count,) = fetch_one!(tx, (i64,), sql, from.0)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// A page of calls after (time, id), oldest first. What an old ledger classed counts here as known at its end: a dry
    /// run asks what rules would do, not what anybody did.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn replay_page(&self, after: (Timestamp, CallId), limit: i64) -> Result<Vec<ReplayCall>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            ReplayRow,
            "SELECT call.call_id, number, offered_at, ended_at, answered_at, class, sub, class_at, incident_type, account.role,
                    (sub = 'false_report' AND EXISTS (
                        SELECT 1 FROM incident_call JOIN assignment
                               ON assignment.incident_id = incident_call.incident_id
                        WHERE incident_call.call_id = call.call_id AND assignment.state = 'nothing_found')) IS TRUE
                    AS nothing_found
             FROM call LEFT JOIN account ON account.user_id = call.class_by
             WHERE (offered_at > $1 OR (offered_at = $1 AND call.call_id > $2)) AND offered_at >= $1
                   AND direction = 'incoming' AND outcome IS NOT NULL
             ORDER BY offered_at, call.call_id LIMIT $3",
            after.0.0,
            after.1.0,
            limit
        )?;
        let marked = marked::since(&mut tx, after.0).await?;
        let call = |mut row: ReplayRow| {
            let nuisance = Class::read_some(row.class.as_deref())?.is_some_and(Class::is_nuisance);
            if nuisance && marked.contains_key(&CallId(row.call_id)) {
                (row.class, row.sub, row.answered_at) = (None, None, None);
            }
            let known_at = Timestamp(row.class_at.or(row.ended_at).unwrap_or(row.offered_at));
            let by_lead = row.role.as_deref() == Some(Role::ShiftLead.key());
            Ok(ReplayCall {
                call: CallId(row.call_id),
                number: row.number,
                at: Timestamp(row.offered_at),
                class: Class::read_some(row.class.as_deref())?,
                sub: row.sub,
                incident_type: row.incident_type,
                talked_ms: row.ended_at.zip(row.answered_at).map(|(end, start)| (end - start) / 1_000),
                known_at,
                nothing_found: row.nothing_found.then_some(known_at),
                confirmed: by_lead.then_some(known_at),
            })
        };
        rows.into_iter().map(call).collect()
    }

    /// The newest real report of each number before a point in time.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn reported_before(&self, before: Timestamp) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let mut tx = self.read().await?;
        let rows = fetch_all!(
            tx,
            (String, i64),
            "SELECT number, MAX(offered_at) FROM call
             WHERE class = 'emergency' AND offered_at < $1 AND number IS NOT NULL AND direction <> 'drill' GROUP BY number",
            before.0
        )?;
        Ok(rows.into_iter().map(|(number, at)| (number, Timestamp(at))).collect())
    }
}
