//! Shapes of a card's rows in the city document.

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardRow {
    pub key: String,
    pub title: String,
    #[serde(default)]
    pub types: Vec<String>,
    #[serde(default)]
    pub bpm: Option<i64>,
    #[serde(default)]
    pub signed: Option<SignOffRow>,
    /// Each a [`StepRow`], read by itself so that every mistake has its line.
    pub steps: Vec<toml::Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOffRow {
    pub by: String,
    pub on: String,
    /// The fingerprint of the card that was signed.
    pub text: String,
}

/// Exactly one of `ask` (with `answers`) and `tell`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRow {
    pub key: String,
    #[serde(default)]
    pub ask: Option<String>,
    #[serde(default)]
    pub answers: Vec<AnswerRow>,
    #[serde(default)]
    pub tell: Vec<String>,
    /// Key of a later step of this card, or `end`. Neither `to` nor `card`: the step that stands next, then the end.
    #[serde(default)]
    pub to: Option<String>,
    /// Key of another card.
    #[serde(default)]
    pub card: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerRow {
    pub digit: i64,
    pub say: String,
    /// Key of a later step of this card, or `end`. Neither `to` nor `card`: the step that stands next, then the end.
    #[serde(default)]
    pub to: Option<String>,
    /// Key of another card.
    #[serde(default)]
    pub card: Option<String>,
}
