//! Recordings: two channels in the original codec, written and fsynced twice a second, hashed per segment, encrypted at rest.
//!
//! Left is the caller, right is everything the caller hears from us: call-taker, prompts, silence. The media thread cuts
//! the sound into segments ([`tape`]); a writer thread of its own seals and writes them ([`write`]); [`read`] plays and
//! proves them. The file format stands in [`format`].

pub(crate) mod format;
mod key;
mod read;
mod recall;
mod tape;
pub mod testing;
mod wav;
pub(crate) mod write;

#[cfg(test)]
mod tests;

pub use key::{fingerprint, key_file};
pub use read::{Recording, Verified, is_empty, read, verify};
pub use recall::Heard;
pub(crate) use recall::Lies;
pub(crate) use tape::{Channel, Segment, Tape};
pub use wav::{peaks, wav};

/// Samples per channel in one segment: half a second. With the wait for late packets and the disk's own time, a program that is
/// killed loses less than a second of sound.
pub const SEGMENT_SAMPLES: usize = 4_000;
/// Milliseconds of a segment.
pub(crate) const SEGMENT_MS: u64 = 500;

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("cannot read or write {path}: {error}")]
    File { path: std::path::PathBuf, error: std::io::Error },
    #[error("{0} is not a recording of a version this program knows")]
    Format(std::path::PathBuf),
    #[error("{0} does not hold a key of 32 bytes")]
    Key(std::path::PathBuf),
}
