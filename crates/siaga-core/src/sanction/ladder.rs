//! The steps and their thresholds.

use serde::{Deserialize, Serialize};

/// How many confirmed pranks lead to which step, and how long a block lasts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ladder {
    /// Pranks older than this (days) count no more.
    pub window_days: u32,
    /// From this many on a recorded warning; education before.
    pub warn_from: u32,
    /// From this many on a temporary block.
    pub block_from: u32,
    /// From this many on a referral.
    pub refer_from: u32,
    /// The first block lasts this long (hours).
    pub block_hours: u32,
    /// A later one this long (hours).
    pub block_again_hours: u32,
    /// A block longer than this (hours) needs a second person.
    pub one_person_hours_max: u32,
}

impl Default for Ladder {
    fn default() -> Self {
        Self {
            window_days: 90,
            warn_from: 3,
            block_from: 6,
            refer_from: 11,
            block_hours: 24,
            block_again_hours: 72,
            one_person_hours_max: 24,
        }
    }
}
