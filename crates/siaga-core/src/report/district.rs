//! Emergencies by kecamatan, summed from their kelurahan.

use super::{NOT_FILLED, labelled};
use crate::{city::City, view::report::Count};
use std::collections::BTreeMap;

/// Kelurahan that the city no longer knows, and rows without one, keep their own line.
#[must_use]
pub fn by_district(by_village: &[Count], city: &City) -> Vec<Count> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for one in by_village {
        let key = city.district_of(&one.key).map_or_else(|| one.key.clone(), |district| district.code.clone());
        *sums.entry(key).or_default() += one.count;
    }
    let label = |key: &str| {
        let named = city.districts.iter().find(|one| one.code == key).map(|one| one.name.clone());
        named.or_else(|| by_village.iter().find(|one| one.key == key).map(|one| one.label.clone()))
    };
    let mut counts = labelled(&sums, label);
    // What nobody filled in closes the list.
    counts.sort_by_key(|one| one.label == NOT_FILLED);
    counts
}
