//! The page of notes.

use crate::{
    Store, StoreError, Tx,
    tx::{fetch_all, fetch_one, fetch_optional, row},
};
use siaga_core::{
    handover::{Handover, Signature},
    ids::{HandoverId, HandoverLineId, UserId},
    time::Timestamp,
    view::handover::{HandoverDraft, HandoverLine, HandoverPage, HandoverView, OpenThing, SignedBy},
};
use uuid::Uuid;

/// Notes of the past that are shown: a month of three shifts a day.
const HISTORY_MAX: i64 = 90;

row! {
    struct NoteRow {
        handover_id: Uuid,
        began_at: i64,
        given_at: Option<i64>,
        given_by: Option<Uuid>,
        given_name: Option<String>,
        taken_at: Option<i64>,
        taken_by: Option<Uuid>,
        taken_name: Option<String>,
        open_things: String,
    }
}

fn signature(by: Option<Uuid>, name: Option<String>, at: Option<i64>) -> Option<Signature> {
    Some(Signature { user: UserId(by?), name: name?, at: Timestamp(at?) })
}

impl NoteRow {
    fn state(self) -> Handover {
        let given = signature(self.given_by, self.given_name, self.given_at);
        let taken = signature(self.taken_by, self.taken_name, self.taken_at);
        match (given, taken) {
            (None, _) => Handover::Writing,
            (Some(given), None) => Handover::Given { given },
            (Some(given), Some(taken)) => Handover::Taken { given, taken },
        }
    }

    async fn view(self, tx: &mut Tx) -> Result<HandoverView, StoreError> {
        let lines = fetch_all!(
            *tx,
            (Uuid, i64, String, String),
            "SELECT line_id, at, by_name, text FROM handover_line WHERE handover_id = $1 ORDER BY at, line_id",
            self.handover_id
        )?;
        let open: Vec<OpenThing> =
            serde_json::from_str(&self.open_things).map_err(|_| StoreError::row("handover", "open_things"))?;
        let line = |(id, at, by, text)| HandoverLine { line_id: HandoverLineId(id), at: Timestamp(at), by, text };
        let signed = |by: Option<Signature>| by.map(|by| SignedBy { user_id: by.user, name: by.name, at: by.at });
        Ok(HandoverView {
            handover_id: HandoverId(self.handover_id),
            began_at: Timestamp(self.began_at),
            lines: lines.into_iter().map(line).collect(),
            given: signed(signature(self.given_by, self.given_name, self.given_at)),
            taken: signed(signature(self.taken_by, self.taken_name, self.taken_at)),
            open,
        })
    }
}

async fn views(tx: &mut Tx, rows: Vec<NoteRow>) -> Result<Vec<HandoverView>, StoreError> {
    let mut views = Vec::with_capacity(rows.len());
    for row in rows {
        views.push(row.view(tx).await?);
    }
    Ok(views)
}

/// Where this note is.
pub(super) async fn state_of(tx: &mut Tx, note: HandoverId) -> Result<Handover, StoreError> {
    let sql =
        "SELECT handover_id, began_at, given_at, given_by, given_name, taken_at, taken_by, taken_name, open_things
               FROM handover WHERE handover_id = $1";
    Ok(fetch_one!(*tx, NoteRow, sql, note.0)?.state())
}

pub(super) async fn draft_of(tx: &mut Tx, user: UserId) -> Result<HandoverDraft, StoreError> {
    let sql = "SELECT revision, at, text FROM handover_draft WHERE user_id = $1";
    let held = fetch_optional!(*tx, (i64, i64, String), sql, user.0)?;
    Ok(held.map_or_else(HandoverDraft::default, |(revision, at, text)| HandoverDraft {
        revision: u32::try_from(revision).unwrap_or(u32::MAX),
        text,
        saved_at: Some(Timestamp(at)),
    }))
}

/// Since when the oldest note waits for the next shift.
pub(crate) async fn waiting_since(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MIN(given_at) FROM handover WHERE state = 'given'";
    let (since,) = fetch_one!(*tx, (Option<i64>,), sql)?;
    Ok(since.map(Timestamp))
}

impl Store {
    /// Everything the page shows to this person; `open` is what is open now.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn handovers(&self, user: UserId, open: Vec<OpenThing>) -> Result<HandoverPage, StoreError> {
        let mut tx = self.read().await?;
        let sql =
            "SELECT handover_id, began_at, given_at, given_by, given_name, taken_at, taken_by, taken_name, open_things
                   FROM handover WHERE state = $1 ORDER BY given_at LIMIT $2";
        let writing = fetch_all!(tx, NoteRow, sql, "writing", 1_i64)?;
        let waiting = fetch_all!(tx, NoteRow, sql, "given", HISTORY_MAX)?;
        let past = fetch_all!(
            tx,
            NoteRow,
            "SELECT handover_id, began_at, given_at, given_by, given_name, taken_at, taken_by, taken_name, open_things
             FROM handover WHERE state = 'taken' ORDER BY given_at DESC LIMIT $1",
            HISTORY_MAX
        )?;
        Ok(HandoverPage {
            open,
            writing: views(&mut tx, writing).await?.pop(),
            draft: draft_of(&mut tx, user).await?,
            waiting: views(&mut tx, waiting).await?,
            history: views(&mut tx, past).await?,
        })
    }
}
