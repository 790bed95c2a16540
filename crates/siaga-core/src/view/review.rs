//! Score forms of drawn calls.

use crate::{
    ids::{CallId, ReviewId},
    review::form::{ReviewForm, ReviewMark},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One drawn call with its form. Answer of `GET /api/reviews/{id}` and of each save; rows of `GET /api/reviews/mine`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewView {
    pub review_id: ReviewId,
    pub call_id: CallId,
    pub offered_at: Timestamp,
    pub due_at: Timestamp,
    /// Who took the call.
    pub call_taker: Option<String>,
    /// Who shall fill the form in, or did; absent: nobody is free to, which is loud.
    pub reviewer: Option<String>,
    pub form: ReviewForm,
    pub marks: BTreeMap<String, ReviewMark>,
    pub remark: String,
    /// 0: nothing saved yet.
    pub revision: u32,
    pub saved_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// What the call-taker says to it.
    pub comment: Option<String>,
    pub commented_at: Option<Timestamp>,
}

/// `GET /api/reviews`: what this person may fill in, soonest due first; what was finished lately; the team's figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewBoard {
    pub due: Vec<ReviewRow>,
    pub done: Vec<ReviewRow>,
    pub months: Vec<ReviewMonth>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewRow {
    pub review_id: ReviewId,
    pub offered_at: Timestamp,
    pub due_at: Timestamp,
    pub overdue: bool,
    pub reviewer: Option<String>,
    /// Assigned to who asks.
    pub mine: bool,
    /// The call was taken by who asks: somebody else reviews it.
    pub own_call: bool,
    pub begun: bool,
    pub finished_at: Option<Timestamp>,
    pub commented: bool,
}

/// Figures of the team by month of the call. Never by person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewMonth {
    /// yyyymm.
    pub month: i32,
    pub drawn: u32,
    pub finished: u32,
    pub overdue: u32,
    /// Finished after they were due.
    pub late: u32,
    pub items: Vec<ReviewItemCount>,
}

/// One thing of the forms: how often it was there, of how often it was needed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReviewItemCount {
    pub label: String,
    pub yes: u32,
    pub needed: u32,
}

/// Body of `PUT /api/reviews/{id}`: the whole form as it stands on the screen.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SaveReview {
    /// The revision the person was looking at.
    pub base_revision: u32,
    pub marks: BTreeMap<String, ReviewMark>,
    pub remark: String,
}

/// Body of `POST /api/reviews/{id}/comment`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CommentReview {
    pub words: String,
}
