//! What each call truly was. Kept apart: while the city runs, the [`Ledger`] can only be written; it is read after it
//! was closed, when there is no desk any more that could learn from it.

use serde::Serialize;
use siaga_core::ids::CallId;
use std::collections::BTreeMap;

/// Who calls, and why.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    RealSpeaks,
    RealChild,
    RealWhispers,
    /// Cannot speak; presses, taps or coughs when asked to.
    RealSilentKeys,
    /// Cannot speak and gives no sign.
    RealSilentNoKeys,
    /// Without SIM or with a hidden number.
    RealNoNumber,
    /// The telephone of a household whose child pranked shortly before.
    RealPrankHousehold,
    RealWrongCity,
    RealGivesUpEarly,
    RealImpatient,
    PrankChild,
    PrankAdult,
    Pocket,
    OpenSilent,
    /// A telephone that calls by itself, always at the same minute.
    Broken,
    Misdial,
    PhoneLocked,
    Question,
    Curious,
}

impl Kind {
    /// In the order of the weights in `assume::REAL_KINDS`.
    pub const REAL: [Kind; 10] = [
        Kind::RealSpeaks,
        Kind::RealChild,
        Kind::RealWhispers,
        Kind::RealSilentKeys,
        Kind::RealSilentNoKeys,
        Kind::RealNoNumber,
        Kind::RealPrankHousehold,
        Kind::RealWrongCity,
        Kind::RealGivesUpEarly,
        Kind::RealImpatient,
    ];

    #[must_use]
    pub fn is_real(self) -> bool {
        Self::REAL.contains(&self)
    }

    #[must_use]
    pub fn is_silent_real(self) -> bool {
        matches!(self, Kind::RealSilentKeys | Kind::RealSilentNoKeys)
    }

    /// A call without a voice that means nothing.
    #[must_use]
    pub fn is_ghost(self) -> bool {
        matches!(self, Kind::Pocket | Kind::OpenSilent | Kind::Broken | Kind::Misdial)
    }

    #[must_use]
    pub fn is_information(self) -> bool {
        matches!(self, Kind::PhoneLocked | Kind::Question)
    }

    /// Neither real nor information.
    #[must_use]
    pub fn is_nuisance(self) -> bool {
        !self.is_real() && !self.is_information()
    }
}

/// The sort of day or hour a call belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scene {
    Ordinary,
    Launch,
    Storm,
    Blackout,
    Flood,
    /// Only makes the history of numbers; counted nowhere.
    Before,
}

/// The truth about one call.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Truth {
    pub kind: Kind,
    pub scene: Scene,
    /// The person: who calls again is the same.
    pub person: u32,
}

/// Writes only.
#[derive(Debug, Default)]
pub struct Ledger {
    truths: BTreeMap<CallId, Truth>,
}

/// The closed ledger.
#[derive(Debug)]
pub struct Truths(BTreeMap<CallId, Truth>);

impl Ledger {
    pub fn note(&mut self, call: CallId, truth: Truth) {
        self.truths.insert(call, truth);
    }

    /// Gives the truths and ends the writing.
    #[must_use]
    pub fn close(self) -> Truths {
        Truths(self.truths)
    }
}

impl Truths {
    #[must_use]
    pub fn of(&self, call: CallId) -> Option<Truth> {
        self.0.get(&call).copied()
    }
}
