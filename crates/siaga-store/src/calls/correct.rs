//! A person corrects the class of a call that is over. What may be is decided by `siaga_core::call::correction`.

use super::{CallRecord, NewClass};
use crate::{Store, StoreError, Tx, tx::fetch_optional, words::Word};
use siaga_core::{
    call::correction::{NoCorrection, Recorded, Reported, may_correct, may_deny},
    ids::{CallId, UserId},
    role::Role,
    time::Timestamp,
    view::{call::CallOutcome, desk::ClassChoice, desk::Direction, incident::IncidentOutcome},
};
use uuid::Uuid;

/// Who corrects.
#[derive(Clone, Copy, Debug)]
pub struct Corrector {
    pub user: UserId,
    pub role: Role,
}

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ClassError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Refused(#[from] NoCorrection),
}

impl Store {
    /// Corrects the class of an ended call; the figures follow. `id` is the event's.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`ClassError::Refused`] says what to do instead.
    pub async fn call_correct(
        &self,
        call: CallId,
        new: impl Into<NewClass<'_>>,
        by: Corrector,
        id: Uuid,
        at: Timestamp,
    ) -> Result<(), ClassError> {
        let new = new.into();
        let mut tx = self.begin().await?;
        let row = CallRecord::load(&mut tx, call).await?.ok_or(StoreError::NotFound)?;
        let recorded = Recorded {
            direction: Direction::read(&row.direction)?,
            outcome: CallOutcome::read_some(row.outcome.as_deref())?,
            call_taker: row.call_taker.map(UserId),
            class_by: row.class_by.map(UserId),
            reported: reported(&mut tx, call).await?,
        };
        may_correct(&recorded, new.choice, by.user, by.role)?;
        self.call_reclass(&mut tx, call, new, by.user, id, at).await?;
        Ok(tx.commit().await?)
    }

    /// Whether a class agrees with what an open call reported. The desk asks before it takes the class.
    ///
    /// # Errors
    /// [`StoreError::Gone`]: then the class stands, for it must not wait; [`NoCorrection::RealIncident`].
    pub async fn call_may_deny(&self, call: CallId, choice: &ClassChoice) -> Result<(), ClassError> {
        let mut tx = self.read().await?;
        Ok(may_deny(reported(&mut tx, call).await?, choice)?)
    }
}

/// What became of what a call reported. An incident that gave way to another is seen there.
async fn reported(tx: &mut Tx, call: CallId) -> Result<Reported, StoreError> {
    let found = fetch_optional!(
        *tx,
        (Option<String>, bool),
        "SELECT top.outcome,
                EXISTS (SELECT 1 FROM assignment WHERE assignment.state = 'nothing_found'
                        AND assignment.incident_id IN (own.incident_id, top.incident_id)) AS nothing_found
         FROM call LEFT JOIN incident own ON own.incident_id = call.incident_id
              LEFT JOIN incident top ON top.incident_id = COALESCE(own.root, own.incident_id)
         WHERE call.call_id = $1 AND call.incident_id IS NOT NULL",
        call.0
    )?;
    let Some((outcome, nothing_found)) = found else { return Ok(Reported::Nothing) };
    let outcome = outcome.as_deref().and_then(IncidentOutcome::from_key);
    let empty = matches!(outcome, Some(IncidentOutcome::NothingFound | IncidentOutcome::FalseReport));
    Ok(if empty || nothing_found { Reported::Withdrawn } else { Reported::Incident })
}
