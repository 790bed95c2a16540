//! The steps and their thresholds.

use serde::{Deserialize, Serialize};

/// Longest block a city may put into its rules (hours): a week. Longer is not "temporary".
pub const BLOCK_HOURS_MAX: u32 = 168;
/// What one person may decide alone at most (hours): promise 3 asks for two people beyond a day.
pub const ONE_PERSON_HOURS_MAX: u32 = 24;
/// Longest memory of the ladder (days): what was a year ago says nothing about today's household.
pub const WINDOW_DAYS_MAX: u32 = 365;
const DAY_MS: i64 = 86_400_000;

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

impl Ladder {
    /// Milliseconds that a prank counts.
    #[must_use]
    pub fn window_ms(&self) -> i64 {
        i64::from(self.window_days.min(WINDOW_DAYS_MAX)) * DAY_MS
    }

    /// The longest block these rules know (hours).
    #[must_use]
    pub fn hours_max(&self) -> u32 {
        self.block_hours.max(self.block_again_hours).min(BLOCK_HOURS_MAX)
    }

    /// Longer than this (hours) needs two people, whatever a city writes.
    #[must_use]
    pub fn alone_hours_max(&self) -> u32 {
        self.one_person_hours_max.min(ONE_PERSON_HOURS_MAX)
    }
}
