//! The one file of an SQLite database. SQLite goes on happily in a file that was deleted or replaced under it, and
//! everything it then writes is gone with the process: so its place is looked at.

use crate::StoreError;
use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// The file that was opened, by device and inode: a path may name another one later.
#[derive(Clone, Debug)]
pub(crate) struct SqliteFile {
    path: PathBuf,
    identity: (u64, u64),
}

impl SqliteFile {
    pub fn opened(path: &Path) -> Result<Self, StoreError> {
        let identity = identity(path).map_err(|error| StoreError::Gone(format!("{}: {error}", path.display())))?;
        Ok(Self { path: path.to_owned(), identity })
    }

    /// [`StoreError::Gone`] while another file, or none, stands in its place.
    pub fn in_place(&self) -> Result<(), StoreError> {
        let path = self.path.display();
        match identity(&self.path) {
            Ok(found) if found == self.identity => Ok(()),
            Ok(_) => Err(StoreError::Gone(format!("{path} was replaced by another file; restart to use that one"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(StoreError::Gone(format!("{path} was deleted or moved away")))
            }
            Err(error) => Err(StoreError::Gone(format!("{path}: {error}"))),
        }
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let found = fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}
