//! CSV: `name, kind, aliases, village, district, lat, lng` by name, in any order. Only `name` and `kind` are needed.

use super::Taken;
use crate::{ledger::record::Records, places::Known, view::city::PlaceKind};

const COLUMNS: [&str; 7] = ["name", "kind", "aliases", "village", "district", "lat", "lng"];

pub(super) fn read(text: &str, taken: &mut Taken<'_>) -> Result<(), String> {
    let mut records = Records::new(text.trim_start_matches('\u{feff}').as_bytes());
    let head = records.next().ok_or("berkas kosong")?.map_err(|problem| problem.to_string())?;
    let head: Vec<String> = head.cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
    for needed in ["name", "kind"] {
        if !head.iter().any(|name| name == needed) {
            return Err(format!("kolom \"{needed}\" tidak ada. Kolom: {}", COLUMNS.join(", ")));
        }
    }
    for record in records {
        let record = record.map_err(|problem| problem.to_string())?;
        let cell = |name: &str| -> String {
            let at = head.iter().position(|one| one == name);
            let cell = at.and_then(|at| record.cells.get(at));
            cell.map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).unwrap_or_default()
        };
        let at = format!("baris {}", record.line);
        let name = cell("name");
        match row(&cell, taken) {
            Ok(one) => taken.add(at, one)?,
            Err(reason) => taken.skip(at, &name, reason),
        }
    }
    Ok(())
}

fn row(cell: &impl Fn(&str) -> String, taken: &Taken<'_>) -> Result<Known, String> {
    let mut one = Known::new(kind(&cell("kind"))?, &cell("name"));
    one.aliases = cell("aliases").split(';').map(|alias| alias.trim().to_owned()).collect();
    let (village, district) = (cell("village"), cell("district"));
    let found_district = if district.is_empty() { None } else { Some(taken.city.district_named(&district)?) };
    if village.is_empty() {
        one.district = found_district.map(|one| one.code.clone());
    } else {
        let within = found_district.map(|one| crate::city::fold(&one.name));
        let village = match taken.city.village_by_code(&village) {
            Some(village) => village,
            None => taken.city.village_named(&village, within.as_deref())?,
        };
        one.village = Some(village.code.clone());
    }
    one.point = point(&cell("lat"), &cell("lng"))?;
    Ok(one)
}

fn kind(text: &str) -> Result<PlaceKind, String> {
    match text.to_lowercase().as_str() {
        "landmark" | "patokan" => Ok(PlaceKind::Landmark),
        "street" | "jalan" | "gang" => Ok(PlaceKind::Street),
        "neighbourhood" | "lingkungan" | "kampung" | "komplek" | "perumahan" => Ok(PlaceKind::Neighbourhood),
        other => Err(format!("kind \"{other}\": tulis patokan, jalan, atau lingkungan")),
    }
}

fn point(lat: &str, lng: &str) -> Result<Option<(f64, f64)>, String> {
    if lat.is_empty() && lng.is_empty() {
        return Ok(None);
    }
    let read = |text: &str, most: f64| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    let point = read(lat, 90.0).zip(read(lng, 180.0));
    point
        .map(Some)
        .ok_or_else(|| format!("titik \"{lat}\", \"{lng}\": derajat dengan titik, misalnya -6.1201 dan 106.1615"))
}
