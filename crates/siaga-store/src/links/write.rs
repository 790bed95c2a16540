//! What people here do: write to the caller, and read what came.

use super::{LinkError, arrive::digest};
use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_one},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, LineId},
    link,
    time::Timestamp,
};
use uuid::Uuid;

impl Store {
    /// A line to the caller: their page shows it within seconds.
    ///
    /// # Errors
    /// [`LinkError::Line`]; [`LinkError::NoOpenLink`] where the caller has nothing to read it with.
    pub async fn line_write(
        &self,
        call: CallId,
        text: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<LineId, LinkError> {
        let text = link::line(text).ok_or(LinkError::Line)?;
        let mut tx = self.begin().await?;
        let (number,) = fetch_one!(tx, (Option<String>,), "SELECT number FROM call WHERE call_id = $1", call.0)?;
        let number = number.ok_or(LinkError::NoOpenLink)?;
        let sql = "SELECT COUNT(*) FROM location_link WHERE number = $1 AND expires_at > $2";
        if fetch_one!(tx, (i64,), sql, &number, now.0)?.0 == 0 {
            return Err(LinkError::NoOpenLink);
        }
        let id = LineId(Uuid::now_v7());
        execute!(
            tx,
            "INSERT INTO caller_line (line_id, call_id, number, at, by_user, by_name, text)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id.0,
            call.0,
            &number,
            now.0,
            by.user.0,
            by.name,
            &text
        )?;
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            body: json!({ "line_id": id, "sha256": digest(text.as_bytes()) }),
            ..NewEvent::new(Uuid::now_v7(), now, "WroteToCaller")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Somebody here has read what this caller wrote so far; gives how many lines that were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn lines_read(&self, call: CallId, by: Actor<'_>, now: Timestamp) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let (number,) = fetch_one!(tx, (Option<String>,), "SELECT number FROM call WHERE call_id = $1", call.0)?;
        let read = execute!(
            tx,
            "UPDATE caller_line SET read_at = $3
             WHERE (number = $1 OR call_id = $2) AND by_user IS NULL AND read_at IS NULL",
            number,
            call.0,
            now.0
        )?;
        if read == 0 {
            return Ok(0);
        }
        let event = NewEvent {
            actor: Some(by.user),
            call: Some(call),
            body: json!({ "lines": read }),
            ..NewEvent::new(Uuid::now_v7(), now, "CallerLinesRead")
        };
        events::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(read)
    }
}
