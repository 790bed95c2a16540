//! The numbers that screening works with.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScreeningPolicy {
    /// From this suspicion (0-100, 50 says nothing) on a call waits in lane B; above 100: never.
    pub lane_b_from: u8,
    /// A number under a block hears the challenge first and stands in lane B; `false`: a block changes nothing.
    pub blocks: bool,
    /// From an open incident to the caller's position (m): closer is near it. What the telephone is unsure of is added.
    pub near_incident_m: f64,
}

impl Default for ScreeningPolicy {
    fn default() -> Self {
        Self { lane_b_from: 85, blocks: true, near_incident_m: 300.0 }
    }
}
