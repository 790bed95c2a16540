//! A city's data in a second place: a folder with the database, the recordings, the key, the configuration and
//! everything else of the data folder, and a manifest with the hash of each file.
//!
//! `backup.rs` makes it while calls go on, `restore.rs` puts it back, `manifest.rs` says whether it is whole.

pub mod backup;
pub mod manifest;
pub mod restore;

#[cfg(test)]
mod tests;

use std::{io, path::PathBuf};

/// The database inside a data folder and inside a backup.
pub const DATABASE: &str = "siaga.db";

/// Why a copy was not made or not put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    #[error("{0} is not empty. Choose a new or an empty folder")]
    NotEmpty(PathBuf),
    #[error("{0} is no data folder of Siaga: there is no {DATABASE} in it")]
    NoData(PathBuf),
    #[error("{0} is no backup of Siaga: no readable manifest.json is in it")]
    NoBackup(PathBuf),
    #[error("the backup is damaged and was not put back: {}", .0.join("; "))]
    Damaged(Vec<String>),
    #[error("the database: {0}")]
    Store(#[from] siaga_store::StoreError),
}

impl CopyError {
    /// An I/O error with the path it happened at.
    fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }
}
