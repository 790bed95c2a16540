//! Figures that somebody published, taken in.

use crate::{
    Store, StoreError,
    events::{self, NewEvent},
    tx::execute,
};
use serde_json::json;
use siaga_core::{ids::UserId, time::Timestamp, view::report::proceedings::Published};
use uuid::Uuid;

impl Store {
    /// Takes the rows in; one that is there already (same days, measure and source) gets the new value. Gives how many
    /// rows were new or changed.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: nothing was written.
    pub async fn published_import(
        &self,
        rows: &[Published],
        by: Option<UserId>,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let mut changed = 0;
        for row in rows {
            changed += execute!(
                tx,
                "INSERT INTO published_figure (from_day, to_day, measure, source, value, approximate)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (from_day, to_day, measure, source)
                 DO UPDATE SET value = excluded.value, approximate = excluded.approximate
                 WHERE published_figure.value <> excluded.value
                    OR published_figure.approximate <> excluded.approximate",
                &row.from,
                &row.to,
                &row.measure,
                &row.source,
                i64::try_from(row.value).unwrap_or(i64::MAX),
                row.approximate
            )?;
        }
        if changed > 0 {
            let body = json!({ "rows": rows, "changed": changed });
            events::append(
                &mut tx,
                NewEvent { actor: by, body, ..NewEvent::new(Uuid::now_v7(), at, "FiguresPublished") },
            )
            .await?;
        }
        tx.commit().await?;
        Ok(changed)
    }
}
