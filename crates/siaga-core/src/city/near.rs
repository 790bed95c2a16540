//! The village whose middle is nearest.

use super::{City, Village};
use crate::location::Region;

const EARTH_M: f64 = 6_371_000.0;

impl City {
    /// Where this city's callers are.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        Region::around(self.villages.iter().map(|one| (one.lat, one.lng)))
    }

    /// The village whose middle is nearest to a point, with the distance in metres: always a *perkiraan*.
    #[must_use]
    pub fn nearest_village(&self, lat: f64, lng: f64) -> Option<(&Village, u32)> {
        self.villages
            .iter()
            .map(|one| (one, metres((lat, lng), (one.lat, one.lng))))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(one, distance)| (one, distance as u32))
    }
}

/// Flat-earth distance: inside a city the error is far below the size of a village.
fn metres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (a.0 - b.0).to_radians() * EARTH_M;
    let east = (a.1 - b.1).to_radians() * EARTH_M * ((a.0 + b.0) / 2.0).to_radians().cos();
    north.hypot(east)
}
