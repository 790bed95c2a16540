//! For whom the machine makes a link: called back twice in vain, still on the list, no link that lives.

use crate::{Store, StoreError, tx::fetch_all};
use siaga_core::{
    ids::CallId,
    limits::CALL_BACK_STALE_MS,
    link::{CALL_BACKS_BEFORE_LINK, LINK_VALID_MS},
    time::Timestamp,
};
use uuid::Uuid;

/// At one look; the rest a second later.
const DUE_MAX: i64 = 50;

impl Store {
    /// The lost calls with their numbers (E.164), oldest first.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn links_due(&self, now: Timestamp) -> Result<Vec<(CallId, String)>, StoreError> {
        let mut tx = self.read().await?;
        // A mobile number in E.164: others get no message, and must not be asked for each second.
        let due = fetch_all!(
            tx,
            (Uuid, String),
            "SELECT c.call_id, c.number FROM callback c
             WHERE c.closed_at IS NULL AND c.since >= $1
               AND (c.number LIKE '+628%' OR c.number NOT LIKE '+62%')
               AND (SELECT COUNT(*) FROM callback_attempt a
                    WHERE a.callback_id = c.callback_id AND a.by_user IS NULL) >= $2
               AND NOT EXISTS (SELECT 1 FROM location_link l WHERE l.number = c.number AND l.made_at > $3)
             ORDER BY c.since, c.callback_id LIMIT $4",
            now.plus_ms(-CALL_BACK_STALE_MS).0,
            CALL_BACKS_BEFORE_LINK,
            now.plus_ms(-LINK_VALID_MS).0,
            DUE_MAX
        )?;
        Ok(due.into_iter().map(|(call, number)| (CallId(call), number)).collect())
    }
}
