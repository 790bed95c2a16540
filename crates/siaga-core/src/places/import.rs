//! Places from files of others: CSV, and extracts of OpenStreetMap as GeoJSON or XML. A row that cannot be used is told
//! with its reason; a file that cannot be read is refused as a whole.

mod geojson;
mod osm;
mod table;

use super::Known;
use crate::{
    city::{City, fold},
    view::{
        city::PlaceKind,
        map::{ImportNote, ImportReport, MapSourceKind},
    },
};
use std::collections::HashMap;

/// A file (bytes): a city's extract with all its buildings.
pub const IMPORT_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Places of one source; a province's largest city has fewer.
pub const PLACES_MAX: usize = 100_000;
/// Characters of a name; more is a description.
const NAME_CHARS_MAX: usize = 120;
/// Other names of one place.
const ALIASES_MAX: usize = 12;
/// Pieces of a street this near (degrees, about a kilometre) are one street; beyond it is another of the same name.
const SAME_STREET_DEGREES: f64 = 0.01;
/// What OpenStreetMap's licence asks to be shown.
pub const OSM_ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL 1.0";

/// The form of a file, by its first letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Csv,
    GeoJson,
    OsmXml,
}

impl Form {
    #[must_use]
    pub fn of(text: &str) -> Self {
        match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
            Some('{') => Form::GeoJson,
            Some('<') => Form::OsmXml,
            _ => Form::Csv,
        }
    }

    /// Who must be named when nobody says it.
    #[must_use]
    pub fn attribution(self) -> &'static str {
        match self {
            Form::Csv => "",
            Form::GeoJson | Form::OsmXml => OSM_ATTRIBUTION,
        }
    }
}

/// What a file brings; `Err`: nothing of it can be used, and why.
pub fn read(bytes: &[u8], city: &City) -> Result<(Vec<Known>, ImportReport), String> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(format!("lebih dari {} MB: potong berkas ke wilayah kota", IMPORT_BYTES_MAX / 1024 / 1024));
    }
    let text = std::str::from_utf8(bytes).map_err(
        |_| "bukan teks UTF-8. CSV: simpan sebagai \"CSV UTF-8\"; OSM: pakai .osm atau .geojson, bukan .pbf",
    )?;
    let mut taken = Taken::new(city);
    match Form::of(text) {
        Form::Csv => table::read(text, &mut taken)?,
        Form::GeoJson => geojson::read(text, &mut taken)?,
        Form::OsmXml => osm::read(text, &mut taken)?,
    }
    if taken.places.is_empty() {
        let first = taken.report.notes.first().map(|note| format!(" ({}: {})", note.at, note.reason));
        return Err(format!("tidak ada tempat yang dapat diambil dari berkas{}", first.unwrap_or_default()));
    }
    taken.report.taken = u32::try_from(taken.places.len()).unwrap_or(u32::MAX);
    Ok((taken.places, taken.report))
}

/// As [`read`], with the places as the text that is kept.
pub fn document(bytes: &[u8], city: &City) -> Result<(String, ImportReport), String> {
    let (places, report) = read(bytes, city)?;
    Ok((serde_json::to_string(&places).map_err(|error| error.to_string())?, report))
}

/// Who must be named with a file when nobody says it.
#[must_use]
pub fn attribution(kind: MapSourceKind, bytes: &[u8]) -> &'static str {
    match (kind, std::str::from_utf8(bytes)) {
        (MapSourceKind::Places, Ok(text)) => Form::of(text).attribution(),
        _ => "",
    }
}

/// What was read so far.
struct Taken<'c> {
    city: &'c City,
    places: Vec<Known>,
    report: ImportReport,
    /// Kind and folded name to the places that have them.
    held: HashMap<(PlaceKind, String), Vec<usize>>,
}

impl<'c> Taken<'c> {
    fn new(city: &'c City) -> Self {
        Self { city, places: Vec::new(), report: ImportReport::default(), held: HashMap::new() }
    }

    fn skip(&mut self, at: String, name: &str, reason: impl Into<String>) {
        let name = name.chars().take(NAME_CHARS_MAX).collect();
        self.report.skip(ImportNote { at, name, reason: reason.into() });
    }

    /// Takes a place, or says why not. A street comes in many pieces: those near each other are one.
    fn add(&mut self, at: String, mut one: Known) -> Result<(), String> {
        one.name = one.name.trim().to_owned();
        let name = one.name.clone();
        if fold(&name).is_empty() {
            self.skip(at, &name, "tanpa nama");
            return Ok(());
        }
        if name.chars().count() > NAME_CHARS_MAX {
            self.skip(at, &name, format!("nama lebih dari {NAME_CHARS_MAX} karakter"));
            return Ok(());
        }
        one.aliases
            .retain(|alias| !fold(alias).is_empty() && *alias != name && alias.chars().count() <= NAME_CHARS_MAX);
        one.aliases.truncate(ALIASES_MAX);
        let same = self.held.entry((one.kind, fold(&name))).or_default();
        if same.iter().any(|held| is_one(&self.places[*held], &one)) {
            return Ok(());
        }
        same.push(self.places.len());
        self.places.push(one);
        if self.places.len() > PLACES_MAX {
            return Err(format!("lebih dari {PLACES_MAX} tempat: potong berkas ke wilayah kota"));
        }
        Ok(())
    }
}

fn is_one(held: &Known, one: &Known) -> bool {
    match (held.point, one.point) {
        (Some(a), Some(b)) => (a.0 - b.0).abs() < SAME_STREET_DEGREES && (a.1 - b.1).abs() < SAME_STREET_DEGREES,
        _ => held.village == one.village && held.district == one.district,
    }
}

/// Tags that OpenStreetMap gives to what a caller may name. `None`: not such a thing.
fn kind_of_tags<'t>(tag: impl Fn(&str) -> Option<&'t str>) -> Option<PlaceKind> {
    if tag("highway").is_some_and(|value| !matches!(value, "bus_stop" | "traffic_signals" | "crossing")) {
        return Some(PlaceKind::Street);
    }
    if let Some(place) = tag("place") {
        let small = ["hamlet", "neighbourhood", "suburb", "quarter", "isolated_dwelling", "city_block", "locality"];
        return small.contains(&place).then_some(PlaceKind::Neighbourhood);
    }
    if tag("landuse") == Some("residential") {
        return Some(PlaceKind::Neighbourhood);
    }
    let known = [
        "amenity",
        "shop",
        "tourism",
        "office",
        "railway",
        "leisure",
        "historic",
        "healthcare",
        "man_made",
        "bridge",
        "public_transport",
        "military",
        "building",
        "highway",
    ];
    known.iter().any(|key| tag(key).is_some()).then_some(PlaceKind::Landmark)
}

/// The other names OpenStreetMap keeps.
fn aliases_of_tags<'t>(tag: impl Fn(&str) -> Option<&'t str>) -> Vec<String> {
    let names = ["alt_name", "old_name", "short_name", "official_name", "loc_name", "name:id"];
    let values = names.iter().filter_map(|name| tag(name));
    values.flat_map(|value| value.split(';')).map(|one| one.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests;
