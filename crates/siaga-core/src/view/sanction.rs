//! Sanctions as the page *sanksi* sees them.

use crate::{
    ids::{CallId, SanctionId, UserId},
    sanction::{Addressee, AppealOutcome, Decision, SanctionState, Step},
    time::Timestamp,
    view::call::CallRow,
};
use serde::{Deserialize, Serialize};

/// `GET /api/sanctions?show=`: to be decided, running, appealed, or past.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SanctionList {
    Open,
    InForce,
    Appealed,
    Past,
}

/// Somebody's word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DecisionView {
    /// Absent: the rules themselves.
    pub by: Option<UserId>,
    pub name: String,
    pub at: Timestamp,
    pub reason: String,
}

impl From<&Decision> for DecisionView {
    fn from(said: &Decision) -> Self {
        Self { by: said.by, name: said.name.clone(), at: said.at, reason: said.reason.clone() }
    }
}

/// What the number's user said, and the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AppealView {
    pub at: Timestamp,
    pub text: String,
    pub outcome: Option<AppealOutcome>,
    pub decision: Option<DecisionView>,
}

/// A row of the lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SanctionView {
    pub sanction_id: SanctionId,
    /// As shown.
    pub number: String,
    pub step: Step,
    pub addressee: Addressee,
    pub state: SanctionState,
    /// Only of a block.
    pub hours: Option<u32>,
    /// In words, one clause each.
    pub reasons: Vec<String>,
    /// The calls it rests on, oldest first.
    pub pranks: Vec<CallId>,
    pub proposed_at: Timestamp,
    /// The person who proposed it; absent: the ladder.
    pub author: Option<DecisionView>,
    pub approvals: Vec<DecisionView>,
    /// Two different people must approve.
    pub needs_second: bool,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// How it was lifted or rejected.
    pub ended: Option<DecisionView>,
    pub appeal: Option<AppealView>,
}

/// `GET /api/sanctions/{id}`: with what a person must see before deciding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SanctionDetail {
    pub sanction: SanctionView,
    /// The number's history in a sentence, real reports first.
    pub sentence: String,
    /// Real reports of this number, newest first.
    pub real: Vec<CallRow>,
    /// Its newest calls, newest first.
    pub calls: Vec<CallRow>,
    /// Why no block is possible now.
    pub immune: Option<String>,
    /// Earlier sanctions of this number, newest first.
    pub earlier: Vec<SanctionView>,
    /// The notice as it went out, without its code.
    pub notices: Vec<String>,
}

/// Body of `POST /api/sanctions`: a proposal by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewSanction {
    /// In any of the usual writings.
    pub number: String,
    pub step: Step,
    /// Of a block.
    #[serde(default)]
    pub hours: Option<u32>,
    pub reason: String,
}

/// Body of approve, reject and lift.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    pub reason: String,
}

/// Body of `POST /api/sanctions/{id}/appeal`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct AnswerAppeal {
    pub outcome: AppealOutcome,
    pub reason: String,
}
