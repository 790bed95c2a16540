//! What the job does, without input but the world: proposals where the ladder asks for one, ends where time is over,
//! and back where the ground is gone. Doing it twice changes nothing.

use super::{Ground, ground, load, notice, save};
use crate::{Store, StoreError, Tx, tx::fetch_all};
use siaga_core::{
    ids::{CallId, SanctionId},
    limits::UNDO_MS,
    sanction::{Addressee, AppealOutcome, Author, Case, Refused, Rules, Sanction, SanctionState, propose},
    time::Timestamp,
};
use std::collections::BTreeSet;
use uuid::Uuid;

impl Store {
    /// Looks at every number whose prank was classed after `since`, at every open proposal and every running block.
    /// Gives what changed.
    ///
    /// # Errors
    /// [`StoreError::Gone`].
    pub async fn sanctions_look(&self, ground: &Ground<'_>, since: Timestamp) -> Result<Vec<SanctionId>, StoreError> {
        let mut tx = self.read().await?;
        let numbers = fetch_all!(
            tx,
            (String,),
            "SELECT DISTINCT number FROM call
             WHERE class = 'prank' AND class_by IS NOT NULL AND class_at > $1 AND class_at <= $2 AND number IS NOT NULL
                   AND direction = 'incoming' AND answered_at IS NOT NULL",
            since.0,
            ground.now.plus_ms(-UNDO_MS).0
        )?;
        let mut asked = Vec::new();
        for (number,) in numbers {
            if proposal(&mut tx, &number, ground).await?.is_some() {
                asked.push(number);
            }
        }
        let live = fetch_all!(
            tx,
            (Uuid,),
            "SELECT sanction_id FROM sanction WHERE state IN ('proposed', 'awaiting_second', 'in_force')
             ORDER BY changed_at, sanction_id"
        )?;
        let mut stale = Vec::new();
        for (id,) in live {
            let id = SanctionId(id);
            let sanction = load(&mut tx, id).await?;
            if after_time(&mut tx, sanction, ground).await?.is_some() {
                stale.push(id);
            }
        }
        drop(tx);
        let mut changed = Vec::new();
        for id in stale {
            let mut tx = self.begin().await?;
            let sanction = load(&mut tx, id).await?;
            if let Some((next, kind)) = after_time(&mut tx, sanction, ground).await? {
                save(&mut tx, id, &next, kind, None, ground.now).await?;
                // A block that a real report lifted: its number is told.
                if next.state() == SanctionState::Lifted {
                    notice::answered(&mut tx, id, &next, AppealOutcome::Lifted, ground).await?;
                }
                tx.commit().await?;
                changed.push(id);
            }
        }
        for number in asked {
            let mut tx = self.begin().await?;
            if let Some(proposed) = proposal(&mut tx, &number, ground).await? {
                let id = SanctionId(Uuid::now_v7());
                save(&mut tx, id, &proposed, "SanctionProposed", None, ground.now).await?;
                tx.commit().await?;
                changed.push(id);
            }
        }
        Ok(changed)
    }
}

/// What the ladder asks for about a number now.
async fn proposal(tx: &mut Tx, number: &str, ground: &Ground<'_>) -> Result<Option<Sanction>, StoreError> {
    let history = ground::history(tx, number, ground).await?;
    let immune = ground::immune(tx, number, ground).await?;
    let ladder = &ground.policy.sanction;
    let Some(proposal) = propose(&history, immune.as_ref(), ladder, ground.now) else { return Ok(None) };
    let case = Case { number: number.to_owned(), proposal, author: Author::Program, at: ground.now };
    // What the ladder asks for and the rules refuse is no proposal.
    Ok(Sanction::proposed(case, Rules { ladder, immune: immune.as_ref() }).ok())
}

/// What time and the world make of a sanction, if they make anything of it.
async fn after_time(
    tx: &mut Tx,
    sanction: Sanction,
    ground: &Ground<'_>,
) -> Result<Option<(Sanction, &'static str)>, StoreError> {
    let number = sanction.case().number.clone();
    if sanction.state() == SanctionState::InForce
        && let Ok(expired) = sanction.clone().expire(ground.now)
    {
        return Ok(Some((expired, "SanctionExpired")));
    }
    let immune = ground::immune(tx, &number, ground).await?;
    let why = match immune.filter(|immune| !immune.allows(sanction.case().proposal.step)) {
        Some(immune) => Some(immune.words()),
        None if is_groundless(tx, &sanction, ground).await? => Some(Refused::Groundless.to_string()),
        None => None,
    };
    Ok(why.and_then(|why| sanction.withdraw(&why, ground.now).ok()).map(|next| (next, "SanctionWithdrawn")))
}

/// Whether a proposal of the ladder rests on calls whose class was corrected since. What runs was decided by people.
pub(super) async fn is_groundless(tx: &mut Tx, sanction: &Sanction, ground: &Ground<'_>) -> Result<bool, StoreError> {
    let case = sanction.case();
    let open = matches!(sanction.state(), SanctionState::Proposed | SanctionState::AwaitingSecond);
    if !open || case.author != Author::Program || case.proposal.addressee == Addressee::Family {
        return Ok(false);
    }
    let stands: BTreeSet<CallId> =
        ground::history(tx, &case.number, ground).await?.pranks.into_iter().map(|prank| prank.call).collect();
    Ok(!case.proposal.pranks.iter().all(|call| stands.contains(call)))
}
