//! A city's rules for screening, queue and sanctions as versioned data: what a head of service signs with the number of
//! a decree, and what a dry run compares. No rule here can end, refuse or drop a caller: there is no word for it.

mod check;
pub mod replay;

pub use check::PolicyProblem;

use crate::{
    queue::{OverflowPolicy, QueuePolicy},
    sanction::{Ladder, NoticeTexts},
    screening::ScreeningPolicy,
};
use serde::{Deserialize, Serialize};

/// One version of the rules. TOML in `city/serang/policy.toml`; what a file leaves out has the preset's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// As people call it.
    pub name: String,
    /// Number of the decree that puts it into force; absent in a draft.
    pub decree: Option<String>,
    pub screening: ScreeningPolicy,
    pub queue: QueuePolicy,
    /// Who else is rung when no seat takes a caller.
    pub overflow: OverflowPolicy,
    pub sanction: Ladder,
    /// What a number is told.
    pub notice: NoticeTexts,
}

impl Default for Policy {
    /// The preset of Kota Serang.
    fn default() -> Self {
        Self {
            name: "serang".to_owned(),
            decree: None,
            screening: ScreeningPolicy::default(),
            queue: QueuePolicy::default(),
            overflow: OverflowPolicy::default(),
            sanction: Ladder::default(),
            notice: NoticeTexts::default(),
        }
    }
}

impl Policy {
    /// Plain arrival order: no lanes, no listening, no kept seat, no blocks. What a comparison is made with.
    #[must_use]
    pub fn fifo() -> Self {
        let screening = ScreeningPolicy { lane_b_from: 101, blocks: false, ..ScreeningPolicy::default() };
        let queue =
            QueuePolicy { listen_after_ms: None, kept_for_lane_a: 0, same_call_taker_ms: 0, ..QueuePolicy::default() };
        Self {
            name: "fifo".to_owned(),
            decree: None,
            screening,
            queue,
            overflow: OverflowPolicy::default(),
            sanction: Ladder::default(),
            notice: NoticeTexts::default(),
        }
    }

    /// Reads a version from TOML.
    ///
    /// # Errors
    /// What is wrong and where, for the person who wrote it.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(|error| PolicyError(error.to_string()))?;
        policy.check()?;
        Ok(policy)
    }

    fn check(&self) -> Result<(), PolicyError> {
        let queue = &self.queue;
        let waits = [
            ("queue.lane_b_ms_max", queue.lane_b_ms_max, LANE_B_MS_LIMIT),
            ("queue.lane_b_heard_ms_max", queue.lane_b_heard_ms_max, LANE_B_HEARD_MS_LIMIT),
            ("queue.silent_slide_ms", queue.silent_slide_ms, SILENT_SLIDE_MS_LIMIT),
        ];
        for (name, ms, limit) in waits {
            if !(0..=limit).contains(&ms) {
                return Err(PolicyError(format!(
                    "{name} is {ms}: expected 0 to {limit} (ms), as callers were promised"
                )));
            }
        }
        if let Some((name, expected)) = self.overflow.problems().into_iter().next() {
            return Err(PolicyError(format!("{name}: {expected}")));
        }
        let mut after = 0;
        for ms in &queue.call_back_after_ms {
            if *ms <= after {
                return Err(PolicyError("queue.call_back_after_ms must grow, from more than 0 (ms)".to_owned()));
            }
            after = *ms;
        }
        Ok(())
    }
}

/// The promises that no version may weaken (ms): lane B, lane B that is heard, a silent caller.
const LANE_B_MS_LIMIT: i64 = 60_000;
const LANE_B_HEARD_MS_LIMIT: i64 = 45_000;
const SILENT_SLIDE_MS_LIMIT: i64 = 30_000;

/// A version that cannot be put into force.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PolicyError(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preset_on_paper_is_the_preset_in_code() {
        let text = include_str!("../../../city/serang/policy.toml");
        assert_eq!(Policy::from_toml(text).expect("because it is committed"), Policy::default());
        assert_eq!(Policy::from_toml("").expect("all preset"), Policy::default());
        for wrong in [
            "[queue]\ndrop_after_ms = 1",
            "[queue]\nlane_b_ms_max = 90000",
            "[queue]\nsilent_slide_ms = -1",
            "[queue]\ncall_back_after_ms = [30000, 20000]",
            "[overflow]\nafter_ms = 600000",
            "[overflow]\ntelephones = [\": 0899\"]",
            "[overflow]\ntelephones = [\"Koordinator: meja 5\"]",
            "[overflow]\ntelephones = [\"08990000001\"]",
        ] {
            assert!(Policy::from_toml(wrong).is_err(), "{wrong}");
        }
        let outside = "[overflow]\ntelephones = [\"Koordinator jaga: +628990000001\"]";
        let outside = Policy::from_toml(outside).expect("a telephone").overflow.telephones;
        assert_eq!((outside[0].name.as_str(), outside[0].number.as_str()), ("Koordinator jaga", "+628990000001"));
        let quiet = Policy::from_toml("[queue]\nlisten_after_ms = -1").expect("never listens");
        assert_eq!(quiet.queue.listen_after_ms, None);
        let written = toml::to_string(&Policy::fifo()).expect("a policy is text");
        assert_eq!(Policy::from_toml(&written).expect("reads what it wrote"), Policy::fifo());
    }
}
