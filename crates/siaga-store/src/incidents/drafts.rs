//! The sheet of a call, saved as it is typed. It never touches the engine and never waits for anything outside.

use super::{Actor, IncidentError, Showing, message, notes, read, send};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    outbox,
    tx::{execute, fetch_optional},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, IncidentId},
    intake::Sheet,
    time::Timestamp,
    view::incident::{DraftChange, DraftView},
};
use uuid::Uuid;

type DraftRow = (i64, String, String, i64);

/// The sheet as it stands; an empty one where nothing was saved.
pub(super) async fn load(tx: &mut Tx, call: CallId) -> Result<(Sheet, Option<Timestamp>), StoreError> {
    let sql = "SELECT revision, fields, written_at, saved_at FROM draft WHERE call_id = $1";
    let Some((revision, fields, written_at, saved_at)) = fetch_optional!(*tx, DraftRow, sql, call.0)? else {
        return Ok((Sheet::default(), None));
    };
    let sheet = Sheet {
        revision: u32::try_from(revision).map_err(|_| StoreError::row("draft", "revision"))?,
        fields: serde_json::from_str(&fields).map_err(|_| StoreError::row("draft", "fields"))?,
        written_at: serde_json::from_str(&written_at).map_err(|_| StoreError::row("draft", "written_at"))?,
    };
    Ok((sheet, Some(Timestamp(saved_at))))
}

pub(super) async fn incident_of(tx: &mut Tx, call: CallId) -> Result<Option<IncidentId>, StoreError> {
    let row = fetch_optional!(*tx, (Uuid,), "SELECT incident_id FROM incident_call WHERE call_id = $1", call.0)?;
    Ok(row.map(|(id,)| IncidentId(id)))
}

async fn view(tx: &mut Tx, call: CallId, sheet: Sheet, saved_at: Option<Timestamp>) -> Result<DraftView, StoreError> {
    Ok(DraftView {
        call_id: call,
        revision: sheet.revision,
        fields: sheet.fields,
        notes: notes::of_call(tx, call).await?,
        saved_at,
        incident_id: incident_of(tx, call).await?,
    })
}

impl Store {
    /// The sheet of a call, revision 0 where nothing was saved yet.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn draft(&self, call: CallId) -> Result<DraftView, StoreError> {
        let mut tx = self.read().await?;
        let (sheet, saved_at) = load(&mut tx, call).await?;
        view(&mut tx, call, sheet, saved_at).await
    }

    /// Merges a change into the sheet, with its event. After sending, the open incident of the sheet follows it:
    /// what is asked after F9 reaches the crews too, by a message of its own.
    ///
    /// # Errors
    /// [`IncidentError::Merge`] when two people changed the same field, or a value does not fit: nothing was taken.
    pub async fn draft_save(
        &self,
        call: CallId,
        change: &DraftChange,
        showing: &Showing<'_>,
        by: Actor<'_>,
    ) -> Result<DraftView, IncidentError> {
        let now = showing.now;
        let mut tx = self.begin().await?;
        let (held, saved_at) = load(&mut tx, call).await?;
        let before = held.revision;
        let sheet = held.merge(change, showing.city)?;
        if sheet.revision == before {
            return Ok(view(&mut tx, call, sheet, saved_at).await?);
        }
        execute!(
            tx,
            "INSERT INTO draft (call_id, revision, fields, written_at, saved_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (call_id) DO UPDATE SET revision = excluded.revision, fields = excluded.fields,
                 written_at = excluded.written_at, saved_at = excluded.saved_at",
            call.0,
            i64::from(sheet.revision),
            super::json_text(&sheet.fields)?,
            super::json_text(&sheet.written_at)?,
            now.0
        )?;
        let incident = incident_of(&mut tx, call).await?;
        if let Some(incident) = incident {
            follow(self, &mut tx, incident, call, &sheet, showing).await?;
        }
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            incident,
            body: json!({ "revision": sheet.revision, "fields": change.fields }),
            ..NewEvent::new(Uuid::now_v7(), now, "DraftSaved")
        };
        events::append(&mut tx, event).await?;
        let view = view(&mut tx, call, sheet, Some(now)).await?;
        tx.commit().await?;
        Ok(view)
    }
}

/// The open incident takes over the sheet of the call that opened it; other calls keep theirs to themselves.
async fn follow(
    store: &Store,
    tx: &mut Tx,
    incident: IncidentId,
    call: CallId,
    sheet: &Sheet,
    showing: &Showing<'_>,
) -> Result<(), StoreError> {
    let row = read::incident_row(tx, incident).await?;
    // an incident that gave way to another one still has its own sheet and crews, as long as that one is open
    if row.opened_call != call.0 || read::standing(tx, &row).await?.closed_at.is_some() {
        return Ok(());
    }
    let mut fields = sheet.fields.clone();
    // an incident always has a type, also while the person is choosing another
    let incident_type = fields.incident_type.clone().unwrap_or(row.incident_type);
    fields.incident_type = Some(incident_type.clone());
    execute!(
        *tx,
        "UPDATE incident SET fields = $2, incident_type = $3, revision = revision + 1 WHERE incident_id = $1",
        incident.0,
        super::json_text(&fields)?,
        incident_type
    )?;
    let corrected = read::incident_row(tx, incident).await?;
    for one in read::assignment_rows(tx, incident.0).await?.into_iter().filter(|one| one.incident_id == incident.0) {
        if !one.assignment()?.is_ended() {
            let message = message::of(tx, message::Kind::Changed, &corrected, &one, showing).await?;
            outbox::put_changed(tx, one.assignment_id, &message, outbox::quiet_from(showing.now), showing.now).await?;
        }
    }
    send::tie_calls(store, tx, incident, showing.now).await
}
