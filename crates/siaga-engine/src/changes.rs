//! "Something behind a list changed": told after a commit, heard by every console and by the jobs.

use siaga_core::view::desk::{Changed, Topic};
use tokio::sync::broadcast;

/// Changes a slow listener may lag behind before it is told to fetch everything again.
const CHANGES_KEPT: usize = 256;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Changes(broadcast::Sender<Changed>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(CHANGES_KEPT))
    }
}

impl Changes {
    /// Tells it. Nobody listening is fine.
    pub fn tell(&self, topic: Topic, id: Option<String>) {
        self.0.send(Changed { topic, id }).ok();
    }

    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Changed> {
        self.0.subscribe()
    }
}
