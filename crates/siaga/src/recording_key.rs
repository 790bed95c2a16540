//! The key of the recordings: made at the first start, never in the place of a lost one. Its fingerprint stands in the
//! database, so that another key is told from recordings that were changed.

use siaga_store::{Store, StoreError};
use siaga_voice::record;
use std::{
    fs,
    path::{Path, PathBuf},
};

pub const KEY: &str = "recording.key";
/// Recordings inside a data folder.
pub const RECORDINGS: &str = "recordings";
/// The ending of a recording's file name.
pub const ENDING: &str = "siarec";
/// Folders inside each other that are looked into; recordings lie three deep (year, month, day).
const DEPTH_MAX: usize = 6;

/// What to do, and the only way on without the key.
const REMEDY: &str = "Put back the one of the newest backup (the file recording.key in its folder; owner: the server's user, \
                      mode 600). Only if it is lost for good: move the folder recordings away, start again, and let everybody \
                      set up the second factor anew (siaga user reset-totp); the old recordings then stay closed";

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{0} is missing, but there are recordings that only it opens. {REMEDY}")]
    Missing(PathBuf),
    #[error("{0} is not the key of this city: its fingerprint is another one than the database knows. {REMEDY}")]
    Other(PathBuf),
    #[error(transparent)]
    Record(#[from] record::RecordError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The key of a server that starts.
pub async fn take(data: &Path, store: &Store) -> Result<[u8; 32], KeyError> {
    is_there(data)?;
    let key = record::key_file(data)?;
    if has_recordings(data) && is_another(store, &key).await? {
        return Err(KeyError::Other(data.join(KEY)));
    }
    store.recording_key_note(&record::fingerprint(&key)).await?;
    Ok(key)
}

/// Whether the key is there, or nothing needs it yet.
pub fn is_there(data: &Path) -> Result<(), KeyError> {
    let path = data.join(KEY);
    if !path.exists() && has_recordings(data) { Err(KeyError::Missing(path)) } else { Ok(()) }
}

/// Whether the database knows another key. One that was never started with this program knows none.
pub async fn is_another(store: &Store, key: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(store.recording_key_known().await?.is_some_and(|known| known != record::fingerprint(key)))
}

/// Whether any recording lies in a data folder.
fn has_recordings(data: &Path) -> bool {
    fn any(folder: &Path, depth: usize) -> bool {
        let Ok(entries) = fs::read_dir(folder) else { return false };
        entries.flatten().any(|entry| {
            let path = entry.path();
            path.extension().is_some_and(|ending| ending == ENDING)
                || depth > 0 && path.is_dir() && any(&path, depth - 1)
        })
    }
    any(&data.join(RECORDINGS), DEPTH_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::sqlite;

    #[tokio::test]
    async fn a_lost_key_is_not_replaced_and_another_is_not_taken_while_recordings_need_it() {
        let (store, data) = sqlite().await;
        let (path, day) = (data.path().join(KEY), data.path().join(RECORDINGS).join("2026/05/03"));
        let first = take(data.path(), &store).await.expect("a new city gets its key");
        assert_eq!(take(data.path(), &store).await.expect("the same"), first);
        fs::create_dir_all(&day).unwrap();
        fs::remove_file(&path).unwrap();
        let second = take(data.path(), &store).await.expect("nothing was recorded: nothing is lost");
        fs::write(day.join("one.siarec"), "sound").unwrap();

        fs::remove_file(&path).unwrap();
        let missing = take(data.path(), &store).await.expect_err("recordings need it").to_string();
        assert!(missing.contains("recording.key is missing") && missing.contains("backup"), "{missing}");
        assert!(!path.exists(), "no other key takes its place");
        fs::write(&path, first).unwrap();
        let other = take(data.path(), &store).await.expect_err("not the one they were made with").to_string();
        assert!(other.contains("not the key"), "{other}");
        fs::write(&path, second).unwrap();
        assert_eq!(take(data.path(), &store).await.expect("back"), second);

        fs::write(&path, first).unwrap();
        fs::rename(data.path().join(RECORDINGS), data.path().join("old")).unwrap();
        assert_eq!(take(data.path(), &store).await.expect("begun anew on purpose"), first);
    }
}
