//! A city together with what was imported for it: places and boundaries. Its document knows nothing of them.

use super::City;
use crate::{
    boundaries::Boundaries,
    places::{Gazetteer, Known},
    view::city::PlaceKind,
};
use std::sync::Arc;

/// Where the boundaries say that a place lies in no kelurahan and nobody knows whose it is.
const BEYOND: &str = "wilayah tetangga";

impl City {
    /// The same city with these in place of what was imported before. Takes a second for 50,000 places.
    #[must_use]
    pub fn with_map(mut self, imported: Arc<[Known]>, boundaries: Arc<Boundaries>) -> Self {
        self.boundaries = boundaries;
        let placed: Vec<Known> = imported.iter().map(|one| self.placed(one)).collect();
        self.gazetteer = Arc::new(Gazetteer::of(&self, &placed));
        self.imported = imported;
        self
    }

    /// What was imported, for the city that takes this one's place.
    #[must_use]
    pub fn map(&self) -> (Arc<[Known]>, Arc<Boundaries>) {
        (Arc::clone(&self.imported), Arc::clone(&self.boundaries))
    }

    #[must_use]
    pub fn boundaries(&self) -> &Boundaries {
        &self.boundaries
    }

    /// The kelurahan of a place that only has a point comes from the boundaries, never from the nearest middle.
    fn placed(&self, one: &Known) -> Known {
        let mut placed = one.clone();
        let Some((lat, lng)) = one.point.filter(|_| one.village.is_none() && !self.boundaries.is_empty()) else {
            return placed;
        };
        match self.boundaries.at(lat, lng) {
            // a street runs on: only its kecamatan is said
            Some((code, _)) if one.kind == PlaceKind::Street => {
                placed.district = self.district_of(code).map(|one| one.code.clone());
            }
            Some((code, _)) => placed.village = Some(code.to_owned()),
            None => placed.outside = placed.outside.or_else(|| Some(BEYOND.to_owned())),
        }
        placed
    }
}
