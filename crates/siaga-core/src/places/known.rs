//! A place as the city's document or an imported source names it.

use crate::{city::City, view::city::PlaceKind};
use serde::{Deserialize, Serialize};

/// One place with all its names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    pub kind: PlaceKind,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Code of the kelurahan, where it is sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
    /// Code of the kecamatan, where only that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<(f64, f64)>,
    /// The neighbour in which it lies; none: inside the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<String>,
    /// Who must be named with it (ODbL and the like); none: the city itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Known {
    #[must_use]
    pub fn new(kind: PlaceKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            aliases: Vec::new(),
            village: None,
            district: None,
            point: None,
            outside: None,
            source: None,
        }
    }
}

/// "Kabupaten Serang" is also called "Serang".
fn short(name: &str) -> Vec<String> {
    let bare = ["Kabupaten ", "Kota ", "Provinsi "].iter().find_map(|kind| name.strip_prefix(kind));
    bare.map(str::to_owned).into_iter().collect()
}

/// All that the city's document names, areas first.
pub(super) fn of_document(city: &City) -> Vec<Known> {
    let mut all = Vec::new();
    for one in &city.villages {
        all.push(Known {
            aliases: one.aliases.clone(),
            village: Some(one.code.clone()),
            ..Known::new(PlaceKind::Village, &one.name)
        });
    }
    for one in &city.districts {
        all.push(Known { district: Some(one.code.clone()), ..Known::new(PlaceKind::District, &one.name) });
    }
    all.push(Known { aliases: short(&city.name), ..Known::new(PlaceKind::City, &city.name) });
    if let Some(name) = &city.province {
        all.push(Known { aliases: short(name), ..Known::new(PlaceKind::Province, name) });
    }
    for one in &city.neighbours {
        let outside = Some(one.name.clone());
        let aliases = short(&one.name).into_iter().chain(one.aliases.iter().cloned()).collect();
        all.push(Known { aliases, outside: outside.clone(), ..Known::new(PlaceKind::Neighbour, &one.name) });
        for name in &one.districts {
            all.push(Known { outside: outside.clone(), ..Known::new(PlaceKind::District, name) });
        }
        for name in &one.landmarks {
            all.push(Known { outside: outside.clone(), ..Known::new(PlaceKind::Landmark, name) });
        }
    }
    for (kind, rows) in [
        (PlaceKind::Landmark, &city.landmarks),
        (PlaceKind::Neighbourhood, &city.neighbourhoods),
        (PlaceKind::Street, &city.streets),
    ] {
        for one in rows {
            all.push(Known {
                aliases: one.aliases.clone(),
                village: one.village.clone(),
                district: one.district.clone(),
                point: one.lat.zip(one.lng),
                ..Known::new(kind, &one.name)
            });
        }
    }
    all
}
