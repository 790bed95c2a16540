//! Where a caller is, whatever told it: the INVITE (PIDF-LO), the telephone by itself (AML), the person over the location
//! link. One shape for all; which of several counts is decided here.

use crate::{desk::Position, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Positions measured this close to the newest (ms) tell of the same place: among them the most accurate counts. Older
/// ones do not: a caller may be carried away.
pub const SAME_PLACE_MS: i64 = 60_000;
/// Half the way round the earth (m): a larger circle says nothing.
pub const RADIUS_M_MAX: f64 = 20_000_000.0;
/// A telephone that does not say how sure it is: as unsure as one that knows only its cell (m).
pub const RADIUS_M_UNKNOWN: f64 = 1_500.0;

/// Who told it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PositionSource {
    /// PIDF-LO in the INVITE (RFC 6442).
    Invite,
    /// The telephone by itself over HTTPS (AML, ELS).
    Aml,
    /// The person, over the location link.
    Link,
}

impl PositionSource {
    pub const ALL: [PositionSource; 3] = [PositionSource::Invite, PositionSource::Aml, PositionSource::Link];

    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            PositionSource::Invite => "invite",
            PositionSource::Aml => "aml",
            PositionSource::Link => "link",
        }
    }
}

/// A position that is known of a caller. Personal data: never logged.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Located {
    pub position: Position,
    pub source: PositionSource,
    /// Measured then.
    pub at: Timestamp,
}

/// Telephones without a fix send 0,0: this close to it (degrees, about 100 m of open sea) nobody calls.
const NO_FIX_DEGREES: f64 = 0.001;

/// What somebody sent, as a position; `None`: it names no place on earth, or the 0,0 of a telephone without a fix. A
/// radius that cannot be (0, below, beyond the earth) says nothing about how sure the telephone is.
#[must_use]
pub fn read(latitude: f64, longitude: f64, radius_m: Option<f64>) -> Option<Position> {
    let on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
    let no_fix = latitude.abs() < NO_FIX_DEGREES && longitude.abs() < NO_FIX_DEGREES;
    (on_earth && !no_fix).then_some(Position {
        latitude,
        longitude,
        radius_m: radius_m.map_or(RADIUS_M_UNKNOWN, sure_m),
    })
}

/// A radius that was told, or the unknown one.
fn sure_m(radius_m: f64) -> f64 {
    if radius_m > 0.0 && radius_m <= RADIUS_M_MAX { radius_m } else { RADIUS_M_UNKNOWN }
}

/// Where a city's callers are: its villages and far around them, in degrees. A 112 call is carried to the nearest city,
/// so what is farther was misread by a telephone or is another's.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Region {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

/// Degrees around the villages of a city that still are its region: about 110 km, the neighbours of its neighbours.
const REGION_MARGIN_DEGREES: f64 = 1.0;

impl Region {
    /// The region of places (latitude, longitude); `None` without any.
    #[must_use]
    pub fn around(places: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let box_of = |(lat, lng)| Self {
            south: lat - REGION_MARGIN_DEGREES,
            north: lat + REGION_MARGIN_DEGREES,
            west: lng - REGION_MARGIN_DEGREES,
            east: lng + REGION_MARGIN_DEGREES,
        };
        places.into_iter().map(box_of).reduce(|a, b| Self {
            south: a.south.min(b.south),
            north: a.north.max(b.north),
            west: a.west.min(b.west),
            east: a.east.max(b.east),
        })
    }

    fn holds(&self, at: &Position) -> bool {
        (self.south..=self.north).contains(&at.latitude) && (self.west..=self.east).contains(&at.longitude)
    }
}

/// The one that counts: the most accurate of those measured about when the newest was. What lies far outside the city's
/// region counts only where nothing else is known: it is shown then, with its source and time, and a person judges it.
#[must_use]
pub fn best(all: impl IntoIterator<Item = Located> + Clone, region: Option<&Region>) -> Option<Located> {
    let near = |one: &Located| region.is_none_or(|region| region.holds(&one.position));
    let any_near = all.clone().into_iter().any(|one| near(&one));
    let counts = |one: &Located| !any_near || near(one);
    let newest = all.clone().into_iter().filter(counts).map(|one| one.at).max()?;
    let recent = all.into_iter().filter(counts).filter(|one| newest.ms_since(one.at) <= SAME_PLACE_MS);
    // Rows of an older program may hold a radius of 0.
    let sure = |one: &Located| sure_m(one.position.radius_m);
    recent.min_by(|a, b| sure(a).total_cmp(&sure(b)).then(b.at.cmp(&a.at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64, radius_m: f64) -> Located {
        let position = Position { latitude: -6.12, longitude: 106.15, radius_m };
        Located { position, source: PositionSource::Link, at: Timestamp(second * 1_000_000) }
    }

    fn region() -> Region {
        Region::around([(-6.12, 106.15), (-6.05, 106.2)]).expect("two places")
    }

    /// A place in the capital of another province.
    fn far(second: i64, radius_m: f64) -> Located {
        let position = Position { latitude: -7.25, longitude: 112.75, radius_m };
        Located { position, ..at(second, radius_m) }
    }

    #[test]
    fn the_most_accurate_of_now_counts() {
        for (what, all, expected) in [
            ("none", vec![], None),
            ("one", vec![at(0, 900.0)], Some(at(0, 900.0))),
            ("better comes", vec![at(0, 900.0), at(10, 18.0)], Some(at(10, 18.0))),
            ("worse comes soon", vec![at(0, 18.0), at(10, 900.0)], Some(at(0, 18.0))),
            ("worse comes late", vec![at(0, 18.0), at(61, 900.0)], Some(at(61, 900.0))),
            ("a radius of 0 is unknown", vec![at(0, 18.0), at(10, 0.0)], Some(at(0, 18.0))),
            ("far, alone", vec![far(0, 5.0)], Some(far(0, 5.0))),
            ("far and sure", vec![at(0, 900.0), far(10, 5.0)], Some(at(0, 900.0))),
            ("far and later", vec![at(0, 900.0), far(600, 5.0)], Some(at(0, 900.0))),
            ("near after far", vec![far(0, 5.0), at(600, 900.0)], Some(at(600, 900.0))),
            ("as good: the newer", vec![at(0, 18.0), at(10, 18.0)], Some(at(10, 18.0))),
        ] {
            assert_eq!(best(all, Some(&region())), expected, "{what}");
        }
    }

    #[test]
    fn only_places_on_earth_are_positions() {
        for (lat, lng, radius, expected) in [
            (-6.12, 106.15, Some(18.0), Some(18.0)),
            (-6.12, 106.15, None, Some(RADIUS_M_UNKNOWN)),
            (-6.12, 106.15, Some(0.0), Some(RADIUS_M_UNKNOWN)),
            (-6.12, 106.15, Some(-1.0), Some(RADIUS_M_UNKNOWN)),
            (-6.12, 106.15, Some(f64::NAN), Some(RADIUS_M_UNKNOWN)),
            (-6.12, 106.15, Some(f64::INFINITY), Some(RADIUS_M_UNKNOWN)),
            (0.0, 0.0, Some(0.0), None),
            (0.0, 0.0, Some(12.0), None),
            // Pontianak lies on the equator.
            (0.0, 109.33, Some(12.0), Some(12.0)),
            (-91.0, 106.15, Some(1.0), None),
            (f64::NAN, 106.15, Some(1.0), None),
            (-6.12, 181.0, Some(1.0), None),
        ] {
            assert_eq!(read(lat, lng, radius).map(|one| one.radius_m), expected, "{lat} {lng} {radius:?}");
        }
    }
}
