//! Whether a caller's position is near an open incident.

use crate::desk::Position;

/// What a telephone is unsure of counts up to here (m); beyond, a circle covers half a city and says nothing.
const RADIUS_M_MAX: f64 = 1_000.0;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// `point` is latitude and longitude, WGS 84. Flat geometry: exact enough below some kilometres.
#[must_use]
pub fn near(position: &Position, point: (f64, f64), within_m: f64) -> bool {
    let north = (position.latitude - point.0) * DEGREE_M;
    let east = (position.longitude - point.1) * DEGREE_M * point.0.to_radians().cos();
    position.radius_m <= RADIUS_M_MAX && north.hypot(east) <= within_m + position.radius_m.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_reach_and_not_beyond() {
        let at = |latitude, radius_m| Position { latitude, longitude: 106.15, radius_m };
        let incident = (-6.12, 106.15);
        for (position, expected) in [
            (at(-6.12, 10.0), true),
            (at(-6.1225, 10.0), true),
            (at(-6.1275, 10.0), false),
            (at(-6.1275, 900.0), true),
            (at(-6.1275, 5_000.0), false),
            (at(f64::NAN, 10.0), false),
        ] {
            assert_eq!(near(&position, incident, 300.0), expected, "{position:?}");
        }
    }
}
