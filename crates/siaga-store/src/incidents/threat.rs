//! Whether a caller of an incident cannot speak freely, as whoever took the calls marked it. Nobody rings such a caller back,
//! and whoever goes there must know it before they go.

use super::{
    Showing, drafts,
    message::{self, Kind},
    read::{self, AssignmentRow},
};
use crate::{StoreError, Tx, outbox, tx::fetch_all};
use siaga_core::{
    call::live::Fact,
    ids::{CallId, IncidentId},
};
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

/// What the crews of a call's incident know, before something may change it. `None`: nobody is on the way.
pub(crate) struct Threat(Option<Known>);

struct Known {
    incident: IncidentId,
    threatened: bool,
    crews: Vec<AssignmentRow>,
}

impl Threat {
    pub(crate) async fn before(tx: &mut Tx, call: CallId) -> Result<Self, StoreError> {
        match drafts::incident_of(tx, call).await? {
            Some(incident) => Self::before_at(tx, incident).await,
            None => Ok(Self(None)),
        }
    }

    pub(super) async fn before_at(tx: &mut Tx, incident: IncidentId) -> Result<Self, StoreError> {
        let own = read::incident_row(tx, incident).await?;
        let root = read::standing(tx, &own).await?;
        if root.closed_at.is_some() {
            return Ok(Self(None));
        }
        let threatened = of_incident(tx, root.incident_id).await?;
        let crews = read::assignment_rows(tx, root.incident_id).await?;
        Ok(Self(Some(Known { incident: IncidentId(root.incident_id), threatened, crews })))
    }

    /// Every crew that has not ended hears of it at once: it goes out although nobody corrects the sheet.
    pub(crate) async fn tell_if_changed(self, tx: &mut Tx, showing: &Showing<'_>) -> Result<(), StoreError> {
        let Self(Some(known)) = self else { return Ok(()) };
        // It may have given way to another one meanwhile.
        let own = read::incident_row(tx, known.incident).await?;
        let root = read::standing(tx, &own).await?;
        if of_incident(tx, root.incident_id).await? == known.threatened {
            return Ok(());
        }
        for one in known.crews {
            if !one.assignment()?.is_ended() {
                // a crew knows the incident it was sent to, also when that one gave way
                let own = read::incident_row(tx, IncidentId(one.incident_id)).await?;
                let message = message::of(tx, Kind::Changed, &own, &one, showing).await?;
                outbox::put_changed(tx, one.assignment_id, &message, showing.now, showing.now).await?;
            }
        }
        Ok(())
    }
}
