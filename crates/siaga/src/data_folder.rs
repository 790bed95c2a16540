//! The data folder: one city, one server at a time, and never a demo beside a real city.

use siaga_report::Edition;
use siaga_store::StoreConfig;
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Says what the folder is: `demo` or `city`.
const MARK: &str = "siaga.mark";
/// Held by the server that uses the folder.
const LOCK: &str = "siaga.lock";

/// What a folder is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    Demo,
    City,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::City => "city",
        }
    }

    /// What the documents made from such a folder are.
    #[must_use]
    pub fn edition(self) -> Edition {
        match self {
            Self::Demo => Edition::Demo,
            Self::City => Edition::City,
        }
    }

    /// What the mark of this folder says; a folder without one is a city's.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        let marked = fs::read_to_string(data.join(MARK)).unwrap_or_default();
        if marked.trim() == Self::Demo.word() { Self::Demo } else { Self::City }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("{path}: {source}. Choose a data folder that this user may write, with --data DIR")]
    Io { path: PathBuf, source: io::Error },
    #[error("another siaga server uses {0}. Stop it first, or start this one with another --data DIR")]
    InUse(PathBuf),
    #[error("{0} belongs to a real city: it never runs with --demo, whose passwords everybody knows")]
    IsCity(PathBuf),
    #[error("{0} is a demo, whose passwords everybody knows. Start it with --demo, or a real city in another folder")]
    IsDemo(PathBuf),
    #[error(
        "{database} is missing, but {found} shows that this folder was in use: an empty database would hide what the old \
         one held. Put it back, or restore a backup into a new folder (siaga restore BACKUP --data NEW). To begin anew on \
         purpose, move {found} away"
    )]
    DatabaseMissing { database: PathBuf, found: PathBuf },
}

/// Recordings inside a data folder.
const RECORDINGS: &str = "recordings";

/// Whether the database may be opened: where none is yet, one is made, and only in a folder that was never used.
pub fn may_open(data: &Path, store: &StoreConfig) -> Result<(), FolderError> {
    let StoreConfig::Sqlite { path } = store else { return Ok(()) };
    match fs::metadata(path) {
        Ok(found) if found.len() > 0 => return Ok(()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(FolderError::Io { path: path.clone(), source }),
    }
    let recordings = data.join(RECORDINGS);
    let some = |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    let found = [data.join(MARK)].into_iter().find(|mark| mark.exists());
    match found.or_else(|| some(&recordings).then_some(recordings)) {
        None => Ok(()),
        Some(found) => Err(FolderError::DatabaseMissing { database: path.clone(), found }),
    }
}

/// A data folder, locked as long as this lives.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FolderError + '_ {
    move |source| FolderError::Io { path: path.to_owned(), source }
}

impl DataFolder {
    /// Makes the folder where it is missing (for this user only) and takes its lock.
    pub fn take(path: &Path) -> Result<Self, FolderError> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(at(path))?;
        let lock_path = path.join(LOCK);
        let lock =
            OpenOptions::new().create(true).truncate(false).write(true).open(&lock_path).map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(path.to_owned())),
            Err(TryLockError::Error(source)) => Err(FolderError::Io { path: lock_path, source }),
        }
    }

    /// Whether the folder may serve this purpose. `has_accounts`: somebody can sign in already, so a folder without a
    /// mark is a city's.
    pub fn claim(&self, purpose: Purpose, has_accounts: bool) -> Result<(), FolderError> {
        let path = self.path.join(MARK);
        match fs::read_to_string(&path) {
            Ok(word) if word.trim() == purpose.word() => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if purpose == Purpose::City || !has_accounts {
                    return fs::write(&path, format!("{}\n", purpose.word())).map_err(at(&path));
                }
            }
            Err(source) => return Err(FolderError::Io { path, source }),
        }
        Err(match purpose {
            Purpose::Demo => FolderError::IsCity(self.path.clone()),
            Purpose::City => FolderError::IsDemo(self.path.clone()),
        })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A place inside it.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// Writes a secret that only this user reads, and makes sure it is on the disk.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;

    #[test]
    fn one_server_at_a_time() {
        let place = TestFolder::new();
        let path = place.path().join("data");
        let first = DataFolder::take(&path).expect("free");
        let second = DataFolder::take(&path).expect_err("taken");
        assert!(matches!(second, FolderError::InUse(_)), "{second}");
        drop(first);
        DataFolder::take(&path).expect("free again");
    }

    #[test]
    fn no_empty_database_takes_the_place_of_a_lost_one() {
        type Use = fn(&Path);
        let rows: [(&str, Use, bool); 5] = [
            ("new", |_| {}, true),
            ("an empty folder for recordings", |data| fs::create_dir(data.join(RECORDINGS)).unwrap(), true),
            ("marked", |data| fs::write(data.join(MARK), "city\n").unwrap(), false),
            ("recorded", |data| fs::create_dir_all(data.join(RECORDINGS).join("2026")).unwrap(), false),
            (
                "cut to nothing",
                |data| {
                    fs::write(data.join(MARK), "city\n").unwrap();
                    fs::write(data.join("siaga.db"), "").unwrap();
                },
                false,
            ),
        ];
        for (name, used, may) in rows {
            let place = TestFolder::new();
            used(place.path());
            let store = StoreConfig::Sqlite { path: place.path().join("siaga.db") };
            assert_eq!(may_open(place.path(), &store).is_ok(), may, "{name}");
            fs::write(place.path().join("siaga.db"), "something").unwrap();
            may_open(place.path(), &store).expect(name);
        }
    }

    #[test]
    fn a_demo_never_runs_beside_a_city() {
        use Purpose::{City, Demo};
        let rows = [
            (None, Demo, false, true),
            (None, City, false, true),
            (None, City, true, true),
            (None, Demo, true, false),
            (Some(Demo), Demo, true, true),
            (Some(City), City, true, true),
            (Some(Demo), City, true, false),
            (Some(City), Demo, false, false),
        ];
        for (mark, asked, has_accounts, fits) in rows {
            let place = TestFolder::new();
            let folder = DataFolder::take(place.path()).expect("free");
            if let Some(mark) = mark {
                folder.claim(mark, false).expect("new");
            }
            assert_eq!(folder.claim(asked, has_accounts).is_ok(), fits, "{mark:?} {asked:?} {has_accounts}");
            if fits {
                folder.claim(asked, true).expect("stays what it is");
            }
        }
    }
}
