//! Question cards as the screens need them, and what was answered.

use crate::{ids::CallId, time::Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardView {
    pub key: String,
    pub title: String,
    /// Keys of incident types; `*`: the questions of every call; empty: other cards lead here.
    pub types: Vec<String>,
    /// Beats a minute, where a metronome helps.
    pub bpm: Option<u16>,
    pub sign_off: SignOffView,
    pub steps: Vec<CardStepView>,
    /// Hash of its words: what an answer's record names and a sign-off is for.
    pub fingerprint: String,
}

/// Body of `POST /api/city/cards/{key}/sign-off`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardSignOff {
    /// Name, post or office of who answers for the words.
    pub by: String,
    /// Of the words that were read.
    pub fingerprint: String,
}

/// Who answers for the words of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignOffView {
    /// Belum disahkan.
    None,
    /// `on` is a date, `2026-12-01`.
    Signed { by: String, on: String },
    /// The words were changed after they signed: nobody answers for these.
    TextChanged { by: String, on: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardStepView {
    pub key: String,
    /// The question; absent: `tell` is read aloud.
    pub ask: Option<String>,
    pub answers: Vec<CardAnswerView>,
    pub tell: Vec<String>,
    /// Where it goes on after reading, or when the question is passed; absent: the end.
    pub next: Option<CardPlace>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardAnswerView {
    /// 1 to 9.
    pub digit: u8,
    pub say: String,
    /// Absent: the end.
    pub to: Option<CardPlace>,
}

/// A step of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardPlace {
    pub card: String,
    pub step: String,
}

/// What was done with a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CardChoice {
    Answered { digit: u8, say: String },
    Told,
    Skipped,
}

/// Body of `POST /api/calls/{id}/answers`: what the person saw and chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewCardAnswer {
    /// Made by the screen: the same answer sent twice is kept once.
    #[cfg_attr(test, ts(type = "string"))]
    pub answer_id: Uuid,
    pub card: String,
    pub title: String,
    pub fingerprint: String,
    pub step: String,
    /// The question, or the lines that were read, as they stood on the screen.
    pub asked: String,
    pub choice: CardChoice,
}

/// One answer on the record. A corrected one stays, marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardAnswerLine {
    #[cfg_attr(test, ts(type = "string"))]
    pub answer_id: Uuid,
    pub call_id: CallId,
    pub at: Timestamp,
    pub by: String,
    pub card: String,
    pub title: String,
    pub fingerprint: String,
    pub step: String,
    pub asked: String,
    pub choice: CardChoice,
    /// A later line answers the same question of the same call.
    pub corrected: bool,
}

/// The question at which a card was left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OpenQuestion {
    pub call_id: CallId,
    pub title: String,
    pub asked: String,
}

/// `GET /api/calls/{id}/answers` and `GET /api/incidents/{id}/answers`: in the order they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardAnswers {
    pub lines: Vec<CardAnswerLine>,
    /// Where each card was left before its end.
    pub open: Vec<OpenQuestion>,
}
