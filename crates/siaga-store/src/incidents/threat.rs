//! Whether a caller of an incident cannot speak freely, as whoever took the calls marked it. Nobody rings such a caller back,
//! and whoever goes there must know it before they go.

use crate::{StoreError, Tx, tx::fetch_all};
use siaga_core::call::live::Fact;
use std::collections::BTreeSet;
use uuid::Uuid;

/// `incident` is the one that the others gave way to. One call with the mark is enough; taking it back counts for that call.
pub(super) async fn of_incident(tx: &mut Tx, incident: Uuid) -> Result<bool, StoreError> {
    let marks = fetch_all!(
        *tx,
        (Uuid, String),
        "SELECT event.call_id, event.body FROM event
         WHERE event.kind = 'DuressMarked' AND event.body IS NOT NULL AND event.call_id IN
               (SELECT call_id FROM incident_call WHERE incident_id IN
                       (SELECT incident_id FROM incident WHERE incident_id = $1 OR root = $1))
         ORDER BY event.seq",
        incident
    )?;
    let mut threatened = BTreeSet::new();
    for (call, body) in marks {
        match serde_json::from_str(&body) {
            Ok(Fact::Duress { on: false, .. }) => drop(threatened.remove(&call)),
            // A body that cannot be read is a mark all the same.
            _ => drop(threatened.insert(call)),
        }
    }
    Ok(!threatened.is_empty())
}
