//! The city as data: its words, places, agencies and who is asked for what.
//!
//! One TOML document (`city/serang/city.toml` is the demo's) is read by [`City::from_toml`], which names every mistake
//! at once. Nothing here is fetched or guessed: a city that is not in the document does not exist.

mod check;
mod document;
mod named;
mod names;
mod near;
mod problem;
mod view;
mod with_map;

pub use document::{
    ACKNOWLEDGE_S_MAX, Agency, AgencyKind, AgencyReason, CITY_TEXT_BYTES_MAX, District, Hours, IncidentType, Landmark,
    Letterhead, Neighbour, ROUTE_ANY, RouteRow, Village, Webhook,
};
pub use names::{UnknownName, fold, sub_by_name};
pub use problem::CityProblem;

use crate::{
    boundaries::Boundaries,
    card::Deck,
    phone::Number,
    places::{Gazetteer, Known},
    review::form::ReviewForm,
    view::city::PlaceAnswer,
};
use jiff::tz::TimeZone;
use names::Names;
use std::sync::Arc;

/// The demo city, Kota Serang, as its document.
pub const SERANG_TOML: &str = include_str!("../../../city/serang/city.toml");

/// The demo city, Kota Serang.
#[must_use]
pub fn serang() -> City {
    City::from_toml(SERANG_TOML).expect("because the embedded document is checked by a test")
}

/// A checked city: every reference inside it leads somewhere and every name means one thing.
#[derive(Clone, Debug)]
pub struct City {
    pub key: String,
    pub name: String,
    /// IANA name, for example `Asia/Jakarta`.
    pub zone: String,
    /// The short word people say: `WIB`.
    pub zone_label: String,
    /// What an hour at a seat costs; absent until the city says it.
    pub seat_hour_rupiah: Option<u64>,
    pub letterhead: Letterhead,
    pub districts: Vec<District>,
    pub villages: Vec<Village>,
    pub landmarks: Vec<Landmark>,
    pub neighbourhoods: Vec<Landmark>,
    pub streets: Vec<Landmark>,
    /// "Provinsi Banten".
    pub province: Option<String>,
    pub neighbours: Vec<Neighbour>,
    pub incident_types: Vec<IncidentType>,
    pub agencies: Vec<Agency>,
    pub routing: Vec<RouteRow>,
    /// What is asked and read aloud; empty until the city writes it.
    pub cards: Deck,
    /// What a drawn call is looked at for.
    pub review_form: ReviewForm,
    /// The city's own gateway for SMS or WhatsApp; absent: messages to numbers stay on the page *pesan keluar*.
    pub message_gateway: Option<Webhook>,
    shared_numbers: Vec<Number>,
    /// With the place of their agency in `agencies`.
    agency_numbers: Vec<(Number, usize)>,
    time_zone: TimeZone,
    type_names: Names,
    agency_names: Names,
    gazetteer: Arc<Gazetteer>,
    /// Places of others, beside the document's.
    imported: Arc<[Known]>,
    boundaries: Arc<Boundaries>,
}

impl City {
    /// Reads and checks a document. All problems are told together, in the order of their lines.
    pub fn from_toml(text: &str) -> Result<Self, Vec<CityProblem>> {
        check::read(text)
    }

    /// Places that fit what was typed, best first, with what else the text said.
    #[must_use]
    pub fn places(&self, text: &str) -> PlaceAnswer {
        self.gazetteer.find(text)
    }

    /// The zone whose days and hours are the city's.
    #[must_use]
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    #[must_use]
    pub fn incident_type(&self, key: &str) -> Option<&IncidentType> {
        self.incident_types.iter().find(|one| one.key == key)
    }

    #[must_use]
    pub fn agency(&self, key: &str) -> Option<&Agency> {
        self.agencies.iter().find(|one| one.key == key)
    }

    /// Whether sending to this one means handing over.
    #[must_use]
    pub fn is_neighbour(&self, key: &str) -> bool {
        self.agency(key).is_some_and(|one| one.kind == AgencyKind::Neighbour)
    }

    /// By key, two letters, label or alias; case, spaces and punctuation do not matter.
    pub fn type_by_name(&self, name: &str) -> Result<&IncidentType, UnknownName> {
        self.type_names.find(name).map(|index| &self.incident_types[index])
    }

    /// By key, label, full name or alias; case, spaces and punctuation do not matter.
    pub fn agency_by_name(&self, name: &str) -> Result<&Agency, UnknownName> {
        self.agency_names.find(name).map(|index| &self.agencies[index])
    }

    /// Whether many telephones share this number.
    #[must_use]
    pub fn shares_number(&self, number: &Number) -> bool {
        self.shared_numbers.contains(number)
    }

    /// The agency whose post or crew has this number.
    #[must_use]
    pub fn agency_of_number(&self, number: &Number) -> Option<&Agency> {
        let (_, index) = self.agency_numbers.iter().find(|(known, _)| known == number)?;
        self.agencies.get(*index)
    }

    /// By code, with or without its dots (`36.73.01.1002`, `3673011002`).
    #[must_use]
    pub fn village_by_code(&self, code: &str) -> Option<&Village> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let asked = code.trim();
        self.villages.iter().find(|one| one.code == asked).or_else(|| {
            let asked =
                (asked.len() <= 20 && asked.chars().all(|c| c.is_ascii_digit() || c == '.')).then(|| digits(asked))?;
            self.villages.iter().find(|one| digits(&one.code) == asked)
        })
    }

    /// The district a village or district code lies in.
    #[must_use]
    pub fn district_of(&self, code: &str) -> Option<&District> {
        self.districts
            .iter()
            .find(|one| code == one.code || code.strip_prefix(&one.code).is_some_and(|rest| rest.starts_with('.')))
    }
}

#[cfg(test)]
mod tests;
