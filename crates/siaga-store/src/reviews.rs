//! Score forms of drawn calls: filled in by somebody else, seen and answered by who took the call.
//!
//! `draw.rs` draws and assigns them, `read.rs` answers the screens, here they are saved, finished and commented.

mod draw;
mod read;

use crate::{
    Store, StoreError, Tx,
    calls::clean,
    events::{self, NewEvent},
    tx::{execute, fetch_optional, row},
};
use serde_json::json;
use siaga_core::{
    ids::{CallId, ReviewId, UserId},
    review::form::{FormProblem, ReviewForm, ReviewMark},
    time::Timestamp,
    view::review::{ReviewView, SaveReview},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Why a form is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ReviewError {
    /// Nobody reviews their own call.
    #[error("the call is the person's own")]
    OwnCall,
    /// Only who took the call comments, once, after the form is finished.
    #[error("there is nothing for this person to comment")]
    NoComment,
    /// Somebody else saved meanwhile; the revision as it is.
    #[error("it was saved by somebody else meanwhile")]
    Overtaken,
    #[error("it is finished and stays as it is")]
    Finished,
    #[error(transparent)]
    Form(#[from] FormProblem),
    #[error(transparent)]
    Store(#[from] StoreError),
}

row! {
    struct HeldRow {
        call_id: Uuid,
        call_taker: Uuid,
        form: String,
        marks: String,
        revision: i64,
        finished_at: Option<i64>,
        commented_at: Option<i64>,
    }
}

async fn held(tx: &mut Tx, review: ReviewId) -> Result<HeldRow, StoreError> {
    let sql = "SELECT call_id, call_taker, form, marks, revision, finished_at, commented_at
               FROM review WHERE review_id = $1";
    fetch_optional!(*tx, HeldRow, sql, review.0)?.ok_or(StoreError::NotFound)
}

fn form(text: &str) -> Result<ReviewForm, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::row("review", "form"))
}

fn marks(text: &str) -> Result<BTreeMap<String, ReviewMark>, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::row("review", "marks"))
}

fn written(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Bug(error.to_string()))
}

impl HeldRow {
    fn open_for(&self, person: UserId) -> Result<(), ReviewError> {
        if self.call_taker == person.0 {
            return Err(ReviewError::OwnCall);
        }
        if self.finished_at.is_some() { Err(ReviewError::Finished) } else { Ok(()) }
    }
}

impl Store {
    /// Keeps the form as it stands on a screen.
    ///
    /// # Errors
    /// [`ReviewError`]: nothing was kept.
    pub async fn review_save(
        &self,
        review: ReviewId,
        save: &SaveReview,
        person: UserId,
        at: Timestamp,
    ) -> Result<ReviewView, ReviewError> {
        let mut tx = self.begin().await?;
        let row = held(&mut tx, review).await?;
        row.open_for(person)?;
        if row.revision != i64::from(save.base_revision) {
            return Err(ReviewError::Overtaken);
        }
        form(&row.form)?.check(&save.marks, &save.remark)?;
        execute!(
            tx,
            "UPDATE review SET marks = $2, remark = $3, revision = revision + 1, saved_at = $4, reviewer = $5
             WHERE review_id = $1",
            review.0,
            written(&save.marks)?,
            clean(&save.remark),
            at.0,
            person.0
        )?;
        let body =
            json!({ "review": review, "revision": row.revision + 1, "marks": save.marks, "remark": save.remark });
        told(&mut tx, "ReviewSaved", &row, person, body, at).await?;
        let view = read::one(&mut tx, review).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// Closes a form that is whole; from now on who took the call sees it.
    ///
    /// # Errors
    /// [`ReviewError`].
    pub async fn review_finish(
        &self,
        review: ReviewId,
        person: UserId,
        at: Timestamp,
    ) -> Result<ReviewView, ReviewError> {
        let mut tx = self.begin().await?;
        let row = held(&mut tx, review).await?;
        row.open_for(person)?;
        let (form, marks) = (form(&row.form)?, marks(&row.marks)?);
        form.whole(&marks)?;
        let sql = "UPDATE review SET finished_at = $2, reviewer = $3 WHERE review_id = $1";
        execute!(tx, sql, review.0, at.0, person.0)?;
        let body = json!({ "review": review, "form": form.version, "marks": marks });
        told(&mut tx, "ReviewFinished", &row, person, body, at).await?;
        let view = read::one(&mut tx, review).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// What who took the call says to a finished form, once.
    ///
    /// # Errors
    /// [`ReviewError::NoComment`].
    pub async fn review_comment(
        &self,
        review: ReviewId,
        words: &str,
        person: UserId,
        at: Timestamp,
    ) -> Result<ReviewView, ReviewError> {
        let mut tx = self.begin().await?;
        let row = held(&mut tx, review).await?;
        if row.call_taker != person.0 || row.finished_at.is_none() || row.commented_at.is_some() {
            return Err(ReviewError::NoComment);
        }
        let words = clean(words.trim());
        let sql = "UPDATE review SET comment = $2, commented_at = $3 WHERE review_id = $1";
        execute!(tx, sql, review.0, &words, at.0)?;
        told(&mut tx, "ReviewCommented", &row, person, json!({ "review": review, "words": words }), at).await?;
        let view = read::one(&mut tx, review).await?;
        tx.commit().await?;
        Ok(view)
    }
}

async fn told(
    tx: &mut Tx,
    kind: &'static str,
    row: &HeldRow,
    person: UserId,
    body: serde_json::Value,
    at: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent::new(Uuid::now_v7(), at, kind);
    events::append(tx, NewEvent { actor: Some(person), call: Some(CallId(row.call_id)), body, ..event }).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
