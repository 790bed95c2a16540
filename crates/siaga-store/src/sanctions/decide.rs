//! People's decisions: propose by hand, approve, reject, lift, answer an appeal.

use super::{Ground, SanctionError, ground, id_of, is_done, load, look, notice, save, settle};
use crate::{Store, incidents::Once, tx::fetch_optional};
use siaga_core::{
    ids::SanctionId,
    phone::Caller,
    sanction::{
        Addressee, AppealOutcome, Author, Case, Decider, Proposal, Refused, Rules, Sanction, SanctionState, Step,
        notice::CODE_BYTES,
    },
    time::Timestamp,
};
use uuid::Uuid;

/// Who decides what, and why.
#[derive(Clone, Copy, Debug)]
pub struct Deciding<'a> {
    pub id: SanctionId,
    pub by: Decider<'a>,
    pub reason: &'a str,
    pub once: Option<Once<'a>>,
}

/// A proposal of a person.
#[derive(Clone, Copy, Debug)]
pub struct HandProposal<'a> {
    /// As typed.
    pub number: &'a str,
    pub step: Step,
    pub hours: Option<u32>,
}

impl Store {
    /// A shift lead proposes. `deciding.id` is the new one's.
    ///
    /// # Errors
    /// [`SanctionError::Number`], [`SanctionError::Open`], [`SanctionError::Refused`].
    pub async fn sanction_propose(
        &self,
        hand: HandProposal<'_>,
        deciding: Deciding<'_>,
        ground: &Ground<'_>,
    ) -> Result<SanctionId, SanctionError> {
        let Caller::Known(number) = Caller::read(hand.number) else { return Err(SanctionError::Number) };
        let number = number.e164().to_owned();
        let mut tx = self.begin().await?;
        if let Some(answer) = is_done(&mut tx, deciding.once, ground.now).await? {
            return id_of(&answer);
        }
        let open = fetch_optional!(
            tx,
            (Uuid,),
            "SELECT sanction_id FROM sanction WHERE number = $1 AND state IN ('proposed', 'awaiting_second')",
            &number
        )?;
        if open.is_some() {
            return Err(SanctionError::Open);
        }
        let pranks = ground::history(&mut tx, &number, ground).await?.pranks;
        let proposal = Proposal {
            step: hand.step,
            addressee: Addressee::Caller,
            hours: hand.hours,
            reasons: Vec::new(),
            pranks: pranks.iter().map(|prank| prank.call).collect(),
            newest_prank_at: pranks.last().map_or(Timestamp(0), |prank| prank.at),
        };
        let immune = ground::immune(&mut tx, &number, ground).await?;
        let case = Case { number, proposal, author: Author::Program, at: ground.now };
        let rules = Rules { ladder: &ground.policy.sanction, immune: immune.as_ref() };
        let proposed = Sanction::by_hand(case, &deciding.by, deciding.reason, rules)?;
        save(&mut tx, deciding.id, &proposed, "SanctionProposed", Some(deciding.by.user), ground.now).await?;
        settle(&mut tx, deciding.once, deciding.id).await?;
        tx.commit().await?;
        Ok(deciding.id)
    }

    /// One person more says yes. With the last one it begins, and the number is told; `chance` becomes the code with
    /// which it can disagree.
    ///
    /// # Errors
    /// [`SanctionError::Refused`].
    pub async fn sanction_approve(
        &self,
        deciding: Deciding<'_>,
        chance: [u8; CODE_BYTES],
        ground: &Ground<'_>,
    ) -> Result<(), SanctionError> {
        let mut tx = self.begin().await?;
        if is_done(&mut tx, deciding.once, ground.now).await?.is_some() {
            return Ok(());
        }
        let sanction = load(&mut tx, deciding.id).await?;
        if look::is_groundless(&mut tx, &sanction, ground).await? {
            return Err(Refused::Groundless.into());
        }
        let immune = ground::immune(&mut tx, &sanction.case().number, ground).await?;
        let rules = Rules { ladder: &ground.policy.sanction, immune: immune.as_ref() };
        let next = sanction.approve(&deciding.by, deciding.reason, rules, ground.now)?;
        save(&mut tx, deciding.id, &next, "SanctionApproved", Some(deciding.by.user), ground.now).await?;
        if matches!(next.state(), SanctionState::InForce | SanctionState::Given) {
            notice::begun(&mut tx, deciding.id, &next, chance, ground).await?;
        }
        settle(&mut tx, deciding.once, deciding.id).await?;
        Ok(tx.commit().await?)
    }

    /// Nothing comes of a proposal.
    ///
    /// # Errors
    /// [`SanctionError::Refused`].
    pub async fn sanction_reject(&self, deciding: Deciding<'_>, ground: &Ground<'_>) -> Result<(), SanctionError> {
        let mut tx = self.begin().await?;
        if is_done(&mut tx, deciding.once, ground.now).await?.is_some() {
            return Ok(());
        }
        let next = load(&mut tx, deciding.id).await?.reject(&deciding.by, deciding.reason, ground.now)?;
        save(&mut tx, deciding.id, &next, "SanctionRejected", Some(deciding.by.user), ground.now).await?;
        settle(&mut tx, deciding.once, deciding.id).await?;
        Ok(tx.commit().await?)
    }

    /// Takes back what stands; the number is told.
    ///
    /// # Errors
    /// [`SanctionError::Refused`].
    pub async fn sanction_lift(&self, deciding: Deciding<'_>, ground: &Ground<'_>) -> Result<(), SanctionError> {
        let mut tx = self.begin().await?;
        if is_done(&mut tx, deciding.once, ground.now).await?.is_some() {
            return Ok(());
        }
        let next = load(&mut tx, deciding.id).await?.lift(&deciding.by, deciding.reason, ground.now)?;
        save(&mut tx, deciding.id, &next, "SanctionLifted", Some(deciding.by.user), ground.now).await?;
        notice::answered(&mut tx, deciding.id, &next, AppealOutcome::Lifted, ground).await?;
        settle(&mut tx, deciding.once, deciding.id).await?;
        Ok(tx.commit().await?)
    }

    /// Answers an appeal; the number is told.
    ///
    /// # Errors
    /// [`SanctionError::Refused`].
    pub async fn sanction_answer(
        &self,
        deciding: Deciding<'_>,
        outcome: AppealOutcome,
        ground: &Ground<'_>,
    ) -> Result<(), SanctionError> {
        let mut tx = self.begin().await?;
        if is_done(&mut tx, deciding.once, ground.now).await?.is_some() {
            return Ok(());
        }
        let appealed = load(&mut tx, deciding.id).await?;
        let next = appealed.answer_appeal(outcome, &deciding.by, deciding.reason, ground.now)?;
        save(&mut tx, deciding.id, &next, "SanctionAppealAnswered", Some(deciding.by.user), ground.now).await?;
        notice::answered(&mut tx, deciding.id, &next, outcome, ground).await?;
        settle(&mut tx, deciding.once, deciding.id).await?;
        Ok(tx.commit().await?)
    }
}
