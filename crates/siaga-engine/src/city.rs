//! The city as it is now: read by engine and HTTP side, replaced as a whole when somebody changes it.

use siaga_core::city::City;
use std::sync::Arc;
use tokio::sync::watch;

/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct LiveCity(Arc<watch::Sender<Arc<City>>>);

impl LiveCity {
    #[must_use]
    pub fn new(city: City) -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(city))))
    }

    /// The city of this moment; hold it for one decision, not longer.
    #[must_use]
    pub fn now(&self) -> Arc<City> {
        self.0.borrow().clone()
    }

    /// From here on the city is this one.
    pub fn replace(&self, city: City) {
        self.0.send_replace(Arc::new(city));
    }

    /// Wakes when it was replaced.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<Arc<City>> {
        self.0.subscribe()
    }
}
