//! GeoJSON (RFC 7946) with OpenStreetMap's tags as properties.

use super::{Taken, aliases_of_tags, kind_of_tags};
use crate::places::Known;
use serde_json::Value;

pub(super) fn read(text: &str, taken: &mut Taken<'_>) -> Result<(), String> {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("bukan GeoJSON: baris {}, kolom {}", error.line(), error.column()))?;
    let features = file["features"].as_array().ok_or("bukan GeoJSON: tidak ada \"features\" (FeatureCollection)")?;
    for (nth, feature) in (1u32..).zip(features) {
        let at = format!("fitur {nth}");
        let properties = &feature["properties"];
        let tag = |key: &str| properties[key].as_str();
        let Some(name) = tag("name") else {
            taken.skip(at, "", "tanpa nama");
            continue;
        };
        let Some(kind) = kind_of_tags(tag) else {
            taken.skip(at, name, "bukan jalan, permukiman, atau patokan");
            continue;
        };
        let Some(point) = middle(&feature["geometry"]["coordinates"]) else {
            taken.skip(at, name, "koordinat bukan derajat WGS 84 [bujur, lintang]");
            continue;
        };
        taken.add(at, Known { aliases: aliases_of_tags(tag), point: Some(point), ..Known::new(kind, name) })?;
    }
    Ok(())
}

/// The point itself, or the middle one of a line or of an outer ring.
fn middle(coordinates: &Value) -> Option<(f64, f64)> {
    let mut here = coordinates;
    while here[0].is_array() {
        let list = here.as_array()?;
        // the first ring of an area, the middle point of a line
        here = if here[0][0].is_array() { &list[0] } else { &list[list.len() / 2] };
    }
    let (lng, lat) = (here[0].as_f64()?, here[1].as_f64()?);
    (lat.abs() <= 90.0 && lng.abs() <= 180.0).then_some((lat, lng))
}
