//! Puts a backup back into a new data folder.

use super::{
    CopyError, DATABASE,
    backup::{Made, is_free, private_folder, sync},
    manifest::Manifest,
};
use std::{fs, path::Path};

/// Copies a whole backup into `data`, which must not exist or be empty: nothing that runs is ever overwritten.
pub fn restore(backup: &Path, data: &Path) -> Result<Made, CopyError> {
    let manifest = Manifest::read(backup)?;
    if !manifest.files.contains_key(DATABASE) {
        return Err(CopyError::Damaged(vec![format!("{DATABASE}: missing")]));
    }
    let faults = manifest.faults(backup)?;
    if !faults.is_empty() {
        return Err(CopyError::Damaged(faults));
    }
    if !is_free(data)? {
        return Err(CopyError::NotEmpty(data.to_owned()));
    }
    private_folder(data)?;
    // The database last: a folder without it is not started by mistake.
    let names = manifest.files.keys().filter(|name| *name != DATABASE);
    for name in names.map(String::as_str).chain([DATABASE]) {
        let (from, to) = (backup.join(name), data.join(name));
        if let Some(folder) = to.parent() {
            private_folder(folder)?;
        }
        fs::copy(&from, &to).map_err(CopyError::at(&to))?;
        sync(&to)?;
    }
    sync(data)?;
    Ok(Made { files: manifest.files.len(), bytes: manifest.files.values().map(|entry| entry.bytes).sum() })
}
