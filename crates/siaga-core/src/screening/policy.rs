//! The numbers that screening works with.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreeningPolicy {
    /// From this suspicion (0-100) on a call waits in lane B; above 100: never.
    pub lane_b_from: u8,
}

impl Default for ScreeningPolicy {
    fn default() -> Self {
        Self { lane_b_from: 60 }
    }
}
