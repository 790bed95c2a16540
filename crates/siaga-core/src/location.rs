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

/// What somebody sent, as a position; `None`: it names no place on earth.
#[must_use]
pub fn read(latitude: f64, longitude: f64, radius_m: Option<f64>) -> Option<Position> {
    let radius_m = radius_m.unwrap_or(RADIUS_M_UNKNOWN);
    let fits = (-90.0..=90.0).contains(&latitude)
        && (-180.0..=180.0).contains(&longitude)
        && (0.0..=RADIUS_M_MAX).contains(&radius_m);
    fits.then_some(Position { latitude, longitude, radius_m })
}

/// The one that counts: the most accurate of those measured about when the newest was.
#[must_use]
pub fn best(all: impl IntoIterator<Item = Located> + Clone) -> Option<Located> {
    let newest = all.clone().into_iter().map(|one| one.at).max()?;
    let recent = all.into_iter().filter(|one| newest.ms_since(one.at) <= SAME_PLACE_MS);
    recent.min_by(|a, b| a.position.radius_m.total_cmp(&b.position.radius_m).then(b.at.cmp(&a.at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64, radius_m: f64) -> Located {
        let position = Position { latitude: -6.12, longitude: 106.15, radius_m };
        Located { position, source: PositionSource::Link, at: Timestamp(second * 1_000_000) }
    }

    #[test]
    fn the_most_accurate_of_now_counts() {
        for (what, all, expected) in [
            ("none", vec![], None),
            ("one", vec![at(0, 900.0)], Some(at(0, 900.0))),
            ("better comes", vec![at(0, 900.0), at(10, 18.0)], Some(at(10, 18.0))),
            ("worse comes soon", vec![at(0, 18.0), at(10, 900.0)], Some(at(0, 18.0))),
            ("worse comes late", vec![at(0, 18.0), at(61, 900.0)], Some(at(61, 900.0))),
            ("as good: the newer", vec![at(0, 18.0), at(10, 18.0)], Some(at(10, 18.0))),
        ] {
            assert_eq!(best(all), expected, "{what}");
        }
    }

    #[test]
    fn only_places_on_earth_are_positions() {
        for (lat, lng, radius, expected) in [
            (-6.12, 106.15, Some(18.0), Some(18.0)),
            (-6.12, 106.15, None, Some(RADIUS_M_UNKNOWN)),
            (-6.12, 106.15, Some(-1.0), None),
            (-6.12, 106.15, Some(f64::NAN), None),
            (-91.0, 106.15, Some(1.0), None),
            (f64::NAN, 106.15, Some(1.0), None),
            (-6.12, 181.0, Some(1.0), None),
        ] {
            assert_eq!(read(lat, lng, radius).map(|one| one.radius_m), expected, "{lat} {lng} {radius:?}");
        }
    }
}
