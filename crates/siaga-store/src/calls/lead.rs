//! Who was beside a call, as its events tell: it has no row of its own.

use crate::{Store, StoreError, tx::fetch_all};
use siaga_core::{
    ids::{CallId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

/// Events of leads on one call that are looked at, the newest: a minute of pressing keys.
const EVENTS_MAX: i64 = 200;

impl Store {
    /// The shift lead whose coming to this call has no end on the record, and since when: their process was killed.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn lead_left_on(&self, call: CallId) -> Result<Option<(UserId, Timestamp)>, StoreError> {
        let mut tx = self.read().await?;
        let newest_first = fetch_all!(
            tx,
            (String, Option<Uuid>, i64),
            "SELECT kind, actor, at FROM event
             WHERE call_id = $1 AND kind IN ('CallSupervised', 'CallSupervisionEnded') ORDER BY seq DESC LIMIT $2",
            call.0,
            EVENTS_MAX
        )?;
        let open = newest_first.into_iter().take_while(|(kind, ..)| kind == "CallSupervised");
        Ok(open.last().and_then(|(_, by, at)| Some((UserId(by?), Timestamp(at)))))
    }
}
