//! Why a command about a sanction was not carried out.

use crate::StoreError;
use siaga_core::sanction::Refused;

#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SanctionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The text is no telephone number.
    #[error("the number cannot be read")]
    Number,
    /// Somebody proposed something about this number already.
    #[error("an open proposal exists")]
    Open,
    /// The key came with another command.
    #[error("another command had this key")]
    OtherCommand,
}
