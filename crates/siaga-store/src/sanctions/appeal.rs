//! The number's user disagrees, by the code of the notice. Who asks learns nothing from the answer.

use super::{load, notice::code_hash, save};
use crate::{Store, StoreError, tx::fetch_optional};
use siaga_core::{ids::SanctionId, sanction::notice::read_code, time::Timestamp};
use uuid::Uuid;

/// What came of it: for the consoles, never for the person at the public page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Appealed {
    Taken(SanctionId),
    /// No such code, or it was used, or nothing stands any more.
    Nothing,
}

impl Store {
    /// Takes an appeal.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn sanction_appeal(&self, typed: &str, text: &str, now: Timestamp) -> Result<Appealed, StoreError> {
        let Some(code) = read_code(typed) else { return Ok(Appealed::Nothing) };
        let hash = code_hash(&code);
        let sql = "SELECT sanction_id FROM sanction WHERE appeal_hash = $1";
        // A wrong code must not cost the writer's turn.
        let mut tx = self.read().await?;
        let Some((id,)) = fetch_optional!(tx, (Uuid,), sql, hash)? else { return Ok(Appealed::Nothing) };
        drop(tx);
        let id = SanctionId(id);
        let mut tx = self.begin().await?;
        let Ok(appealed) = load(&mut tx, id).await?.appeal(&text.replace('\0', ""), now) else {
            return Ok(Appealed::Nothing);
        };
        save(&mut tx, id, &appealed, "SanctionAppealed", None, now).await?;
        tx.commit().await?;
        Ok(Appealed::Taken(id))
    }
}
