//! Why a link was not made, or what came over one was not taken.

use crate::StoreError;
use siaga_core::link::NoLink;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LinkError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("this caller can get no message")]
    NoLink(NoLink),
    /// A moment ago one went out.
    #[error("a link was sent just now")]
    JustSent,
    /// As many links, lines, photos or positions as one caller may have.
    #[error("there are as many as one caller may have")]
    TooMany,
    /// No words, or too many.
    #[error("the line is empty or too long")]
    Line,
    /// Nobody has a link to read it with.
    #[error("no link of this caller is open")]
    NoOpenLink,
    /// The disk, not the database.
    #[error("the file was not written: {0}")]
    Disk(String),
}
