//! What a sanction is made of: who proposed what, who decided it and why.

use super::{Proposal, Refused};
use crate::{ids::UserId, role::Role, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Shortest and longest reason (characters): a word at least, a paragraph at most.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=500;
/// Longest appeal (characters): what fits on one form.
pub const APPEAL_CHARS_MAX: usize = 2_000;

/// A signed-in person who decides.
#[derive(Clone, Copy, Debug)]
pub struct Decider<'a> {
    pub user: UserId,
    pub name: &'a str,
    pub role: Role,
}

/// Who thought of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The ladder.
    Program,
    Person(Decision),
}

/// A person's word, with its reason. `by` is absent where the program did what the rules ask of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    pub by: Option<UserId>,
    pub name: String,
    pub at: Timestamp,
    pub reason: String,
}

impl Decision {
    /// # Errors
    /// [`Refused::NoReason`].
    pub fn new(by: &Decider<'_>, reason: &str, at: Timestamp) -> Result<Self, Refused> {
        let reason = reason.trim();
        if !REASON_CHARS.contains(&reason.chars().count()) {
            return Err(Refused::NoReason);
        }
        Ok(Self { by: Some(by.user), name: by.name.to_owned(), at, reason: reason.to_owned() })
    }

    /// What the rules themselves ask for.
    #[must_use]
    pub fn of_the_rules(reason: &str, at: Timestamp) -> Self {
        Self { by: None, name: "siaga".to_owned(), at, reason: reason.to_owned() }
    }
}

/// A number and what is proposed about it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Case {
    /// E.164.
    pub number: String,
    pub proposal: Proposal,
    pub author: Author,
    pub at: Timestamp,
}

/// A case that people approved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ruling {
    pub case: Case,
    /// One or two, of different people.
    pub approvals: Vec<Decision>,
    pub from: Timestamp,
}

/// The words of the number's user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Appeal {
    pub at: Timestamp,
    pub text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum AppealOutcome {
    /// The sanction stands.
    Upheld,
    Lifted,
}

/// An appeal that was answered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heard {
    pub appeal: Appeal,
    pub outcome: AppealOutcome,
    pub decision: Decision,
}
