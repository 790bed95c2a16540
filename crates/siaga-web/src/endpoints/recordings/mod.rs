//! `/api/recordings`: the sound behind a playback's link.

pub mod get;
