//! Writing, giving and taking a note; each with its event in one transaction.

use super::{
    HandoverError,
    read::{draft_of, state_of},
};
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    idempotency::{self, Claim},
    incidents::{Actor, Once},
    tx::{execute, fetch_optional},
};
use serde_json::json;
use siaga_core::{
    handover::{Handover, Signature},
    ids::{HandoverId, HandoverLineId},
    intake::{FieldProblem, NOTE_CHARS_MAX, note_text},
    time::Timestamp,
    view::handover::{HandoverDraft, OpenThing},
};
use uuid::Uuid;

fn signature(by: Actor<'_>, at: Timestamp) -> Signature {
    Signature { user: by.user, name: by.name.to_owned(), at }
}

/// The note that is being written; begun where there is none.
async fn writing(tx: &mut Tx, now: Timestamp) -> Result<HandoverId, StoreError> {
    let sql = "SELECT handover_id FROM handover WHERE state = 'writing'";
    if let Some((id,)) = fetch_optional!(*tx, (Uuid,), sql)? {
        return Ok(HandoverId(id));
    }
    let id = Uuid::now_v7();
    execute!(
        *tx,
        "INSERT INTO handover (handover_id, state, began_at, open_things) VALUES ($1, 'writing', $2, '[]')",
        id,
        now.0
    )?;
    Ok(HandoverId(id))
}

async fn add_line(
    tx: &mut Tx,
    note: HandoverId,
    line: HandoverLineId,
    text: &str,
    by: Actor<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let added = execute!(
        *tx,
        "INSERT INTO handover_line (line_id, handover_id, at, by_user, by_name, text) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (line_id) DO NOTHING",
        line.0,
        note.0,
        now.0,
        by.user.0,
        by.name,
        text
    )?;
    if added == 0 {
        return Ok(());
    }
    let event = NewEvent {
        actor: Some(by.user),
        body: json!({ "handover_id": note, "line_id": line, "by": by.name, "text": text }),
        ..NewEvent::new(Uuid::now_v7(), now, "HandoverNoted")
    };
    events::append(tx, event).await?;
    Ok(())
}

/// What was begun is in the note now. The revision goes on: an older page cannot bring the text back.
async fn empty_draft(tx: &mut Tx, by: Actor<'_>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE handover_draft SET revision = revision + 1, text = '', at = $2 WHERE user_id = $1";
    execute!(*tx, sql, by.user.0, now.0)?;
    Ok(())
}

impl Store {
    /// Keeps what a person began to write. The same text again is no change.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another page of this person saved meanwhile; [`HandoverError::Text`].
    pub async fn handover_draft_save(
        &self,
        base_revision: u32,
        text: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<HandoverDraft, HandoverError> {
        if text.chars().count() > NOTE_CHARS_MAX || text.contains('\0') {
            let problem = format!("paling banyak {NOTE_CHARS_MAX} karakter; masukkan dahulu yang sudah ditulis");
            return Err(HandoverError::Text(FieldProblem { field: "text".to_owned(), problem }));
        }
        let mut tx = self.begin().await?;
        let held = draft_of(&mut tx, by.user).await?;
        if held.text == text && held.saved_at.is_some() {
            return Ok(held);
        }
        if held.revision != base_revision {
            return Err(StoreError::Conflict("another page of this person wrote".into()).into());
        }
        execute!(
            tx,
            "INSERT INTO handover_draft (user_id, revision, at, text) VALUES ($1, $2, $3, $4)
             ON CONFLICT (user_id) DO UPDATE SET revision = excluded.revision, at = excluded.at, text = excluded.text",
            by.user.0,
            i64::from(base_revision) + 1,
            now.0,
            text
        )?;
        tx.commit().await?;
        Ok(HandoverDraft { revision: base_revision + 1, text: text.to_owned(), saved_at: Some(now) })
    }

    /// Adds a line to the note of this shift and empties the person's draft. The same line again changes nothing.
    ///
    /// # Errors
    /// [`HandoverError::Text`] for an empty or endless line.
    pub async fn handover_line_add(
        &self,
        line: HandoverLineId,
        text: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), HandoverError> {
        let text = note_text(text).map_err(HandoverError::Text)?;
        let mut tx = self.begin().await?;
        let known = "SELECT handover_id FROM handover_line WHERE line_id = $1";
        if fetch_optional!(tx, (Uuid,), known, line.0)?.is_some() {
            return Ok(());
        }
        let note = writing(&mut tx, now).await?;
        add_line(&mut tx, note, line, &text, by, now).await?;
        empty_draft(&mut tx, by, now).await?;
        Ok(tx.commit().await?)
    }

    /// The shift that ends signs: what is open stands in the note from now on, and what the signer began to write is its
    /// last line. A note without a line is a note too. The same command again signs nothing more.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn handover_give(
        &self,
        open: &[OpenThing],
        by: Actor<'_>,
        once: Option<Once<'_>>,
        now: Timestamp,
    ) -> Result<(), HandoverError> {
        let mut tx = self.begin().await?;
        if let Some(once) = once
            && idempotency::claim(&mut tx, once.scope, once.key, once.command, now).await? != Claim::New
        {
            return Ok(());
        }
        let note = writing(&mut tx, now).await?;
        if let Ok(text) = note_text(&draft_of(&mut tx, by.user).await?.text) {
            add_line(&mut tx, note, HandoverLineId(Uuid::now_v7()), &text, by, now).await?;
            empty_draft(&mut tx, by, now).await?;
        }
        state_of(&mut tx, note).await?.give(signature(by, now))?;
        let things = serde_json::to_string(open).map_err(|error| StoreError::Bug(error.to_string()))?;
        execute!(
            tx,
            "UPDATE handover SET state = 'given', given_at = $2, given_by = $3, given_name = $4, open_things = $5
             WHERE handover_id = $1 AND state = 'writing'",
            note.0,
            now.0,
            by.user.0,
            by.name,
            &things
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "handover_id": note, "by": by.name, "open": open }),
            ..NewEvent::new(Uuid::now_v7(), now, "HandoverGiven")
        };
        events::append(&mut tx, event).await?;
        if let Some(once) = once {
            idempotency::settle(&mut tx, once.scope, once.key, "").await?;
        }
        Ok(tx.commit().await?)
    }

    /// The shift that begins signs. Twice by the same person is once.
    ///
    /// # Errors
    /// [`HandoverError::Refused`]; [`StoreError::NotFound`].
    pub async fn handover_take(&self, note: HandoverId, by: Actor<'_>, now: Timestamp) -> Result<(), HandoverError> {
        let mut tx = self.begin().await?;
        let state = state_of(&mut tx, note).await?;
        let was_taken = matches!(state, Handover::Taken { .. });
        state.take(signature(by, now))?;
        if was_taken {
            return Ok(());
        }
        execute!(
            tx,
            "UPDATE handover SET state = 'taken', taken_at = $2, taken_by = $3, taken_name = $4
             WHERE handover_id = $1 AND state = 'given'",
            note.0,
            now.0,
            by.user.0,
            by.name
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            body: json!({ "handover_id": note, "by": by.name }),
            ..NewEvent::new(Uuid::now_v7(), now, "HandoverAcknowledged")
        };
        events::append(&mut tx, event).await?;
        Ok(tx.commit().await?)
    }
}
