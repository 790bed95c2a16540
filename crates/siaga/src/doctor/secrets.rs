//! Who else may read the keys and the folder of the data.

use super::Finding;
use crate::recording_key::{self, KEY, is_another, is_there};
use siaga_store::Store;
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

/// Read, write and enter for everybody but the owner.
const OTHERS: u32 = 0o077;
/// Write for everybody but the owner.
const OTHERS_WRITE: u32 = 0o022;

pub fn look(data: &Path) -> Vec<Finding> {
    let mut findings = vec![folder(data)];
    let key = data.join(KEY);
    findings.push(match (is_there(data), mode(&key)) {
        (Err(missing), _) => {
            Finding::bad(missing.to_string(), format!("copy {KEY} from the newest backup to {}", data.display()))
        }
        (Ok(()), None) => Finding::good(format!("no {KEY} yet, and no recording that needs it")),
        (Ok(()), Some(mode)) if mode & OTHERS != 0 => Finding::bad(
            format!("{}: mode {mode:o}; others on this machine can open every recording", key.display()),
            format!("chmod 600 {}", key.display()),
        ),
        (Ok(()), Some(_)) => Finding::good(format!("only its owner reads {KEY}")),
    });
    findings
}

fn folder(data: &Path) -> Finding {
    let (shown, remedy) = (data.display(), format!("chmod 700 {}", data.display()));
    match mode(data) {
        Some(mode) if mode & OTHERS_WRITE != 0 => {
            Finding::bad(format!("{shown}: mode {mode:o}; others on this machine can replace the city's data"), remedy)
        }
        Some(mode) if mode & OTHERS != 0 => {
            Finding::advice(format!("{shown}: mode {mode:o}; others on this machine can look into it"), remedy)
        }
        _ => Finding::good(format!("only its owner enters {shown}")),
    }
}

/// What is wrong between the key and the database, if anything is.
pub async fn belongs(data: &Path, store: &Store) -> Option<Finding> {
    let key = fs::read(data.join(KEY)).ok()?.try_into().ok()?;
    let other = is_another(store, &key).await.unwrap_or(false);
    other.then(|| {
        Finding::bad(recording_key::KeyError::Other(data.join(KEY)).to_string(), "the start refuses it as well")
    })
}

fn mode(path: &Path) -> Option<u32> {
    fs::metadata(path).ok().map(|found| found.permissions().mode() & 0o777)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Level;
    use siaga_store::testing::{TestFolder, sqlite};

    #[test]
    fn what_others_may_read_or_write_is_named() {
        let place = TestFolder::new();
        let data = place.path();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        fs::write(data.join(KEY), [1; 32]).unwrap();
        for (folder, key, levels) in [
            (0o700, 0o600, [Level::Good, Level::Good]),
            (0o755, 0o600, [Level::Advice, Level::Good]),
            (0o777, 0o644, [Level::Bad, Level::Bad]),
        ] {
            set(data, folder);
            set(&data.join(KEY), key);
            let found = look(data);
            assert_eq!([found[0].level, found[1].level], levels, "{found:?}");
            assert!(found.iter().all(|one| one.level == Level::Good || one.remedy.starts_with("chmod")), "{found:?}");
        }
        fs::remove_file(data.join(KEY)).unwrap();
        assert_eq!(look(data)[1].level, Level::Good, "nothing was recorded yet");
        fs::create_dir(data.join("recordings")).unwrap();
        fs::write(data.join("recordings/one.siarec"), "sound").unwrap();
        let lost = &look(data)[1];
        assert!(lost.level == Level::Bad && lost.what.contains("recording.key is missing"), "{lost:?}");
    }

    #[tokio::test]
    async fn another_key_than_the_database_knows_is_named() {
        let (store, data) = sqlite().await;
        recording_key::take(data.path(), &store).await.unwrap();
        assert_eq!(belongs(data.path(), &store).await, None);
        fs::write(data.path().join(KEY), [9; 32]).unwrap();
        assert!(belongs(data.path(), &store).await.is_some_and(|one| one.what.contains("is not the key")));
    }
}
