//! Which files a backup holds, with size and hash. Written last: a backup without it was never finished.

use super::CopyError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

/// Its name inside the backup.
pub const MANIFEST: &str = "manifest.json";
/// Grows when an older program could no longer read a backup.
const FORMAT: u32 = 1;
/// Bytes read at once while hashing.
const CHUNK_BYTES: usize = 64 * 1024;

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// Version of the program that made it.
    program: String,
    /// The end of the event chain when it was made (hexadecimal): `siaga verify --expect` finds it again, or the past
    /// was rewritten. Empty: there was no event, or an older program made the backup.
    #[serde(default)]
    pub chain_head: String,
    /// Path inside the backup (with `/`) and what stands there.
    pub files: BTreeMap<String, Entry>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    pub fn new(files: BTreeMap<String, Entry>, chain_head: String) -> Self {
        Self { format: FORMAT, program: env!("CARGO_PKG_VERSION").to_owned(), chain_head, files }
    }

    /// Reads the manifest of a backup.
    pub fn read(backup: &Path) -> Result<Self, CopyError> {
        let path = backup.join(MANIFEST);
        let text = std::fs::read_to_string(&path).map_err(|_| CopyError::NoBackup(backup.to_owned()))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|_| CopyError::NoBackup(backup.to_owned()))?;
        if manifest.format == FORMAT {
            Ok(manifest)
        } else {
            Err(CopyError::Damaged(vec![format!(
                "{MANIFEST}: format {} is not known to this version",
                manifest.format
            )]))
        }
    }

    /// Everything in a backup that is not as the manifest says, in words.
    pub fn faults(&self, backup: &Path) -> Result<Vec<String>, CopyError> {
        let mut faults = Vec::new();
        let mut present = files_of(backup)?;
        present.retain(|path| path != MANIFEST);
        for path in &present {
            match self.files.get(path) {
                None => faults.push(format!("{path}: not in the manifest")),
                Some(entry) if *entry != hash(&backup.join(path))? => faults.push(format!("{path}: content changed")),
                Some(_) => {}
            }
        }
        faults.extend(self.files.keys().filter(|path| !present.contains(path)).map(|path| format!("{path}: missing")));
        Ok(faults)
    }
}

/// Size and hash of a file.
pub fn hash(path: &Path) -> Result<Entry, CopyError> {
    let mut reader = BufReader::new(File::open(path).map_err(CopyError::at(path))?);
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = reader.read(&mut chunk).map_err(CopyError::at(path))?;
        if read == 0 {
            return Ok(Entry { bytes, sha256: hex::encode(hasher.finalize()) });
        }
        bytes += read as u64;
        hasher.update(&chunk[..read]);
    }
}

/// All regular files under a folder, as paths inside it with `/`, sorted. Links and sockets are not followed.
pub fn files_of(folder: &Path) -> Result<Vec<String>, CopyError> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((path, inside)) = folders.pop() {
        for entry in std::fs::read_dir(&path).map_err(CopyError::at(&path))? {
            let entry = entry.map_err(CopyError::at(&path))?;
            let kind = entry.file_type().map_err(CopyError::at(entry.path()))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            if kind.is_dir() {
                folders.push((entry.path(), name));
            } else if kind.is_file() {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}
