//! What an agency is told of an incident: the fields that the city's document allows it, and nothing else.
//!
//! This is the one place. The responder's page, the webhook and the message that waits on *pesan keluar* are all made of
//! what comes out here. Number and type of the incident always go along: without them nobody knows what it is about.

use super::info::plain;
use crate::{
    city::City,
    view::incident::{IntakeFields, NoteLine},
};
use serde::Deserialize;

/// A part of the sheet that can be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SharedField {
    Landmark,
    Village,
    Address,
    RtRw,
    Pin,
    Situation,
    Victims,
    ReporterName,
    ReporterNumber,
    /// The lines that call-takers wrote, and the answers to their cards.
    Notes,
}

/// What an agency gets that the document says nothing about: where and what, not who called. Lines are free text and may
/// name people: they go only to whom the city names.
pub const SHARED_BY_DEFAULT: [SharedField; 7] = [
    SharedField::Landmark,
    SharedField::Village,
    SharedField::Address,
    SharedField::RtRw,
    SharedField::Pin,
    SharedField::Situation,
    SharedField::Victims,
];

/// The sheet as this agency may see it.
#[must_use]
pub fn shared(city: &City, agency: &str, fields: &IntakeFields) -> IntakeFields {
    use SharedField as F;
    let allowed = allowed(city, agency);
    let has = |field: F| allowed.contains(&field);
    let text = |text: &Option<String>, field: F| {
        text.as_ref().filter(|_| has(field)).map(|text| discreet(text, allowed, fields))
    };
    IntakeFields {
        landmark: text(&fields.landmark, F::Landmark),
        village_code: fields.village_code.clone().filter(|_| has(F::Village)),
        address: text(&fields.address, F::Address),
        rt_rw: fields.rt_rw.clone().filter(|_| has(F::RtRw)),
        lat: fields.lat.filter(|_| has(F::Pin)),
        lng: fields.lng.filter(|_| has(F::Pin)),
        incident_type: fields.incident_type.clone(),
        reporter_name: fields.reporter_name.clone().filter(|_| has(F::ReporterName)),
        reporter_number: fields.reporter_number.clone().filter(|_| has(F::ReporterNumber)),
        victims: fields.victims.filter(|_| has(F::Victims)),
        situation: text(&fields.situation, F::Situation),
    }
}

/// The call-takers' lines as this agency may see them.
#[must_use]
pub fn shared_notes(city: &City, agency: &str, fields: &IntakeFields, notes: Vec<NoteLine>) -> Vec<NoteLine> {
    let allowed = allowed(city, agency);
    if !allowed.contains(&SharedField::Notes) {
        return Vec::new();
    }
    notes.into_iter().map(|line| NoteLine { text: discreet(&line.text, allowed, fields), ..line }).collect()
}

/// Whether this agency may read what call-takers wrote and what callers answered to their cards.
#[must_use]
pub fn shares_lines(city: &City, agency: &str) -> bool {
    allowed(city, agency).contains(&SharedField::Notes)
}

fn allowed<'c>(city: &'c City, agency: &str) -> &'c [SharedField] {
    city.agency(agency).and_then(|one| one.shares.as_deref()).unwrap_or(&SHARED_BY_DEFAULT)
}

/// Free text without what the agency does not get in its own field: the reporter's name, and what looks like a number.
fn discreet(text: &str, allowed: &[SharedField], fields: &IntakeFields) -> String {
    let mut text = text.to_owned();
    if !allowed.contains(&SharedField::ReporterName)
        && let Some(name) = fields.reporter_name.as_deref().map(str::trim).filter(|name| !name.is_empty())
    {
        text = without(&text, name);
    }
    if allowed.contains(&SharedField::ReporterNumber) { text } else { plain(&text) }
}

/// Takes a name out, however its letters are cased.
fn without(text: &str, name: &str) -> String {
    let folded = |text: &str| text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect::<Vec<char>>();
    let (lower, wanted): (Vec<char>, Vec<char>) = (folded(text), folded(name));
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| lower.get(at)).is_some_and(|c| c.is_alphanumeric());
    let (mut out, mut at) = (String::new(), 0);
    while at < letters.len() {
        let whole = !is_letter(at.checked_sub(1)) && !is_letter(Some(at + wanted.len()));
        if whole && lower[at..].starts_with(&wanted) {
            out.push_str("(pelapor)");
            at += wanted.len();
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        city::{SERANG_TOML, serang},
        time::Timestamp,
    };

    fn sheet() -> IntakeFields {
        serde_json::from_value(serde_json::json!({
            "landmark": "depan rumah Budi", "village_code": "36.73.01.1002", "address": "Link. Ciceri", "rt_rw": "01/02",
            "lat": -6.12, "lng": 106.16, "incident_type": "fire", "reporter_name": "Budi", "reporter_number": "081211120001",
            "victims": 2, "situation": "BUDI terjebak, Budianto tidak, hubungi 0812-1112-0001 segera",
        }))
        .expect("a sheet")
    }

    #[test]
    fn who_called_is_not_told_unless_the_city_says_so() {
        let city = serang();
        let told = shared(&city, "dlh", &sheet());
        assert_eq!((told.reporter_name.as_deref(), told.reporter_number.as_deref()), (None, None));
        assert_eq!(told.situation.as_deref(), Some("(pelapor) terjebak, Budianto tidak, hubungi (nomor) segera"));
        assert_eq!(told.landmark.as_deref(), Some("depan rumah (pelapor)"));
        assert_eq!(shared(&city, "damkar", &sheet()), sheet(), "who drives there calls back to find the house");
        let line = NoteLine { at: Timestamp(1), by: "Sari".into(), text: "Budi menunggu".into() };
        assert_eq!(shared_notes(&city, "dlh", &sheet(), vec![line.clone()]), []);
        assert_eq!(shared_notes(&city, "damkar", &sheet(), vec![line.clone()]), [line]);
        assert_eq!(shared(&city, "no longer in the document", &sheet()), told);
    }

    #[test]
    fn each_field_goes_only_where_it_is_allowed() {
        let city = |fields: &str| {
            let old = "{ key = \"dlh\", label";
            assert!(SERANG_TOML.contains(old));
            let text = SERANG_TOML.replace(old, &format!("{{ key = \"dlh\", shares = [{fields}], label"));
            City::from_toml(&text).expect("an allow-list")
        };
        let none = IntakeFields { incident_type: Some("fire".into()), ..IntakeFields::default() };
        assert_eq!(shared(&city(""), "dlh", &sheet()), none);
        let full = serde_json::to_value(sheet()).expect("a sheet");
        for (allowed, keys) in [
            ("landmark", &["landmark"][..]),
            ("village", &["village_code"]),
            ("address", &["address"]),
            ("rt_rw", &["rt_rw"]),
            ("pin", &["lat", "lng"]),
            ("situation", &["situation"]),
            ("victims", &["victims"]),
            ("reporter_name", &["reporter_name"]),
            ("reporter_number", &["reporter_number"]),
            ("notes", &[]),
        ] {
            let told = shared(&city(&format!("\"{allowed}\"")), "dlh", &sheet());
            let told = serde_json::to_value(told).expect("a sheet");
            for (key, value) in told.as_object().expect("an object") {
                let may = key == "incident_type" || keys.contains(&key.as_str());
                assert_eq!(!value.is_null(), may && !full[key].is_null(), "{allowed}: {key}");
            }
        }
    }
}
