//! Writing a campaign down, correcting it, cancelling it; each with its event in one transaction.

use super::one;
use crate::{
    Store, StoreError, Tx,
    events::{self, NewEvent},
    incidents::Actor,
    tx::{execute, fetch_optional},
};
use serde_json::json;
use siaga_core::{campaign::Campaign, ids::CampaignId, time::Timestamp};
use uuid::Uuid;

impl Store {
    /// Writes a checked campaign down. The same again is nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the id is that of another one.
    pub async fn campaign_create(
        &self,
        id: CampaignId,
        campaign: &Campaign,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if let Some(held) = one(&mut tx, id).await? {
            // Whoever sends one again that was cancelled meanwhile believes it stands.
            let same = held.campaign == *campaign && held.cancelled.is_none();
            return if same { Ok(()) } else { Err(StoreError::Conflict("this id has another campaign".into())) };
        }
        execute!(tx, "INSERT INTO campaign (campaign_id, version, entered_at) VALUES ($1, 1, $2)", id.0, now.0)?;
        version(&mut tx, id, 1, campaign, "", by, now).await?;
        tell(&mut tx, "CampaignEntered", by, now, json!({ "campaign_id": id, "campaign": campaign })).await?;
        tx.commit().await
    }

    /// A new version of it; the campaign as it stands is none. The same correction again, its answer lost, is nothing; another
    /// one from an earlier version is told, also when it comes to the same.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when somebody else changed or cancelled it meanwhile.
    pub async fn campaign_correct(
        &self,
        id: CampaignId,
        seen: i64,
        campaign: &Campaign,
        reason: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let held = one(&mut tx, id).await?.ok_or(StoreError::NotFound)?;
        let conflict = || StoreError::Conflict("the campaign was changed by somebody else".into());
        let next = seen.checked_add(1).ok_or_else(conflict)?;
        if held.cancelled.is_none() && held.campaign == *campaign {
            let sent_again = held.version == next && wrote(&mut tx, id, next, by, reason).await?;
            return if held.version == seen || sent_again { Ok(()) } else { Err(conflict()) };
        }
        let done = execute!(
            tx,
            "UPDATE campaign SET version = $3 WHERE campaign_id = $1 AND version = $2 AND cancelled_at IS NULL",
            id.0,
            seen,
            next
        )?;
        if done == 0 {
            return Err(conflict());
        }
        version(&mut tx, id, next, campaign, reason, by, now).await?;
        let what = json!({ "campaign_id": id, "version": next, "campaign": campaign, "reason": reason });
        tell(&mut tx, "CampaignCorrected", by, now, what).await?;
        tx.commit().await
    }

    /// It did not happen. A second time is nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn campaign_cancel(
        &self,
        id: CampaignId,
        reason: &str,
        by: Actor<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        one(&mut tx, id).await?.ok_or(StoreError::NotFound)?;
        let done = execute!(
            tx,
            "UPDATE campaign SET cancelled_at = $2, cancelled_by = $3, cancelled_name = $4, cancelled_reason = $5
             WHERE campaign_id = $1 AND cancelled_at IS NULL",
            id.0,
            now.0,
            by.user.0,
            by.name,
            reason
        )?;
        if done == 0 {
            return Ok(());
        }
        tell(&mut tx, "CampaignCancelled", by, now, json!({ "campaign_id": id, "reason": reason })).await?;
        tx.commit().await
    }
}

async fn version(
    tx: &mut Tx,
    id: CampaignId,
    version: i64,
    campaign: &Campaign,
    reason: &str,
    by: Actor<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(campaign).map_err(|error| StoreError::Bug(error.to_string()))?;
    execute!(
        *tx,
        "INSERT INTO campaign_version (campaign_id, version, at, by_user, by_name, reason, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id.0,
        version,
        now.0,
        by.user.0,
        by.name,
        reason,
        &body
    )?;
    Ok(())
}

/// This person wrote that version, for this reason.
async fn wrote(tx: &mut Tx, id: CampaignId, version: i64, by: Actor<'_>, reason: &str) -> Result<bool, StoreError> {
    let sql =
        "SELECT by_user FROM campaign_version WHERE campaign_id = $1 AND version = $2 AND by_user = $3 AND reason = $4";
    Ok(fetch_optional!(*tx, (Uuid,), sql, id.0, version, by.user.0, reason)?.is_some())
}

async fn tell(
    tx: &mut Tx,
    kind: &'static str,
    by: Actor<'_>,
    now: Timestamp,
    body: serde_json::Value,
) -> Result<(), StoreError> {
    events::append(tx, NewEvent { actor: Some(by.user), body, ..NewEvent::new(Uuid::now_v7(), now, kind) }).await?;
    Ok(())
}
