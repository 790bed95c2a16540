//! Makes a backup while calls go on.
//!
//! The order is what makes it consistent: what still waits for the database (the spool) first, the database next,
//! the recordings last. A fact that moves from the spool into the database meanwhile is in both and is written once;
//! a recording may be there without its row, a row never without its recording.

use super::{
    CopyError, DATABASE,
    manifest::{Entry, MANIFEST, Manifest, files_of, hash},
};
use siaga_store::Store;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

/// Held by a running server: no data.
const LOCK: &str = "siaga.lock";
/// Where recordings are inside a data folder.
const RECORDINGS: &str = "recordings/";

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    pub files: usize,
    pub bytes: u64,
}

/// Copies a data folder into `to`, which must not exist or be empty. An unfinished copy stands beside it under a
/// name that ends in `.partial` and is never taken for a backup.
pub async fn backup(store: &Store, data: &Path, to: &Path) -> Result<Made, CopyError> {
    if !data.join(DATABASE).is_file() {
        return Err(CopyError::NoData(data.to_owned()));
    }
    if !is_free(to)? {
        return Err(CopyError::NotEmpty(to.to_owned()));
    }
    let partial = PathBuf::from(format!("{}.partial", to.display()));
    if partial.exists() {
        fs::remove_dir_all(&partial).map_err(CopyError::at(&partial))?;
    }
    private_folder(&partial)?;

    let mut entries = BTreeMap::new();
    for name in others(data, to, |name| !name.starts_with(RECORDINGS))? {
        entries.extend(copy(data, &partial, &name)?);
    }
    // Before the copy: what comes in between is behind it in the copied chain.
    let head = store.chain_head().await?;
    let database = partial.join(DATABASE);
    store.snapshot(&database).await?;
    sync(&database)?;
    entries.insert(DATABASE.to_owned(), hash(&database)?);
    for name in others(data, to, |name| name.starts_with(RECORDINGS))? {
        entries.extend(copy(data, &partial, &name)?);
    }

    let made = Made { files: entries.len(), bytes: entries.values().map(|entry| entry.bytes).sum() };
    let path = partial.join(MANIFEST);
    let text = serde_json::to_string_pretty(&Manifest::new(entries, head)).expect("because a manifest is plain text");
    fs::write(&path, text).map_err(CopyError::at(&path))?;
    sync(&path)?;
    if to.exists() {
        fs::remove_dir(to).map_err(CopyError::at(to))?;
    }
    fs::rename(&partial, to).map_err(CopyError::at(to))?;
    sync(to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))?;
    Ok(made)
}

/// Files of the data folder but the database's own; a backup made inside the data folder is none of them.
fn others(data: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<String>, CopyError> {
    let inside = to.strip_prefix(data).ok().map(|path| path.to_string_lossy().into_owned());
    let is_backup = |name: &str| {
        inside.as_deref().is_some_and(|to| name.strip_prefix(to).is_some_and(|rest| rest.starts_with(['/', '.'])))
    };
    let is_database =
        |name: &str| name.strip_prefix(DATABASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let mut names = files_of(data)?;
    names.retain(|name| name != LOCK && !is_database(name) && !is_backup(name) && wanted(name));
    Ok(names)
}

/// Copies one file with its rights. A file that went away meanwhile is none of ours any more.
fn copy(data: &Path, to: &Path, name: &str) -> Result<Option<(String, Entry)>, CopyError> {
    let (from, to) = (data.join(name), to.join(name));
    if let Some(folder) = to.parent() {
        private_folder(folder)?;
    }
    match fs::copy(&from, &to) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        done => done.map_err(CopyError::at(&from))?,
    };
    sync(&to)?;
    // Hashed from the copy: the file of a running call grows on.
    Ok(Some((name.to_owned(), hash(&to)?)))
}

/// A folder only its owner may enter: it holds voices and their key.
pub fn private_folder(path: &Path) -> Result<(), CopyError> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(CopyError::at(path))
}

/// Nothing is there yet, or an empty folder.
pub fn is_free(path: &Path) -> Result<bool, CopyError> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(CopyError::at(path)(error)),
    }
}

pub fn sync(path: &Path) -> Result<(), CopyError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(CopyError::at(path))
}
