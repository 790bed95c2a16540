//! Boundaries from a GeoJSON file (RFC 7946). All that can be used is used; what cannot is told with its feature.

use super::{Boundaries, Point, Shape};
use crate::{
    city::{City, Village, fold},
    view::map::{ImportNote, ImportReport},
};
use serde_json::Value;

/// Points of one file; a province has fewer.
const POINTS_MAX: usize = 2_000_000;
/// Properties that hold the code of a kelurahan, as the usual files name them (lower case).
const CODE_NAMES: [&str; 7] = ["code", "kode", "kode_kelurahan", "kode_desa", "kdepum", "kd_desa", "kemendagri"];
const NAME_NAMES: [&str; 6] = ["name", "nama", "kelurahan", "desa", "namobj", "wadmkd"];
const DISTRICT_NAMES: [&str; 4] = ["district", "kecamatan", "wadmkc", "nama_kecamatan"];

/// What a file brings; `Err`: nothing of it can be used, and why.
pub fn read(text: &str, city: &City) -> Result<(Boundaries, ImportReport), String> {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("bukan GeoJSON: baris {}, kolom {}", error.line(), error.column()))?;
    let features = file["features"].as_array().ok_or("bukan GeoJSON: tidak ada \"features\" (FeatureCollection)")?;
    let mut report = ImportReport::default();
    let mut shapes: Vec<Shape> = Vec::new();
    let mut points = 0;
    for (nth, feature) in (1u32..).zip(features) {
        match shape_of(feature, city, &mut points) {
            Ok(shape) => match shapes.iter_mut().find(|held| held.code == shape.code) {
                // islands come as features of their own
                Some(held) => held.pieces.extend(shape.pieces),
                None => shapes.push(shape),
            },
            Err(reason) => {
                let name = property(feature, &NAME_NAMES).unwrap_or_default();
                report.skip(ImportNote { at: format!("fitur {nth}"), name, reason });
            }
        }
        if points > POINTS_MAX {
            return Err(format!("lebih dari {POINTS_MAX} titik: sederhanakan batas lebih dulu"));
        }
    }
    if shapes.is_empty() {
        let first = report.notes.first().map(|note| format!(" ({}: {})", note.at, note.reason)).unwrap_or_default();
        return Err(format!("tidak ada batas kelurahan kota ini di dalam berkas{first}"));
    }
    let boundaries = Boundaries::of(shapes);
    report.taken = u32::try_from(boundaries.shapes().count()).unwrap_or(u32::MAX);
    tell_flaws(&boundaries, city, &mut report);
    Ok((boundaries, report))
}

/// As [`read`], from the bytes of a file to the text that is kept.
pub fn document(bytes: &[u8], city: &City) -> Result<(String, ImportReport), String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "bukan teks UTF-8; batas diimpor sebagai GeoJSON")?;
    let (boundaries, report) = read(text, city)?;
    let shapes: Vec<&Shape> = boundaries.shapes().collect();
    Ok((serde_json::to_string(&shapes).map_err(|error| error.to_string())?, report))
}

fn tell_flaws(boundaries: &Boundaries, city: &City, report: &mut ImportReport) {
    let without: Vec<&str> = city
        .villages
        .iter()
        .filter(|one| !boundaries.shapes().any(|shape| shape.code == one.code))
        .map(|one| one.name.as_str())
        .collect();
    if !without.is_empty() {
        report.warnings.push(format!("{} kelurahan tanpa batas: {}", without.len(), without.join(", ")));
    }
    for one in &city.villages {
        let elsewhere = boundaries.at(one.lat, one.lng).filter(|(code, _)| *code != one.code);
        if let Some(other) = elsewhere.and_then(|(code, _)| city.village_by_code(code)) {
            report.warnings.push(format!("titik tengah {} terletak di {}", one.name, other.name));
        }
    }
}

fn property(feature: &Value, names: &[&str]) -> Option<String> {
    let properties = feature["properties"].as_object()?;
    let value = names.iter().find_map(|name| {
        properties.iter().find(|(key, value)| key.to_lowercase() == *name && !value.is_null()).map(|(_, value)| value)
    })?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)).filter(|text| !text.trim().is_empty())
}

fn shape_of(feature: &Value, city: &City, points: &mut usize) -> Result<Shape, String> {
    let village = village_of(feature, city)?;
    let geometry = &feature["geometry"];
    let coordinates = geometry["coordinates"].as_array().ok_or("tanpa koordinat")?;
    let pieces = match geometry["type"].as_str() {
        Some("Polygon") => vec![piece(coordinates, points)?],
        Some("MultiPolygon") => coordinates
            .iter()
            .map(|one| piece(one.as_array().ok_or("koordinat tidak terbaca")?, points))
            .collect::<Result<_, _>>()?,
        other => return Err(format!("geometri {}, seharusnya Polygon atau MultiPolygon", other.unwrap_or("kosong"))),
    };
    let shape = Shape { code: village.code.clone(), pieces };
    let frame = shape.frame();
    // a kelurahan whose middle is a degree away has its axes exchanged, or is another place
    if (frame.west - village.lng).abs() > 1.0 || (frame.south - village.lat).abs() > 1.0 {
        return Err("jauh dari kelurahannya: urutan koordinat harus [bujur, lintang], WGS 84".to_owned());
    }
    Ok(shape)
}

/// The district comes from the code alone: what a file says of it is often wrong.
fn village_of<'c>(feature: &Value, city: &'c City) -> Result<&'c Village, String> {
    if let Some(code) = property(feature, &CODE_NAMES) {
        return city.village_by_code(&code).ok_or_else(|| format!("kode {code} bukan kelurahan kota ini"));
    }
    let name = property(feature, &NAME_NAMES).ok_or("tanpa kode dan tanpa nama kelurahan")?;
    let district = property(feature, &DISTRICT_NAMES).map(|name| fold(&name));
    city.village_named(&name, district.as_deref())
}

fn piece(rings: &[Value], points: &mut usize) -> Result<Vec<Vec<Point>>, String> {
    rings.iter().map(|ring| self::ring(ring, points)).collect()
}

fn ring(ring: &Value, points: &mut usize) -> Result<Vec<Point>, String> {
    let mut read: Vec<Point> = Vec::new();
    for position in ring.as_array().ok_or("koordinat tidak terbaca")? {
        let at = |nth: usize, most: f64| position[nth].as_f64().filter(|degrees| degrees.abs() <= most);
        let point = at(0, 180.0).zip(at(1, 90.0)).ok_or("koordinat bukan derajat WGS 84 [bujur, lintang]")?;
        if read.last() != Some(&point) {
            read.push(point);
        }
    }
    if read.len() > 1 && read.first() == read.last() {
        read.pop();
    }
    *points += read.len();
    if read.len() < 3 { Err("cincin dengan kurang dari tiga titik".to_owned()) } else { Ok(read) }
}
