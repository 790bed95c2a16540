//! The figures made anew from calls and events: once after an update that brought tables, or when somebody damaged them.

use super::{Table, check::months};
use crate::{
    Store, StoreError, Tx,
    calls::seat_change,
    tx::{execute, fetch_all, fetch_one},
};
use siaga_core::{
    call::live::Fact,
    time::{LocalDay, Timestamp},
};

/// The shape of the tables that this program keeps; grows when a table or a cell's meaning changes.
const SHAPE: i64 = 2;
/// Events read at once.
const EVENTS_PAGE: i64 = 1_000;

/// How far a rebuild is: months done of all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rebuilt {
    pub done: usize,
    pub all: usize,
}

/// Whether the tables have the shape that this program reads.
pub async fn are_current(tx: &mut Tx) -> Result<bool, StoreError> {
    let (shape,) = fetch_one!(*tx, (i64,), "SELECT shape FROM rollup_shape WHERE id = 1")?;
    Ok(shape >= SHAPE)
}

impl Store {
    /// Makes the figures anew where an older program wrote them. Gives whether it did.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: nothing is half done; the next start tries again.
    pub async fn rollups_up_to_date(&self, progress: impl FnMut(Rebuilt)) -> Result<bool, StoreError> {
        if are_current(&mut self.read().await?).await? {
            return Ok(false);
        }
        self.rollups_rebuild(progress).await?;
        Ok(true)
    }

    /// Counts all calls anew, a month per transaction.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn rollups_rebuild(&self, mut progress: impl FnMut(Rebuilt)) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        let months = months(&mut tx, LocalDay(0), LocalDay(99_991_231)).await?;
        drop(tx);
        for (done, days) in months.iter().enumerate() {
            progress(Rebuilt { done, all: months.len() });
            let mut tx = self.begin().await?;
            for table in Table::ALL {
                let sql = match table {
                    Table::Day => "DELETE FROM call_day WHERE local_day >= $1 AND local_day <= $2",
                    Table::Hour => "DELETE FROM call_hour WHERE local_day >= $1 AND local_day <= $2",
                    Table::Wait => "DELETE FROM call_wait WHERE local_day >= $1 AND local_day <= $2",
                    Table::Taker => "DELETE FROM taker_day WHERE local_day >= $1 AND local_day <= $2",
                };
                execute!(tx, sql, days.0, days.1)?;
            }
            self.recount(&mut tx, *days).await?.write(&mut tx).await?;
            tx.commit().await?;
        }
        self.seats_rebuild().await?;
        progress(Rebuilt { done: months.len(), all: months.len() });
        let mut tx = self.begin().await?;
        execute!(tx, "UPDATE rollup_shape SET shape = $1 WHERE id = 1", SHAPE)?;
        tx.commit().await
    }

    async fn seats_rebuild(&self) -> Result<(), StoreError> {
        let mut after = 0;
        loop {
            let mut tx = self.begin().await?;
            let events = fetch_all!(
                tx,
                (i64, i64, Option<String>),
                "SELECT seq, at, body FROM event WHERE kind = 'AgentStateChange' AND seq > $1 ORDER BY seq LIMIT $2",
                after,
                EVENTS_PAGE
            )?;
            let Some((last, ..)) = events.last() else { return Ok(()) };
            after = *last;
            for (_, at, body) in &events {
                // A body that retention took away says nothing about seats any more.
                let fact = body.as_deref().and_then(|body| serde_json::from_str::<Fact>(body).ok());
                if let Some(fact) = fact {
                    seat_change::apply(&mut tx, Timestamp(*at), &fact).await?;
                }
            }
            tx.commit().await?;
        }
    }
}
