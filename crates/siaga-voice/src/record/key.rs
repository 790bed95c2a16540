//! The key that encrypts recordings at rest, kept as a file that only its owner reads.

use super::RecordError;
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

const NAME: &str = "recording.key";

/// The key in `folder`; made (mode 0600, fsynced) the first time. Two processes that start at once get the same one.
pub fn key_file(folder: &Path) -> Result<[u8; 32], RecordError> {
    let path = folder.join(NAME);
    let fail = |error| RecordError::File { path: path.clone(), error };
    if !path.exists() {
        fs::create_dir_all(folder).map_err(fail)?;
        create(folder, &path).map_err(fail)?;
    }
    let bytes = fs::read(&path).map_err(fail)?;
    bytes.try_into().map_err(|_| RecordError::Key(path))
}

/// What tells one key from another and opens nothing.
#[must_use]
pub fn fingerprint(key: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"siaga recording key fingerprint");
    hash.update(key);
    hash.finalize().into()
}

/// Written whole under another name first: a crash never leaves half a key under the right one.
fn create(folder: &Path, path: &Path) -> io::Result<()> {
    let mut key = [0u8; 32];
    aws_lc_rs::rand::fill(&mut key).map_err(|_| io::Error::other("no random numbers"))?;
    let draft = folder.join(format!("{NAME}.{}.new", uuid::Uuid::now_v7()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(&key)?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    File::open(folder)?.sync_all()?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_only() {
        let folder = std::env::temp_dir().join(format!("siaga-key-{}", uuid::Uuid::now_v7()));
        let first = key_file(&folder).expect("made");
        assert_ne!(first, [0; 32]);
        assert_eq!(key_file(&folder).expect("read"), first);
        let mode = fs::metadata(folder.join(NAME)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(&folder).expect("folder").count(), 1, "no draft is left");
        fs::write(folder.join(NAME), b"short").expect("written");
        assert!(matches!(key_file(&folder), Err(RecordError::Key(_))), "a broken key is an error, never replaced");
        fs::remove_dir_all(folder).expect("removed");
    }
}
