//! Enums as the words that stand in the tables.

use crate::StoreError;
use siaga_core::{
    class::Class,
    location::PositionSource,
    sanction::SanctionState,
    view::{
        call::{CallOutcome, EndedBy},
        callback::CallbackResult,
        desk::{CallbackReason, Direction, Lane},
    },
};

/// An enum with one word per value, the same as in JSON.
pub trait Word: Copy + 'static {
    const ALL: &'static [Self];
    fn word(self) -> &'static str;

    /// # Errors
    /// [`StoreError::Refused`] for a word this program never wrote.
    fn read(text: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.iter().copied().find(|value| value.word() == text);
        found.ok_or_else(|| StoreError::Refused(format!("'{text}' is no {}", std::any::type_name::<Self>())))
    }

    /// # Errors
    /// As [`Word::read`].
    fn read_some(text: Option<&str>) -> Result<Option<Self>, StoreError> {
        text.map(Self::read).transpose()
    }
}

impl Word for Class {
    const ALL: &'static [Self] = &Class::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for SanctionState {
    const ALL: &'static [Self] = &SanctionState::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for CallOutcome {
    const ALL: &'static [Self] = &CallOutcome::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for EndedBy {
    const ALL: &'static [Self] = &EndedBy::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for CallbackResult {
    const ALL: &'static [Self] = &CallbackResult::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for Direction {
    const ALL: &'static [Self] = &[Direction::Incoming, Direction::CallBack, Direction::Drill];
    fn word(self) -> &'static str {
        match self {
            Direction::Incoming => "incoming",
            Direction::CallBack => "call_back",
            Direction::Drill => "drill",
        }
    }
}

impl Word for Lane {
    const ALL: &'static [Self] = &[Lane::A, Lane::B];
    fn word(self) -> &'static str {
        match self {
            Lane::A => "a",
            Lane::B => "b",
        }
    }
}

impl Word for PositionSource {
    const ALL: &'static [Self] = &PositionSource::ALL;
    fn word(self) -> &'static str {
        self.key()
    }
}

impl Word for CallbackReason {
    const ALL: &'static [Self] = &[
        CallbackReason::Wrote,
        CallbackReason::Interrupted,
        CallbackReason::FoundReal,
        CallbackReason::Deferred,
        CallbackReason::Abandoned,
    ];
    fn word(self) -> &'static str {
        match self {
            CallbackReason::Wrote => "wrote",
            CallbackReason::Interrupted => "interrupted",
            CallbackReason::FoundReal => "found_real",
            CallbackReason::Deferred => "deferred",
            CallbackReason::Abandoned => "abandoned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    fn check<W: Word + Serialize + PartialEq + std::fmt::Debug>() {
        for value in W::ALL {
            assert_eq!(W::read(value.word()), Ok(*value));
            assert_eq!(serde_json::to_value(value).unwrap(), value.word(), "table and JSON say the same");
        }
        assert!(W::read("nonsense").is_err());
    }

    #[test]
    fn every_word_is_read_back_and_is_the_one_of_json() {
        check::<Class>();
        check::<CallOutcome>();
        check::<EndedBy>();
        check::<Direction>();
        check::<Lane>();
        check::<CallbackReason>();
        check::<PositionSource>();
        check::<CallbackResult>();
        check::<SanctionState>();
    }
}
