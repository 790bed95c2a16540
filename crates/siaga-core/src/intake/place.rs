//! Where it is, as one line for people.

use crate::{boundaries::Within, city::City, view::incident::IntakeFields};

/// "depan Masjid Agung, Link. Kebaharan RT/RW 03/05, Kel. Cipare, Kec. Serang". A point alone is told with the
/// kelurahan it lies in, or the nearest as *perkiraan*. Never empty.
#[must_use]
pub fn place_line(city: &City, fields: &IntakeFields) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(fields.landmark.clone());
    match (&fields.address, &fields.rt_rw) {
        (Some(address), Some(rt_rw)) => parts.push(format!("{address} RT/RW {rt_rw}")),
        (Some(address), None) => parts.push(address.clone()),
        (None, Some(rt_rw)) => parts.push(format!("RT/RW {rt_rw}")),
        (None, None) => {}
    }
    if let Some(village) = fields.village_code.as_deref().and_then(|code| city.village_by_code(code)) {
        parts.push(format!("Kel. {}", village.name));
        parts.push(format!("Kec. {}", city.district_name(&village.code)));
    } else if let (Some(lat), Some(lng)) = (fields.lat, fields.lng) {
        let near = city.village_at(lat, lng).map(|(one, within)| {
            let unsure = if within == Within::Inside { "" } else { "perkiraan " };
            format!(", {unsure}Kel. {}, Kec. {}", one.name, city.district_name(&one.code))
        });
        parts.push(format!("titik {lat:.5}, {lng:.5}{}", near.unwrap_or_default()));
    }
    if parts.is_empty() { "tempat belum diketahui".to_owned() } else { parts.join(", ") }
}
