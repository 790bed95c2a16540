//! Who calls, why, with what voice, and for how long. Shares follow the ranges published for Indonesian centres:
//! 0.3-2 % real, about 13 % information, the rest prank, ghost and hang-ups.

use super::{Options, sound::Sound};
use rand::{Rng, rngs::StdRng};
use serde::{Deserialize, Serialize};
use siaga_core::class::Class;
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
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
    HangUp,
}

/// What a call-taker who knew everything would write down.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Truth {
    pub class: Class,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident_type: Option<&'static str>,
}

impl Kind {
    pub const REAL: [Kind; 5] = [Kind::Fire, Kind::ShortCircuit, Kind::Accident, Kind::Ambulance, Kind::FallenTree];
    pub const ALL: [Kind; 14] = [
        Kind::Fire,
        Kind::ShortCircuit,
        Kind::Accident,
        Kind::Ambulance,
        Kind::FallenTree,
        Kind::Child,
        Kind::Laughter,
        Kind::Abuse,
        Kind::Silent,
        Kind::Noise,
        Kind::PhoneLocked,
        Kind::ElectricityToken,
        Kind::Mistake,
        Kind::HangUp,
    ];
    /// Nuisance and information with their weights in a hundred.
    const EVERYDAY: [(Kind, u32); 9] = [
        (Kind::Child, 22),
        (Kind::Laughter, 10),
        (Kind::Abuse, 6),
        (Kind::Silent, 22),
        (Kind::Noise, 6),
        (Kind::Mistake, 4),
        (Kind::PhoneLocked, 8),
        (Kind::ElectricityToken, 5),
        (Kind::HangUp, 17),
    ];

    /// The word on the command line, as in JSON: `short_circuit`.
    #[must_use]
    pub fn key(self) -> String {
        serde_json::to_value(self).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    }

    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::from(key)).ok()
    }

    pub fn everyday(dice: &mut StdRng) -> Self {
        everyday(dice)
    }

    pub fn sound(self) -> Sound {
        match self {
            Kind::Silent | Kind::HangUp => Sound::Silence,
            Kind::Noise => Sound::Noise,
            voice => Sound::Voice(voice),
        }
    }

    #[must_use]
    pub fn truth(self) -> Truth {
        let (class, sub, incident_type) = match self {
            Kind::Fire => (Class::Emergency, None, Some("fire")),
            Kind::ShortCircuit => (Class::Emergency, None, Some("short_circuit")),
            Kind::Accident => (Class::Emergency, None, Some("accident")),
            Kind::Ambulance => (Class::Emergency, None, Some("ambulance")),
            Kind::FallenTree => (Class::Emergency, None, Some("fallen_tree")),
            Kind::Child | Kind::Laughter => (Class::Prank, Some("child"), None),
            Kind::Abuse => (Class::Prank, Some("abuse"), None),
            Kind::Silent => (Class::Ghost, Some("silent"), None),
            Kind::Noise => (Class::Ghost, Some("noise"), None),
            Kind::Mistake => (Class::Ghost, Some("accidental"), None),
            Kind::PhoneLocked | Kind::ElectricityToken => (Class::Information, Some("phone_locked"), None),
            Kind::HangUp => (Class::Abandoned, Some("before_answer"), None),
        };
        Truth { class, sub, incident_type }
    }
}

#[derive(Clone, Debug)]
pub struct Persona {
    pub kind: Kind,
    pub truth: Truth,
    /// As the trunk presents it; `None`: withheld.
    pub number: Option<String>,
    pub sound: Sound,
    pub talk: Duration,
    pub patience: Duration,
    /// Of its INVITE; `None`: any.
    pub call_id: Option<String>,
}

impl Persona {
    /// The key that this person presses when the machine calls back and asks: 1 for help, 2 for a slip.
    pub fn key_when_called_back(&self) -> char {
        if self.truth.class == Class::Emergency { '1' } else { '2' }
    }

    pub fn roll(dice: &mut StdRng, options: &Options) -> Self {
        let kind = options.kind.unwrap_or_else(|| {
            if dice.random_bool(options.real_share.clamp(0.0, 1.0)) {
                Kind::REAL[dice.random_range(0..Kind::REAL.len())]
            } else {
                everyday(dice)
            }
        });
        let talk = match kind {
            k if Kind::REAL.contains(&k) => dice.random_range(30.0..75.0),
            Kind::Silent | Kind::Noise => dice.random_range(8.0..40.0),
            _ => dice.random_range(6.0..20.0),
        };
        let patience = if kind == Kind::HangUp { dice.random_range(3.0..8.0) } else { dice.random_range(45.0..120.0) };
        let withheld = options.anonymous || (options.number.is_none() && dice.random_bool(0.03));
        // Few numbers call often: a squared die favours the low ones. The block is fictional.
        let line = (dice.random::<f64>().powi(2) * 400.0) as u32;
        let number =
            (!withheld).then(|| options.number.clone().unwrap_or_else(|| format!("0899000{:04}", line + 1_000)));
        Persona {
            kind,
            truth: kind.truth(),
            number,
            sound: options.sound.unwrap_or_else(|| kind.sound()),
            talk: Duration::from_secs_f64(options.talk_s.unwrap_or(talk)),
            patience: Duration::from_secs_f64(options.patience_s.unwrap_or(patience)),
            call_id: None,
        }
    }
}

fn everyday(dice: &mut StdRng) -> Kind {
    let total: u32 = Kind::EVERYDAY.iter().map(|(_, weight)| weight).sum();
    let mut left = dice.random_range(0..total);
    for (kind, weight) in Kind::EVERYDAY {
        if left < weight {
            return kind;
        }
        left -= weight;
    }
    Kind::Silent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_that_reads_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_key(&kind.key()), Some(kind));
        }
    }
}
