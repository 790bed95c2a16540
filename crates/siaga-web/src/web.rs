//! What every endpoint can reach.

use crate::accounts::{setup::SetupLink, throttle::Throttle};
use siaga_core::view::session::DemoAccount;
use siaga_engine::city::LiveCity;
use siaga_store::Store;
use std::sync::Arc;

/// The state of the HTTP side. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Web {
    pub store: Store,
    pub city: LiveCity,
    pub config: Arc<WebConfig>,
    pub throttle: Arc<Throttle>,
    /// The one-time link of the first start.
    pub setup: Arc<SetupLink>,
}

/// What the binary decides before the first request.
#[derive(Clone, Debug, Default)]
pub struct WebConfig {
    /// The demo's known accounts; `None`: this is a real city.
    pub demo: Option<Vec<DemoAccount>>,
    /// The city's own root certificate in PEM, for `/sertifikat`; `None`: plain HTTP or a bought certificate.
    pub root_certificate: Option<String>,
}

impl Web {
    #[must_use]
    pub fn new(store: Store, city: LiveCity, config: WebConfig) -> Self {
        Self { store, city, config: Arc::new(config), throttle: Arc::default(), setup: Arc::default() }
    }

    /// The city as shown: "Kota Serang".
    #[must_use]
    pub fn city_name(&self) -> String {
        self.city.now().name.clone()
    }

    /// The program runs with demo data and known passwords.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.config.demo.is_some()
    }
}
