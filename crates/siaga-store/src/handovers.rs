//! Notes at a change of shift: lines are only added, what is begun is kept, given and taken once each.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use read::waiting_since;

use crate::StoreError;
use siaga_core::{handover::Refused, intake::FieldProblem};

/// Why a note was not changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum HandoverError {
    #[error("the note is in another state")]
    Refused(Refused),
    #[error("a line cannot be kept as it is")]
    Text(FieldProblem),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refused> for HandoverError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}
