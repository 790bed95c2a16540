//! What the ladder looks at: a number's confirmed pranks, its real reports, what was decided before.

use super::read_body;
use crate::{
    StoreError, Tx,
    calls::marked,
    tx::{fetch_all, fetch_one, row},
};
use siaga_core::{
    city::City,
    ids::CallId,
    limits::UNDO_MS,
    policy::Policy,
    role::Role,
    sanction::{History, Immune, Prank, PrankKind, immunity},
    time::Timestamp,
};
use uuid::Uuid;

/// What is in force at the moment of a decision.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub city: &'a City,
    pub policy: &'a Policy,
    /// In front of `/keberatan` in notices.
    pub base_url: &'a str,
    pub now: Timestamp,
}

row! {
    struct PrankRow {
        call_id: Uuid,
        offered_at: i64,
        sub: Option<String>,
        class_at: i64,
        role: Option<String>,
        nothing_found: bool,
    }
}

/// Confirmed pranks of the last window: answered by a person of this centre, classed by one, past the moment of undo, and
/// reporting no incident that stands, by a caller who was free to speak. What nobody answered is proof of nothing; what an
/// old ledger says was heard by nobody here. Who confirms a false report is a shift lead who gave it that class.
pub(super) async fn history(tx: &mut Tx, number: &str, ground: &Ground<'_>) -> Result<History, StoreError> {
    let rows = fetch_all!(
        *tx,
        PrankRow,
        "SELECT call.call_id, offered_at, sub, class_at, account.role,
                EXISTS (SELECT 1 FROM incident_call JOIN assignment ON assignment.incident_id = incident_call.incident_id
                        WHERE incident_call.call_id = call.call_id AND assignment.state = 'nothing_found') AS nothing_found
         FROM call LEFT JOIN account ON account.user_id = call.class_by
              LEFT JOIN incident own ON own.incident_id = call.incident_id
              LEFT JOIN incident top ON top.incident_id = COALESCE(own.root, own.incident_id)
         WHERE call.number = $1 AND offered_at > $2 AND class = 'prank' AND class_by IS NOT NULL AND class_at <= $3
               AND direction = 'incoming' AND answered_at IS NOT NULL AND import_id IS NULL
               AND (call.incident_id IS NULL OR top.outcome IN ('nothing_found', 'false_report')
                    OR EXISTS (SELECT 1 FROM assignment WHERE assignment.state = 'nothing_found'
                               AND assignment.incident_id IN (own.incident_id, top.incident_id)))
         ORDER BY offered_at",
        number,
        ground.now.plus_ms(-ground.policy.sanction.window_ms()).0,
        ground.now.plus_ms(-UNDO_MS).0
    )?;
    let prank = |row: PrankRow| {
        let classed = Timestamp(row.class_at);
        let by_lead = row.role.as_deref() == Some(Role::ShiftLead.key());
        let kind = PrankKind::of(row.sub.as_deref(), row.nothing_found.then_some(classed), by_lead.then_some(classed));
        Prank { call: CallId(row.call_id), at: Timestamp(row.offered_at), kind }
    };
    let marked = marked::of_number(tx, number).await?;
    let pranks = rows.into_iter().map(prank).filter(|prank| !marked.contains_key(&prank.call)).collect();
    let bodies =
        fetch_all!(*tx, (String,), "SELECT body FROM sanction WHERE number = $1 ORDER BY proposed_at", number)?;
    let sanctions = bodies.iter().map(|(body,)| Ok(read_body(body)?.past())).collect::<Result<_, StoreError>>()?;
    Ok(History { pranks, sanctions })
}

/// Whether the number is out of reach now.
pub(super) async fn immune(tx: &mut Tx, number: &str, ground: &Ground<'_>) -> Result<Option<Immune>, StoreError> {
    let (real_at,) = fetch_one!(
        *tx,
        (Option<i64>,),
        "SELECT MAX(offered_at) FROM call WHERE number = $1 AND class = 'emergency' AND direction <> 'drill'",
        number
    )?;
    Ok(immunity(Some(number), ground.city, real_at.map(Timestamp), &ground.policy.sanction, ground.now))
}
