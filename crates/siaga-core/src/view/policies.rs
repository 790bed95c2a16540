//! The versions of the rules, and what a dry run found.

use crate::{class::Class, ids::CallId, policy::Policy, time::Timestamp, view::run::RunState};
use serde::{Deserialize, Serialize};

/// The rules as JSON: sections of keys with numbers or texts, as in `city/serang/policy.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(transparent)]
pub struct PolicyText(
    #[cfg_attr(
        test,
        ts(
            type = "{ name: string; decree: string | null } & Record<string, string | null | Record<string, number | string | boolean | number[] | string[] | null>>"
        )
    )]
    pub Policy,
);

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyVersion {
    /// 0: the preset that the program brings.
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub at: Timestamp,
    pub by: String,
    pub policy: PolicyText,
}

/// When which version came into force, by which decree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ForceView {
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub decree: String,
    pub at: Timestamp,
    pub by: String,
}

/// `GET /api/policies`: the rules in force, the versions newest first, the history newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PolicyList {
    pub in_force: PolicyVersion,
    pub versions: Vec<PolicyVersion>,
    pub history: Vec<ForceView>,
}

/// Body of `POST /api/policies`: a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    pub policy: PolicyText,
}

/// Body of `POST /api/policies/{version}/force`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct PutInForce {
    /// Number of the decree, as a person typed it.
    pub decree: String,
}

/// How a call gets in, faster first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Door {
    A,
    B,
    Blocked,
}

/// Proposals of the ladder.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StepCounts {
    pub educate: u32,
    pub warn: u32,
    pub block: u32,
    pub refer: u32,
}

/// Calls of one class that would have come through another door.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ClassShift {
    /// Absent: nobody classed them.
    pub class: Option<Class>,
    pub a_to_b: u32,
    pub b_to_a: u32,
    pub to_block: u32,
    pub from_block: u32,
}

/// A real call that would have come through a slower door.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SlowerCall {
    pub call_id: CallId,
    pub at: Timestamp,
    pub incident_type: Option<String>,
    pub from: Door,
    pub to: Door,
    /// The rule that would have done it, in words.
    pub rule: String,
}

/// What a dry run found.
#[derive(Clone, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DryRunFindings {
    pub calls: u32,
    pub real_calls: u32,
    pub by_class: Vec<ClassShift>,
    /// Of the rules in force, and of the draft.
    pub proposals_before: StepCounts,
    pub proposals_after: StepCounts,
    /// Real calls that do not come through the first door.
    pub real_not_a_before: u32,
    pub real_not_a_after: u32,
    /// Real calls with a slower door under the draft; the first 500 by name.
    pub slower: Vec<SlowerCall>,
    pub slower_count: u32,
    pub faster_count: u32,
}

/// `GET /api/dry-runs/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DryRunView {
    pub dry_run_id: String,
    #[cfg_attr(test, ts(type = "number"))]
    pub version: i64,
    pub state: RunState,
    /// Calls looked at, of how many.
    pub done: u32,
    pub total: u32,
    pub findings: Option<DryRunFindings>,
}
