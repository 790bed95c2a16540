//! The rules in force: read by the HTTP side, handed to the desk when somebody changes them.

use siaga_core::policy::{Policy, PolicyError};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::watch;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct LivePolicy(Arc<watch::Sender<Arc<Policy>>>);

impl LivePolicy {
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(policy))))
    }

    /// The rules of this moment.
    #[must_use]
    pub fn now(&self) -> Arc<Policy> {
        self.0.borrow().clone()
    }

    /// From here on the rules are these; the desk follows at once.
    pub fn replace(&self, policy: Policy) {
        self.0.send_replace(Arc::new(policy));
    }

    /// Wakes when they were replaced.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Arc<Policy>> {
        self.0.subscribe()
    }
}

/// The rules of a city cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFileError {
    #[error("{path}: {error}")]
    Read { path: PathBuf, error: io::Error },
    #[error("{path} is no set of rules: {error}\nMend the file, or move it away to start with the preset")]
    Wrong { path: PathBuf, error: PolicyError },
}

/// The file's rules, or the preset where there is no file.
///
/// # Errors
/// [`PolicyFileError`]: a city never starts with other rules than it wrote.
pub fn read_policy(path: &Path) -> Result<Policy, PolicyFileError> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Policy::default()),
        Err(error) => return Err(PolicyFileError::Read { path: path.to_owned(), error }),
    };
    Policy::from_toml(&text).map_err(|error| PolicyFileError::Wrong { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use siaga_store::testing::TestFolder;

    #[test]
    fn a_city_starts_with_its_own_rules_or_not_at_all() {
        let folder = TestFolder::new();
        let path = folder.path().join("policy.toml");
        assert_eq!(read_policy(&path).unwrap(), Policy::default());
        std::fs::write(&path, "name = \"lain\"\n[queue]\nkept_for_lane_a = 2\n").unwrap();
        assert_eq!(read_policy(&path).unwrap().queue.kept_for_lane_a, 2);
        std::fs::write(&path, "[queue]\nlane_b_ms_max = 600000\n").unwrap();
        let error = read_policy(&path).unwrap_err().to_string();
        assert!(error.contains("policy.toml") && error.contains("lane_b_ms_max") && error.contains("60000"), "{error}");
    }
}
