//! The rungs of the ladder, and where a sanction stands.

use serde::{Deserialize, Serialize};

/// What is done about a number. None of them ends or refuses a call.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SanctionStep"))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// *Pembinaan*: somebody explains what 112 is for.
    Educate,
    /// *Peringatan*, recorded.
    Warn,
    /// *Blokir sementara*: a notice and a challenge first, and then a person.
    BlockTemporarily,
    /// *Rujukan*: a proposal to the ministry, with an evidence file.
    Refer,
}

impl Step {
    pub const ALL: [Step; 4] = [Step::Educate, Step::Warn, Step::BlockTemporarily, Step::Refer];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Step::Educate => "educate",
            Step::Warn => "warn",
            Step::BlockTemporarily => "block_temporarily",
            Step::Refer => "refer",
        }
    }

    /// The interface word.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Step::Educate => "Pembinaan",
            Step::Warn => "Peringatan",
            Step::BlockTemporarily => "Blokir sementara",
            Step::Refer => "Rujukan",
        }
    }
}

/// Whom a sanction speaks to. What children did is told to those who raise them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    Caller,
    /// Parents, school or kelurahan.
    Family,
}

/// The state of a sanction in one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SanctionState {
    /// Waits for a first person.
    Proposed,
    /// Longer than one person may decide: waits for a second.
    AwaitingSecond,
    /// A block that slows its number now.
    InForce,
    /// Carried out; nothing runs: education, warning, referral.
    Given,
    /// The number's user disagrees; a person must answer.
    Appealed,
    Expired,
    Lifted,
    Rejected,
    /// Nobody decided: its ground was gone first, or the number became immune.
    Withdrawn,
}

impl SanctionState {
    pub const ALL: [SanctionState; 9] = [
        SanctionState::Proposed,
        SanctionState::AwaitingSecond,
        SanctionState::InForce,
        SanctionState::Given,
        SanctionState::Appealed,
        SanctionState::Expired,
        SanctionState::Lifted,
        SanctionState::Rejected,
        SanctionState::Withdrawn,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            SanctionState::Proposed => "proposed",
            SanctionState::AwaitingSecond => "awaiting_second",
            SanctionState::InForce => "in_force",
            SanctionState::Given => "given",
            SanctionState::Appealed => "appealed",
            SanctionState::Expired => "expired",
            SanctionState::Lifted => "lifted",
            SanctionState::Rejected => "rejected",
            SanctionState::Withdrawn => "withdrawn",
        }
    }
}
