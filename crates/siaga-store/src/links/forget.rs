//! What callers sent goes with its call: positions, lines, photos and links leave together; the chain keeps that they were.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    tx::{execute, fetch_all},
};
use serde_json::json;
use siaga_core::{ids::CallId, time::Timestamp};
use std::path::{Path, PathBuf};
use uuid::Uuid;

impl Store {
    /// Takes away all that came over the links of a call whose retention is over, and its positions; gives the files of
    /// its photos, which are deleted after the commit. Rows that are gone already are no error.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn call_forget_sent(
        &self,
        call: CallId,
        folder: &Path,
        now: Timestamp,
    ) -> Result<Vec<PathBuf>, StoreError> {
        let mut tx = self.begin().await?;
        let files = fetch_all!(
            tx,
            (String,),
            "SELECT photo_file FROM caller_line WHERE call_id = $1 AND photo_file IS NOT NULL",
            call.0
        )?;
        let positions = execute!(tx, "DELETE FROM caller_position WHERE call_id = $1", call.0)?;
        let lines = execute!(tx, "DELETE FROM caller_line WHERE call_id = $1", call.0)?;
        execute!(
            tx,
            "DELETE FROM outbox WHERE link_id IN (SELECT link_id FROM location_link WHERE call_id = $1)",
            call.0
        )?;
        let links = execute!(tx, "DELETE FROM location_link WHERE call_id = $1", call.0)?;
        if positions + lines + links > 0 {
            let event = NewEvent {
                call: Some(call),
                body: json!({ "positions": positions, "lines": lines, "links": links }),
                ..NewEvent::new(Uuid::now_v7(), now, "CallerDataRemoved")
            };
            events::append(&mut tx, event).await?;
        }
        tx.commit().await?;
        Ok(files.into_iter().map(|(file,)| folder.join(file)).collect())
    }
}
