//! The city as it is now: read by engine and HTTP side, replaced as a whole when somebody changes it.

use siaga_core::{boundaries::Boundaries, city::City, places::Known};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct LiveCity {
    now: Arc<watch::Sender<Arc<City>>>,
    /// Who makes the next city holds this: an import and a new document must not lose each other. Readers never wait.
    making: Arc<Mutex<()>>,
}

impl LiveCity {
    #[must_use]
    pub fn new(city: City) -> Self {
        Self { now: Arc::new(watch::Sender::new(Arc::new(city))), making: Arc::default() }
    }

    /// The city of this moment; hold it for one decision, not longer.
    #[must_use]
    pub fn now(&self) -> Arc<City> {
        self.now.borrow().clone()
    }

    /// From here on these are its imported places and boundaries. Takes a second for a large import.
    pub fn draw(&self, imported: Arc<[Known]>, boundaries: Arc<Boundaries>) {
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let city = City::clone(&self.now()).with_map(imported, boundaries);
        self.now.send_replace(Arc::new(city));
    }

    /// From here on the city is this one, with what was imported before.
    pub fn replace(&self, city: City) {
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let (imported, boundaries) = self.now().map();
        let bare = imported.is_empty() && boundaries.is_empty();
        self.now.send_replace(Arc::new(if bare { city } else { city.with_map(imported, boundaries) }));
    }

    /// Wakes when it was replaced.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Arc<City>> {
        self.now.subscribe()
    }
}
