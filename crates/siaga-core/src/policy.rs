//! A city's rules for screening, queue and sanctions as versioned data: what a head of service signs with the number of
//! a decree, and what a dry run compares. No rule here can end, refuse or drop a caller: there is no word for it.

use crate::{queue::QueuePolicy, sanction::Ladder, screening::ScreeningPolicy};
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
    pub sanction: Ladder,
}

impl Default for Policy {
    /// The preset of Kota Serang.
    fn default() -> Self {
        Self {
            name: "serang".to_owned(),
            decree: None,
            screening: ScreeningPolicy::default(),
            queue: QueuePolicy::default(),
            sanction: Ladder::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preset_on_paper_is_the_preset_in_code() {
        let text = include_str!("../../../city/serang/policy.toml");
        assert_eq!(toml::from_str::<Policy>(text).expect("because it is committed"), Policy::default());
        assert!(toml::from_str::<Policy>("[queue]\ndrop_after_ms = 1").is_err(), "an unknown rule is an error");
    }
}
