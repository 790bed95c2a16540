//! Nuisance calls that a second person codes by their sound alone.
//!
//! `draw.rs` draws them, `read.rs` says what is due and how the two codings agree, here they are coded and settled. Nothing
//! that a coder is told names the call.

mod draw;
mod read;

use crate::{
    Store, StoreError,
    calls::clean,
    events::{self, NewEvent},
    tx::{execute, fetch_optional, row},
    words::Word,
};
use serde_json::json;
use siaga_core::{
    class::Class,
    ids::{CallId, CodingId, UserId},
    time::Timestamp,
    view::coding::{SecondClass, SettleFound},
};
use uuid::Uuid;

/// Why a coding is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CodingError {
    /// This person took the call or gave its first class.
    #[error("the first coder codes nothing twice")]
    OwnCall,
    #[error("it was coded already")]
    Coded,
    /// It is not one that was found to be real, or it was settled.
    #[error("there is nothing to settle")]
    NothingToSettle,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a second class led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodedCall {
    pub call: CallId,
    /// The second class is an emergency: who it was, if known.
    pub found_real: Option<Option<String>>,
}

row! {
    struct CodingRow {
        call_id: Uuid,
        first_class: String,
        first_by: Option<Uuid>,
        call_taker: Option<Uuid>,
        class: Option<String>,
        coded_at: Option<i64>,
        settled_at: Option<i64>,
    }
}

impl CodingRow {
    fn is_own(&self, person: UserId) -> bool {
        [self.first_by, self.call_taker].contains(&Some(person.0))
    }
}

const SELECT: &str = "SELECT call_id, first_class, first_by, call_taker, class, coded_at, settled_at
                      FROM coding WHERE coding_id = $1";

impl Store {
    /// The call behind a coding, for the ears of a person who may code it.
    ///
    /// # Errors
    /// [`CodingError::OwnCall`], [`CodingError::Coded`]; [`StoreError::NotFound`].
    pub async fn coding_call(&self, coding: CodingId, person: UserId) -> Result<CallId, CodingError> {
        let mut tx = self.read().await?;
        let row = fetch_optional!(tx, CodingRow, SELECT, coding.0)?.ok_or(StoreError::NotFound)?;
        open_for(&row, person)?;
        Ok(CallId(row.call_id))
    }

    /// Writes the second class down, once.
    ///
    /// # Errors
    /// As [`Store::coding_call`].
    pub async fn coding_give(
        &self,
        coding: CodingId,
        second: &SecondClass,
        person: UserId,
        at: Timestamp,
    ) -> Result<CodedCall, CodingError> {
        let mut tx = self.begin().await?;
        let row = fetch_optional!(tx, CodingRow, SELECT, coding.0)?.ok_or(StoreError::NotFound)?;
        open_for(&row, person)?;
        let sub = second.sub.as_deref().map(clean);
        execute!(
            tx,
            "UPDATE coding SET class = $2, sub = $3, coded_by = $4, coded_at = $5 WHERE coding_id = $1",
            coding.0,
            second.class.word(),
            &sub,
            person.0,
            at.0
        )?;
        let call = CallId(row.call_id);
        let body = json!({ "coding": coding, "first": row.first_class, "second": second.class, "sub": sub });
        let event = NewEvent::new(Uuid::now_v7(), at, "CallCodedAgain");
        events::append(&mut tx, NewEvent { actor: Some(person), call: Some(call), body, ..event }).await?;
        let found_real = match second.class {
            Class::Emergency => {
                let sql = "SELECT number FROM call WHERE call_id = $1";
                let number = fetch_optional!(tx, (Option<String>,), sql, call.0)?;
                Some(number.and_then(|(number,)| number))
            }
            _ => None,
        };
        tx.commit().await?;
        Ok(CodedCall { call, found_real })
    }

    /// A shift lead says what became of a call that was found to be real.
    ///
    /// # Errors
    /// [`CodingError::NothingToSettle`]; [`StoreError::NotFound`].
    pub async fn coding_settle(
        &self,
        coding: CodingId,
        settled: &SettleFound,
        person: UserId,
        at: Timestamp,
    ) -> Result<(), CodingError> {
        let mut tx = self.begin().await?;
        let row = fetch_optional!(tx, CodingRow, SELECT, coding.0)?.ok_or(StoreError::NotFound)?;
        if row.class.as_deref() != Some(Class::Emergency.word()) || row.settled_at.is_some() {
            return Err(CodingError::NothingToSettle);
        }
        let words = clean(settled.words.trim());
        execute!(
            tx,
            "UPDATE coding SET settled_at = $2, settled_by = $3, settled_real = $4, settled_words = $5
             WHERE coding_id = $1",
            coding.0,
            at.0,
            person.0,
            settled.real,
            &words
        )?;
        let body = json!({ "coding": coding, "real": settled.real, "words": words });
        let event = NewEvent::new(Uuid::now_v7(), at, "FoundCallSettled");
        let call = Some(CallId(row.call_id));
        events::append(&mut tx, NewEvent { actor: Some(person), call, body, ..event }).await?;
        Ok(tx.commit().await?)
    }
}

fn open_for(row: &CodingRow, person: UserId) -> Result<(), CodingError> {
    if row.is_own(person) {
        return Err(CodingError::OwnCall);
    }
    if row.coded_at.is_some() { Err(CodingError::Coded) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
