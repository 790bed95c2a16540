//! The note at a change of shift: what is open is the program's to say, what it means a person's.
//!
//! A note is written by everybody of a shift, given by one, and acknowledged by somebody else. Until then it stays loud.

mod open;

pub use open::{COMING_SHIFT_MS, Now, open_things};

use crate::{ids::UserId, time::Timestamp};

/// Somebody's name under the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub user: UserId,
    pub name: String,
    pub at: Timestamp,
}

/// Where a note is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handover {
    Writing,
    Given { given: Signature },
    Taken { given: Signature, taken: Signature },
}

/// Why a step does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    AlreadyGiven,
    NotGiven,
    AlreadyTaken {
        by: String,
    },
    /// Who gave it cannot be the one who takes it over.
    OwnNote,
}

impl Handover {
    /// The shift that ends signs.
    ///
    /// # Errors
    /// [`Refused::AlreadyGiven`].
    pub fn give(self, by: Signature) -> Result<Self, Refused> {
        match self {
            Self::Writing => Ok(Self::Given { given: by }),
            Self::Given { .. } | Self::Taken { .. } => Err(Refused::AlreadyGiven),
        }
    }

    /// The shift that begins signs. Twice by the same person is once.
    ///
    /// # Errors
    /// [`Refused`] in all its ways but the first.
    pub fn take(self, by: Signature) -> Result<Self, Refused> {
        match self {
            Self::Writing => Err(Refused::NotGiven),
            Self::Given { given } if given.user == by.user => Err(Refused::OwnNote),
            Self::Given { given } => Ok(Self::Taken { given, taken: by }),
            Self::Taken { given, taken } if taken.user == by.user => Ok(Self::Taken { given, taken }),
            Self::Taken { taken, .. } => Err(Refused::AlreadyTaken { by: taken.name }),
        }
    }
}

#[cfg(test)]
mod tests;
