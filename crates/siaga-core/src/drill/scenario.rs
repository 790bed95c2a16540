//! Who calls in which drill, and what the call truly was.

use crate::class::Class;
use serde::{Deserialize, Serialize};

/// What a lead can choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// A little of everything, with a real one early: for who is new.
    FirstDay,
    /// A storm night: trees, short circuits, accidents, and one that says nothing.
    Storm,
    /// School is out: pranks, and one real report among them.
    Pranks,
    /// Lines on which nothing is heard.
    Silent,
    /// Insults, and a caller in need between them.
    Abuse,
}

/// A simulated caller; the words are those of the simulator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrillCaller {
    Fire,
    ShortCircuit,
    Accident,
    Ambulance,
    FallenTree,
    Child,
    Laughter,
    Abuse,
    Silent,
    Noise,
    PhoneLocked,
    ElectricityToken,
    Mistake,
}

/// What a call-taker who knew everything would write down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Truth {
    pub class: Class,
    pub incident_type: Option<&'static str>,
}

impl DrillCaller {
    pub const ALL: [DrillCaller; 13] = [
        DrillCaller::Fire,
        DrillCaller::ShortCircuit,
        DrillCaller::Accident,
        DrillCaller::Ambulance,
        DrillCaller::FallenTree,
        DrillCaller::Child,
        DrillCaller::Laughter,
        DrillCaller::Abuse,
        DrillCaller::Silent,
        DrillCaller::Noise,
        DrillCaller::PhoneLocked,
        DrillCaller::ElectricityToken,
        DrillCaller::Mistake,
    ];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            DrillCaller::Fire => "fire",
            DrillCaller::ShortCircuit => "short_circuit",
            DrillCaller::Accident => "accident",
            DrillCaller::Ambulance => "ambulance",
            DrillCaller::FallenTree => "fallen_tree",
            DrillCaller::Child => "child",
            DrillCaller::Laughter => "laughter",
            DrillCaller::Abuse => "abuse",
            DrillCaller::Silent => "silent",
            DrillCaller::Noise => "noise",
            DrillCaller::PhoneLocked => "phone_locked",
            DrillCaller::ElectricityToken => "electricity_token",
            DrillCaller::Mistake => "mistake",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|caller| caller.key() == key)
    }

    #[must_use]
    pub fn truth(self) -> Truth {
        let real = |incident_type| Truth { class: Class::Emergency, incident_type: Some(incident_type) };
        let other = |class| Truth { class, incident_type: None };
        match self {
            DrillCaller::Fire
            | DrillCaller::ShortCircuit
            | DrillCaller::Accident
            | DrillCaller::Ambulance
            | DrillCaller::FallenTree => real(self.key()),
            DrillCaller::Child | DrillCaller::Laughter | DrillCaller::Abuse => other(Class::Prank),
            DrillCaller::Silent | DrillCaller::Noise | DrillCaller::Mistake => other(Class::Ghost),
            DrillCaller::PhoneLocked | DrillCaller::ElectricityToken => other(Class::Information),
        }
    }
}

impl Scenario {
    pub const ALL: [Scenario; 5] =
        [Scenario::FirstDay, Scenario::Storm, Scenario::Pranks, Scenario::Silent, Scenario::Abuse];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Scenario::FirstDay => "first_day",
            Scenario::Storm => "storm",
            Scenario::Pranks => "pranks",
            Scenario::Silent => "silent",
            Scenario::Abuse => "abuse",
        }
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.key() == key)
    }

    /// The first so many callers, the same each time: two shifts can be set beside each other.
    #[must_use]
    pub fn callers(self, calls: u32) -> Vec<DrillCaller> {
        use DrillCaller as D;
        let round: &[D] = match self {
            Scenario::FirstDay => &[
                D::ElectricityToken,
                D::Fire,
                D::Child,
                D::Silent,
                D::Mistake,
                D::Accident,
                D::Laughter,
                D::PhoneLocked,
                D::Noise,
                D::Ambulance,
            ],
            Scenario::Storm => &[
                D::FallenTree,
                D::ShortCircuit,
                D::FallenTree,
                D::Accident,
                D::Silent,
                D::Ambulance,
                D::ShortCircuit,
                D::Child,
                D::FallenTree,
                D::Fire,
            ],
            Scenario::Pranks => &[D::Child, D::Laughter, D::Child, D::Fire, D::Laughter, D::Child, D::Mistake],
            Scenario::Silent => &[D::Silent, D::Noise, D::Silent, D::Ambulance, D::Mistake],
            Scenario::Abuse => &[D::Abuse, D::Child, D::Abuse, D::Accident, D::Laughter],
        };
        round.iter().copied().cycle().take(usize::try_from(calls).unwrap_or(usize::MAX)).collect()
    }
}
